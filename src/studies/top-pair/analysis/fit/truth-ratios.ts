import { AppError } from '../../../../errors.ts'
import type { EventTable } from '../../../../generator/event-table.ts'
import type { ObservableName } from '../../../../generator/observables.ts'
import { createEventWeight, createPointWeights } from '../../../../physics/top-pair/event-weight.ts'
import { createFluxes } from '../../../../physics/top-pair/fluxes.ts'
import type { TopPairOperatorName } from '../../../../physics/top-pair/operators.ts'
import type { FitSetup } from './fit-setup.ts'
import { ratioTerms, termIndex } from '../ratios/ratio-terms.ts'
import { setupProcess } from './setup-process.ts'

/** w_t / w_0 by weight columns that know at least the operators of a fit; null where they do not. */
export function ratiosOfWeights(
  table: EventTable,
  operators: readonly TopPairOperatorName[],
): Float64Array | null {
  if (!operators.every((name) => table.operators.includes(name))) return null
  const from = ratioTerms(operators).map((term) => termIndex(table.operators, term))
  const { rows, terms, weights } = table
  const out = new Float64Array(rows * from.length)
  for (let i = 0; i < rows; i++) {
    const sm = weights[i * terms]
    if (!(sm > 0))
      throw new AppError(
        'data/corrupt',
        `Event ${i + 1} has the SM weight ${sm}: ratios to it are not defined. Remove the event.`,
        { row: i + 1 },
      )
    from.forEach((t, k) => (out[i * from.length + k] = weights[i * terms + t] / sm))
  }
  return out
}

export const truthColumns = [
  'm_tt',
  'y_tt',
  'cos_theta',
  'plus_r',
  'plus_n',
  'plus_k',
  'minus_r',
  'minus_n',
  'minus_k',
] as const satisfies readonly ObservableName[]

/** w_t / w_0 from the full truth of production and lepton directions; null where a column is missing. */
export function ratiosOfTruth({ columns, rows }: EventTable, setup: FitSetup): Float64Array | null {
  if (!truthColumns.every((name) => columns[name])) return null
  const { operators, parameters, pdf, mu, sqrtS } = setupProcess(setup)
  const weight = createEventWeight(operators, parameters)
  const weightsOf = createPointWeights(weight, createFluxes(pdf, mu), sqrtS)
  const width = weight.terms - 1
  const out = new Float64Array(rows * width)
  for (let i = 0; i < rows; i++) {
    const [mttGeV, ytt, cosTheta, ...n] = truthColumns.map((name) => columns[name]![i])
    const inside =
      mttGeV >= 2 * parameters.mTop &&
      Math.abs(ytt) <= Math.log(sqrtS / mttGeV) &&
      Math.abs(cosTheta) <= 1 &&
      Math.abs(Math.hypot(n[0], n[1], n[2]) - 1) < 1e-3 &&
      Math.abs(Math.hypot(n[3], n[4], n[5]) - 1) < 1e-3
    const w = inside
      ? weightsOf({ mttGeV, ytt, cosTheta, plus: [n[0], n[1], n[2]], minus: [n[3], n[4], n[5]] })
      : null
    if (!w || !(w[0] > 0))
      throw new AppError(
        'data/corrupt',
        `Event ${i + 1} has the truth m_tt = ${mttGeV} GeV, y_tt = ${ytt}, cos_theta = ${cosTheta}, which is outside phase space at ${sqrtS} GeV, or lepton directions that are no unit vectors. Remove the truth columns or repair them.`,
        { row: i + 1 },
      )
    for (let t = 0; t < width; t++) out[i * width + t] = w[t + 1] / w[0]
  }
  return out
}
