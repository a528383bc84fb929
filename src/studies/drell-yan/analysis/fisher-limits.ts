import { cholesky, invertLower } from '../../../numerics/linear-algebra.ts'
import { singularDecomposition } from '../../../numerics/singular-values.ts'
import {
  observableNames,
  observableRange,
  type ObservableName,
} from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { whitenDifferences } from './anomaly/theory.ts'
import type { UniverseModel } from './universes.ts'

/** What the spectra of a dataset say about the coefficients at the SM, in linear theory: exact. */
export interface FisherLimits {
  bins: number
  /** Of the whitened templates, TeV^2: a direction of unit length is known to 1 / value TeV^-2. */
  singularValues: Float64Array
  /** Directions that any amount of this data could measure; the other singular values are rounding. */
  rank: number
  /** Row k is the direction of singular value k among the coefficients. */
  directions: Float64Array // [17, 17]
  fisher: Float64Array // [17, 17], TeV^4
  /** One standard deviation of each coefficient with all others zero; TeV^-2 */
  single: Float64Array // [17]
  /** The same with all others free; infinite where an unmeasured direction takes part. */
  profiled: Float64Array // [17]
  /** The same where the others are only as free as the prior's standard deviation allows */
  withPrior: Float64Array // [17]
}

const relativeRank = 1e-9

/** @param observable  bins to use; both by default, with their correlation */
export function fisherLimits(
  model: UniverseModel,
  observable: ObservableName | 'both' = 'both',
): FisherLimits {
  const { linear, bins } = whitenedBlock(model, observable)
  const n = operatorNames.length
  const { values, left } = singularDecomposition(linear, n, bins)
  let rank = 0
  while (rank < n && values[rank] > relativeRank * values[0]) rank++
  const fisher = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let b = 0; b < bins; b++) fisher[i * n + j] += linear[i * bins + b] * linear[j * bins + b]
  return {
    bins,
    singularValues: values,
    rank,
    directions: left,
    fisher,
    single: Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(fisher[i * n + i])),
    profiled: profiledSigmas(values, left, rank),
    withPrior: sigmasWithPrior(fisher, model.prior.halfWidth),
  }
}

/** Templates of some of the bins, whitened with the covariance of those bins. */
function whitenedBlock(
  { templates, covariance, whitening }: UniverseModel,
  observable: ObservableName | 'both',
): { linear: Float64Array; bins: number } {
  const all = templates.bins
  const n = operatorNames.length
  const range = observable === 'both' ? undefined : observableRange(templates.observables, observable)
  if (!range) return { linear: whitenDifferences(whitening, templates.linear, n), bins: all }
  const bins = range.end - range.start
  const block = new Float64Array(bins * bins)
  for (let i = 0; i < bins; i++)
    for (let j = 0; j < bins; j++) block[i * bins + j] = covariance[(range.start + i) * all + range.start + j]
  const factor = cholesky(block, bins)
  const rows = new Float64Array(n * bins)
  for (let o = 0; o < n; o++)
    rows.set(templates.linear.subarray(o * all + range.start, o * all + range.end), o * bins)
  const inverse = invertLower(factor, bins)
  return {
    linear: whitenDifferences({ inverse, cholesky: factor, reference: new Float64Array(bins) }, rows, n),
    bins,
  }
}

/** Observables of a dataset that have bins. */
export function binnedObservables({ templates }: UniverseModel): ObservableName[] {
  return observableNames.filter((name) => observableRange(templates.observables, name))
}

/** sqrt of the diagonal of F^-1: each unmeasured direction that touches a coefficient makes it free. */
function profiledSigmas(values: Float64Array, left: Float64Array, rank: number): Float64Array {
  const n = values.length
  return Float64Array.from({ length: n }, (_, i) => {
    let variance = 0
    for (let k = 0; k < rank; k++) variance += (left[k * n + i] / values[k]) ** 2
    let free = 0
    for (let k = rank; k < n; k++) free += left[k * n + i] ** 2
    return free > 1e-12 ? Number.POSITIVE_INFINITY : Math.sqrt(variance)
  })
}

/** The prior as a normal of the same variance, h^2 / 3; scaled so that the matrix is well conditioned. */
function sigmasWithPrior(fisher: Float64Array, halfWidth: Float64Array): Float64Array {
  const n = halfWidth.length
  const scale = halfWidth.map((h) => h / Math.sqrt(3))
  const scaled = fisher.map((value, i) => {
    const [row, column] = [Math.floor(i / n), i % n]
    return value * scale[row] * scale[column] + (row === column ? 1 : 0)
  })
  const inverse = invertLower(cholesky(scaled, n), n)
  return Float64Array.from({ length: n }, (_, i) => {
    let variance = 0
    for (let k = i; k < n; k++) variance += inverse[k * n + i] ** 2
    return scale[i] * Math.sqrt(variance)
  })
}
