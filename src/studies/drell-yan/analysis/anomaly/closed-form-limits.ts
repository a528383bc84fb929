import { createRng } from '../../../../numerics/rng.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { chi2Quantile, noncentralChi2Survival } from '../../../../statistics/anomaly/noncentral-chi2.ts'
import { populationTest } from '../../../../statistics/anomaly/population-test.ts'
import type { RocSummary } from '../../../../statistics/anomaly/roc.ts'
import { splitBySpan, templateSpan, type SpanParts } from '../../../../statistics/anomaly/template-span.ts'
import { normalCdf } from '../../../../statistics/special.ts'
import type { UniverseModel } from '../universes.ts'
import type { EvaluationOptions } from './evaluation-options.ts'
import { whitenedExcess } from './shapes.ts'
import { falseAlarmRates } from './spectrum-scores.ts'
import type { AnomalyClass } from './test-classes.ts'
import { theoryOf, type Theory } from './theory.ts'

/** What closed forms and full knowledge allow for one class of anomalies. */
export interface ClassLimits {
  /** Root mean square lengths of what sets the anomalies apart, within the templates' span and outside */
  inside: number
  outside: number
  /** Somebody who knows both populations; see populationTest. */
  population: RocSummary
  /** Closed form, per false-alarm rate */
  power: {
    falseAlarms: number
    /** Residual chi2, shape unknown: Q_{(n-r)/2} */
    residual: number
    /** Shape known, coefficients free: Phi(d - z). Only for classes of one shape. */
    matchedFilter: number | null
  }[]
}

/** Noise draws per mean of the two populations: their limit is then better known than the scores. */
const populationDraws = 10

/**
 * @param known    what counts as known, and the means of the background [universes, bins] whitened
 * @param strange  means of the anomalies [universes, bins] whitened
 */
export function limitsOf(
  model: UniverseModel,
  { theory, means: known }: { theory: Theory; means: Float32Array },
  anomaly: AnomalyClass,
  strange: Float32Array,
  { seed, order }: Pick<EvaluationOptions, 'seed' | 'order'>,
): ClassLimits {
  const { span } = theory
  const bins = span.bins
  const degrees = bins - span.rank
  // What sets a class of one shape apart is that shape; else it is all of each spectrum.
  const excess = anomaly.kind === 'shape' ? whitenedExcess(model, anomaly.shape) : null
  const parts = excess
    ? [splitBySpan(span, excess)]
    : Array.from({ length: strange.length / bins }, (_, u) =>
        splitBySpan(span, strange.subarray(u * bins, (u + 1) * bins)),
      )
  const average = (of: (part: SpanParts) => number) =>
    parts.reduce((sum, part) => sum + of(part), 0) / parts.length
  const axes = axesOfMeans(model, excess, order)
  const dimensions = axes.length / bins
  const population = populationTest(
    coordinates(axes, known, bins),
    coordinates(axes, strange, bins),
    dimensions,
    populationDraws,
    falseAlarmRates,
    createRng(seed).split('population').split(anomaly.id),
  )
  return {
    inside: Math.sqrt(average(({ inside }) => inside)),
    outside: Math.sqrt(average(({ outside }) => outside)),
    population,
    power: falseAlarmRates.map((falseAlarms) => {
      const cut = chi2Quantile(falseAlarms, degrees)
      return {
        falseAlarms,
        residual: average(({ outside }) => noncentralChi2Survival(cut, degrees, outside)),
        // z of a one-sided tail is the root of the two-sided quantile of one degree at twice the tail.
        matchedFilter: excess
          ? normalCdf(Math.sqrt(parts[0].outside) - Math.sqrt(chi2Quantile(2 * falseAlarms, 1)))
          : null,
      }
    }),
  }
}

/** Orthonormal axes of the smallest space that holds all means of linear theory and the shape; [axes, bins]. */
function axesOfMeans(model: UniverseModel, excess: Float64Array | null, order: EftOrder): Float64Array {
  const bins = model.templates.bins
  if (order === 'quadratic')
    return Float64Array.from({ length: bins * bins }, (_, i) => (i % (bins + 1) === 0 ? 1 : 0))
  const { basis, rank } = theoryOf(model, 'linear').span
  const rows = new Float64Array((rank + 1) * bins)
  rows.set(basis)
  if (excess) rows.set(excess, rank * bins)
  return templateSpan(rows, rank + 1, bins).basis
}

function coordinates(axes: Float64Array, rows: Float32Array, bins: number): Float64Array {
  const d = axes.length / bins
  const out = new Float64Array((rows.length / bins) * d)
  for (let i = 0; i < out.length; i++) {
    const row = Math.floor(i / d) * bins
    const axis = (i % d) * bins
    for (let b = 0; b < bins; b++) out[i] += axes[axis + b] * rows[row + b]
  }
  return out
}
