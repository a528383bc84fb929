import { download } from './download.ts'

export type ExportFormat = 'svg' | 'png' | 'csv' | 'npz' | 'hepdata.zip'

/** A finished file, or one that is made with its lines within it. */
export type Exported = Blob | string | ((lines: readonly string[]) => Promise<Blob>)

/**
 * Saves a figure or table with lines on where it comes from, as comments in SVG, CSV and PNG: dropped on the page, a file with
 * a link among them opens the same analysis. Archives have them in a file of their own.
 *
 * @param name  without its ending
 */
export async function downloadWithLines(
  file: Exported,
  format: ExportFormat,
  name: string,
  lines: readonly string[],
): Promise<void> {
  if (typeof file === 'function') return download(await file(lines), `${name}.${format}`)
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
