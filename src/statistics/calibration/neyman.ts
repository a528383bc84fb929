import type { Rng } from '../../numerics/rng.ts'
import type { CalibrationProgress } from './model.ts'

/** How data arise at a point of parameter space, and by how much a point is worse than the best fit to them. */
export interface NeymanModel<Data> {
  simulate(at: Float64Array, rng: Rng): Data
  /** -2 ln of the ratio of the likelihood at the point to its maximum. */
  deltaChi2(data: Data, at: Float64Array): number
}

export interface NeymanPoint {
  at: Float64Array // [d]
  /** Delta chi2 of the point in the observed data. */
  observed: number
  /** That which the given shares of its toys stay below; NaN where none were thrown. */
  thresholds: number[]
  /** Of the point: (1 + toys with as large a Delta chi2)/(1 + toys). In the set of 95 % where above 0.05. */
  pValue: number
}

/** Further out no toys are thrown: with one to three parameters the p-value is below 1e-5. */
const hopeless = 30

/**
 * Sets of Neyman's construction, ordered by the likelihood ratio: at each point toys of that point say how large its Delta chi2 is by
 * chance. They cover at their rate at every point, however wrong the likelihood and whatever its shape, because toys are simulated
 * and analysed like the data. Source: Feldman, Cousins physics/9711021, sec. IV.
 *
 * @param toys  per point; thresholds are known to about sqrt(p (1 - p)/toys) in probability
 */
export function* neymanConstruction<Data>(
  model: NeymanModel<Data>,
  data: Data,
  points: readonly Float64Array[],
  toys: number,
  rng: Rng,
  probabilities: readonly number[] = [0.68, 0.95],
): Generator<CalibrationProgress, NeymanPoint[]> {
  const total = points.length * toys
  const out: NeymanPoint[] = []
  for (const [index, at] of points.entries()) {
    const observed = model.deltaChi2(data, at)
    if (!(observed < hopeless)) {
      out.push({ at, observed, thresholds: probabilities.map(() => NaN), pValue: 0 })
      yield { done: (index + 1) * toys, total }
      continue
    }
    const values = new Float64Array(toys)
    for (let toy = 0; toy < toys; toy++) {
      values[toy] = model.deltaChi2(model.simulate(at, rng.split(index).split(toy)), at)
      yield { done: index * toys + toy + 1, total }
    }
    values.sort()
    out.push({
      at,
      observed,
      thresholds: probabilities.map((p) => values[Math.min(toys - 1, Math.ceil(p * toys) - 1)]),
      pValue: (1 + values.filter((value) => value >= observed).length) / (1 + toys),
    })
  }
  return out
}
