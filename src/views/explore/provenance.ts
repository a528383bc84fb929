import type { AppState } from '../../state/app-state.ts'
import { download } from '../common/download.ts'

/** What every export carries, so that a figure found later can be made again. */
export async function provenance(state: AppState): Promise<Record<string, string>> {
  const open = state.dataset.value
  const { origin, pathname } = window.location
  const { encodeLink } = await import('../../share/encode-link.ts')
  const link = await encodeLink(state.intent, linkHashes(state))
  return {
    generator: `Theoryscape, ${open?.header.manifest.generator ?? ''}`,
    dataset: `${open?.header.manifest.id ?? ''} sha256 ${open?.header.manifestHash ?? ''}`,
    model: `${open?.encoder.id ?? ''} ${open?.encoder.hash ?? ''}`,
    seed: String(open?.header.manifest.seed ?? ''),
    link: `${origin}${pathname}${link}`,
    date: new Date().toISOString(),
  }
}

const hexOnly = /^[0-9a-f]{12,}$/

/** Content hashes for a link; an encoder trained in this page has none that another page could compare. */
export function linkHashes(state: AppState): { dataHash?: string; modelHash?: string } {
  const open = state.dataset.value
  if (!open) return {}
  return {
    dataHash: open.header.manifestHash,
    ...(hexOnly.test(open.encoder.hash) ? { modelHash: open.encoder.hash } : {}),
  }
}

/** Saves a figure or table with its provenance: comments in SVG, CSV and PNG. Dropped on the page, it opens the same analysis. */
export async function exportWithProvenance(
  state: AppState,
  file: Blob | string,
  format: 'svg' | 'png' | 'csv',
  what: string,
): Promise<void> {
  const name = `theoryscape-${state.intent.dataset}-${what}.${format}`
  const lines = Object.entries(await provenance(state)).map(([key, value]) => `${key}: ${value}`)
  const { partedDashes, withPngComment } = await import('../../share/picture-link.ts')
  if (format === 'png') {
    const bytes = new Uint8Array(await new Response(file).arrayBuffer())
    return download(new Blob([withPngComment(bytes, lines.join('\n'))], { type: 'image/png' }), name)
  }
  const text = typeof file === 'string' ? file : await file.text()
  if (format === 'csv') return download(`${lines.map((line) => `# ${line}\n`).join('')}${text}`, name)
  const comment = `<!--\n${partedDashes(lines.join('\n'))}\n-->`
  download(text.replace(/(<svg\b)/, `${comment}\n$1`), name, 'image/svg+xml')
}
