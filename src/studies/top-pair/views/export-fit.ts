import type { FitOutcome } from '../analysis/fit/fit-jobs.ts'
import type { TopPairContext } from '../model.ts'
import type { Keyed } from '../state/fit-state.ts'
import { partedDashes, withPngComment } from '../../../share/picture-link.ts'
import { download } from '../../../ui/common/download.ts'
import { fitVersion } from '../analysis/fit/fit-version.ts'

/** What every export of a fit carries, so that it can be made again. */
export async function fitProvenance(
  { store, link }: TopPairContext,
  outcome: Keyed<FitOutcome> | null,
): Promise<[key: string, value: string][]> {
  const { intent, fit } = store.getState()
  const setup = outcome?.setup ?? intent.fit
  // The link of what was fitted, not of what the page has moved on to.
  const address = await link({ view: 'fit', fit: setup })
  const data = fit.data.value?.value
  const backends = [...new Set(fit.networks.flatMap(({ network }) => network?.backend ?? []))]
  return [
    ['generator', fitVersion],
    ['process', `pp -> t tbar -> b l+ nu bbar l- nubar, LO, ${setup.mode}, Lambda = 1 TeV`],
    [
      'data',
      data ? `${data.source}, ${data.events} events, key ${outcome?.value.dataKey ?? data.key}` : 'none',
    ],
    ['seed', String(setup.seed)],
    ['backend', backends.join(', ') || 'none'],
    ['link', address],
    ['date', new Date().toISOString()],
  ]
}

/** Provenance as comment lines of a text file. */
export function commented(lines: readonly (readonly [string, string])[]): string {
  return lines.map(([key, value]) => `# ${key}: ${value}\n`).join('')
}

/** A picture with its provenance, by which dropping it on the page finds the link. */
export async function downloadPicture(
  picture: Blob,
  format: 'svg' | 'png',
  name: string,
  lines: readonly (readonly [string, string])[],
): Promise<void> {
  if (format === 'svg')
    return download(svgWithComment(await picture.text(), lines), `${name}.svg`, 'image/svg+xml')
  const text = lines.map((line) => line.join(': ')).join('\n')
  const bytes = withPngComment(new Uint8Array(await picture.arrayBuffer()), text)
  download(new Blob([bytes], { type: 'image/png' }), `${name}.png`)
}

/** Provenance inside an SVG file, where dropping it on the page finds the link. */
export function svgWithComment(svg: string, lines: readonly (readonly [string, string])[]): string {
  const text = lines.map((line) => line.join(': ')).join('\n')
  return svg.replace(/(<svg\b)/, `<!--\n${partedDashes(text)}\n-->\n$1`)
}
