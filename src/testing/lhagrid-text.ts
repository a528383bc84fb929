import { partonIds } from '../physics/pdf/pdf-set.ts'

/** An lhagrid1 file of the given function on the given knots. */
export function gridText(
  f: (id: number, x: number, q: number) => number,
  x: number[],
  blocks: number[][],
  ids: readonly number[] = partonIds,
) {
  const lines = ['PdfType: central', 'Format: lhagrid1', '---']
  for (const q of blocks) {
    lines.push(x.join(' '), q.join(' '), ids.join(' '))
    for (const xi of x) for (const qj of q) lines.push(ids.map((id) => f(id, xi, qj)).join(' '))
    lines.push('---')
  }
  return lines.join('\n') + '\n'
}
