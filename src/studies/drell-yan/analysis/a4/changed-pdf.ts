import { partonIndex, type PdfSet } from '../../../../physics/pdf/pdf-set.ts'

/** Parts of the proton on which A_4 depends, each below and above x of about .05. */
export const densityParts = ['u valence', 'd valence', 'up-type sea', 'down-type sea'] as const
export type DensityPart = (typeof densityParts)[number]
export const densitySides = ['low x', 'high x'] as const
export type DensitySide = (typeof densitySides)[number]

const middle = 0.05
const flavours = { up: [2, 4], down: [1, 3, 5] } as const

/**
 * Densities with one part larger by a share that fades around x = .05. A change of the sea is one of antiquark and quark alike,
 * so that valence stays.
 *
 * @param share  relative change, .1 for 10 %
 */
export function changedPdf(pdf: PdfSet, part: DensityPart, side: DensitySide, share: number): PdfSet {
  const xfxQ2All = (x: number, q2: number, out?: Float64Array): Float64Array => {
    const all = pdf.xfxQ2All(x, q2, out)
    const high = (x * x) / (x * x + middle * middle)
    const factor = share * (side === 'high x' ? high : 1 - high)
    if (part === 'u valence' || part === 'd valence') {
      const q = part === 'u valence' ? 2 : 1
      all[partonIndex(q)] += factor * (all[partonIndex(q)] - all[partonIndex(-q as -1)])
      return all
    }
    for (const q of flavours[part === 'up-type sea' ? 'up' : 'down']) {
      const more = factor * all[partonIndex(-q as -1)]
      all[partonIndex(q)] += more
      all[partonIndex(-q as -1)] += more
    }
    return all
  }
  return {
    ...pdf,
    id: `${pdf.id}, ${part} at ${side} ${share > 0 ? '+' : ''}${share}`,
    xfxQ2: (id, x, q2) => xfxQ2All(x, q2)[partonIndex(id)],
    xfxQ2All,
    knots: undefined,
  }
}
