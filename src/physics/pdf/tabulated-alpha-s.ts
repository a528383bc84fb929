import { AppError } from '../../errors.ts'
import { findInterval, hermiteWeights, knotAxis, type KnotAxis } from './log-bicubic.ts'

/**
 * alpha_s from a table, by LHAPDF's rule: cubic Hermite in ln Q^2 inside each stretch between thresholds, which
 * the table marks by listing a Q twice. Below the table it goes on as a power of Q, above it stays constant.
 *
 * @param qs  GeV, rising
 */
export function tabulatedAlphaS(qs: readonly number[], values: readonly number[]): (q: number) => number {
  const bad = qs.findIndex((q, k) => !(q > 0) || !(values[k] > 0) || (k > 0 && q < qs[k - 1]))
  if (qs.length < 2 || values.length !== qs.length || bad >= 0)
    throw new AppError(
      'data/corrupt',
      `A table of alpha_s needs two or more rising scales with one positive value each, got ${qs.length} and ${values.length}${bad >= 0 ? `, wrong at entry ${bad + 1} (Q = ${qs[bad]}, alpha_s = ${values[bad]})` : ''}. Get an undamaged copy of the set.`,
    )
  const stretches: { axis: KnotAxis; values: readonly number[]; low: number }[] = []
  let from = 0
  for (let k = 1; k <= qs.length; k++) {
    if (k < qs.length && qs[k] !== qs[k - 1]) continue
    if (k - from >= 2) {
      const axis = knotAxis(Float64Array.from(qs.slice(from, k)), k - from < 4)
      stretches.push({ axis, values: values.slice(from, k), low: qs[from] })
    }
    from = k
  }
  const top = qs[qs.length - 1]
  const power = Math.log(values[1] / values[0]) / Math.log(qs[1] / qs[0])
  const weights = new Float64Array(4)
  return (q) => {
    if (!(q > 0)) throw new AppError('physics/out-of-range', `alpha_s needs a positive scale, got ${q} GeV.`)
    if (q >= top) return values[values.length - 1]
    if (q < qs[0]) return values[0] * (q / qs[0]) ** power
    const stretch = stretches.findLast((s) => s.low <= q) ?? stretches[0]
    const log = Math.log(q)
    const i = findInterval(stretch.axis, log, -1)
    hermiteWeights(stretch.axis, i, log, weights)
    let sum = 0
    for (let j = 0; j < 4; j++) {
      const k = Math.min(Math.max(i - 1 + j, 0), stretch.values.length - 1)
      sum += weights[j] * stretch.values[k]
    }
    return sum
  }
}
