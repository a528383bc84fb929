import { download } from './download.ts'

/**
 * Saves a figure or table with lines on where it comes from, as comments in SVG, CSV and PNG: dropped on the page, a file with
 * a link among them opens the same analysis.
 *
 * @param name  without its ending
 */
export async function downloadWithLines(
  file: Blob | string,
  format: 'svg' | 'png' | 'csv',
  name: string,
  lines: readonly string[],
): Promise<void> {
  const { partedDashes, withPngComment } = await import('../../share/picture-link.ts')
  if (format === 'png') {
    const bytes = new Uint8Array(await new Response(file).arrayBuffer())
    return download(new Blob([withPngComment(bytes, lines.join('\n'))], { type: 'image/png' }), `${name}.png`)
  }
  const text = typeof file === 'string' ? file : await file.text()
  if (format === 'csv')
    return download(`${lines.map((line) => `# ${line}\n`).join('')}${text}`, `${name}.csv`)
  const comment = `<!--\n${partedDashes(lines.join('\n'))}\n-->`
  download(text.replace(/(<svg\b)/, `${comment}\n$1`), `${name}.svg`, 'image/svg+xml')
}
