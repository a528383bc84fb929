import table from './ct18nlo-shifts.json' with { type: 'json' }
import { binCount, type ObservableBins, type ObservableName } from './spectrum-templates.ts'

/** Hessian directions of CT18NLO. */
export const pdfShiftCount = table.mll.length

const known: Record<ObservableName, { edges: number[]; shifts: number[][] }> = {
  mll: { edges: table.mllEdges, shifts: table.mll },
  ptl: { edges: table.ptlEdges, shifts: table.ptl },
  // Those of the sum of both: that a density changes the dilution is not in the table.
  forward: { edges: table.mllEdges, shifts: table.mll },
  backward: { edges: table.mllEdges, shifts: table.mll },
}

/** ln of the bin's geometric centre; a first bin from 0 takes half its upper edge. */
function logCentre(low: number, high: number): number {
  return Math.log(low > 0 ? Math.sqrt(low * high) : 0.5 * high)
}

/**
 * Relative 68 % PDF shifts of CT18NLO, one row per Hessian direction, for any binning: the tabulated shifts of the
 * default bins, interpolated linearly in ln of the bin centre, per observable, constant outside. Exact for the default
 * binning. The table is for 13 TeV with the default cuts; shapes at other energies are an approximation.
 *
 * @returns  [29, bins]
 */
export function relativePdfShifts(observables: readonly ObservableBins[]): Float64Array {
  const bins = binCount(observables)
  const out = new Float64Array(pdfShiftCount * bins)
  let at = 0
  for (const { name, edges } of observables) {
    const from = known[name]
    const centres = from.edges.slice(1).map((high, i) => logCentre(from.edges[i], high))
    for (let b = 0; b + 1 < edges.length; b++, at++) {
      const x = logCentre(edges[b], edges[b + 1])
      let upper = centres.findIndex((centre) => centre >= x)
      if (upper < 0) upper = centres.length - 1
      const lower = x < centres[upper] && upper > 0 ? upper - 1 : upper
      const t = lower === upper ? 0 : Math.min(1, (x - centres[lower]) / (centres[upper] - centres[lower]))
      for (let k = 0; k < pdfShiftCount; k++)
        out[k * bins + at] = (1 - t) * from.shifts[k][lower] + t * from.shifts[k][upper]
    }
  }
  return out
}
