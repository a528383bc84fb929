import { cholesky, invertLower } from '../../../numerics/linear-algebra.ts'
import { singularDecomposition } from '../../../numerics/singular-values.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { resolvedDirections } from './directions/resolved-directions.ts'
import { whitenDifferences } from './anomaly/theory.ts'
import type { ShownName } from './shown-names.ts'
import { shownChoices, shownSpectrum, shownValues } from './shown-spectrum.ts'
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

/** What of a spectrum is used: an asymmetry is no sum of counts. */
export type FisherBins = Exclude<ShownName, 'afb'>

/** @param observable  bins to use; all by default, with their correlation; m_ll of forward and backward is their sum */
export function fisherLimits(model: UniverseModel, observable: FisherBins | 'both' = 'both'): FisherLimits {
  const { linear, bins } = whitenedBlock(model, observable)
  const n = operatorNames.length
  const { values, left } = singularDecomposition(linear, n, bins)
  const { rank } = resolvedDirections(values)
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
  observable: FisherBins | 'both',
): { linear: Float64Array; bins: number } {
  const all = templates.bins
  const n = operatorNames.length
  const shown = observable === 'both' ? undefined : shownSpectrum(templates.observables, observable)
  if (!shown || shown.name !== observable)
    return { linear: whitenDifferences(whitening, templates.linear, n), bins: all }
  const bins = shown.edges.length - 1
  const block = new Float64Array(bins * bins)
  for (const first of shown.plus)
    for (const second of shown.plus)
      for (let i = 0; i < bins; i++)
        for (let j = 0; j < bins; j++) block[i * bins + j] += covariance[(first + i) * all + second + j]
  const factor = cholesky(block, bins)
  const rows = new Float64Array(n * bins)
  for (let o = 0; o < n; o++)
    rows.set(shownValues(shown, templates.linear.subarray(o * all, (o + 1) * all)), o * bins)
  const inverse = invertLower(factor, bins)
  return {
    linear: whitenDifferences({ inverse, cholesky: factor, reference: new Float64Array(bins) }, rows, n),
    bins,
  }
}

/** Observables of a dataset that have bins. */
export function binnedObservables({ templates }: UniverseModel): FisherBins[] {
  return shownChoices(templates.observables).filter((name) => name !== 'afb')
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
