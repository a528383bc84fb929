import type { Rng } from '../../numerics/rng.ts'
import type { Evaluator } from './evaluator.ts'
import type { Metric } from './metric.ts'
import type { NestedState } from './state.ts'

export interface SlicePoint {
  u: Float64Array
  theta: Float64Array
  logL: number
}

/**
 * Slice sampling above the threshold along random directions, starting from a live point: the interval is stepped
 * out until both ends leave the contour and shrunk towards the start until a draw lies inside.
 * Half of the directions are random in the whitened metric; the others join two live points, which follow
 * separate modes and bent shapes.
 *
 * Source: Neal, Ann. Statist. 31 (2003) 705, figures 3 and 5; in nested sampling Handley et al., arXiv:1506.00171.
 */
export function slicePoint(state: NestedState, metric: Metric, evaluate: Evaluator, rng: Rng): SlicePoint {
  const { dimensions: d, live, threshold, slice } = state
  const start = live.order[rng.integer(live.alive)]
  const u = live.u.slice(start * d, start * d + d)
  const theta = live.theta.slice(start * d, start * d + d)
  let logL = live.logL[start]
  const direction = new Float64Array(d)
  const trial = new Float64Array(d)
  const trialTheta = new Float64Array(d)

  function at(t: number): number {
    for (let k = 0; k < d; k++) {
      trial[k] = u[k] + t * direction[k]
      if (!(trial[k] > 0 && trial[k] < 1)) return Number.NEGATIVE_INFINITY
    }
    return evaluate.one(trial, trialTheta, 0)
  }

  for (let step = 0; step < slice.steps; step++) {
    chooseDirection(state, metric, start, rng, direction)
    let low = -slice.width * rng.uniform()
    let high = low + slice.width
    let stepsOut = 0
    while (stepsOut < maxStepsOut && at(low) > threshold) {
      low -= slice.width
      stepsOut++
    }
    while (stepsOut < maxStepsOut && at(high) > threshold) {
      high += slice.width
      stepsOut++
    }
    // A slice is at most a few hundred halvings long; then the point stays where it is, which is still fair.
    for (let shrink = 0; shrink < 200; shrink++) {
      const t = low + rng.uniform() * (high - low)
      const value = at(t)
      if (value > threshold) {
        u.set(trial)
        theta.set(trialTheta)
        logL = value
        break
      }
      if (t < 0) low = t
      else high = t
    }
    // Towards about one step out per slice, which costs the fewest calls.
    slice.width *= stepsOut > 1 ? 1.02 : stepsOut === 0 ? 0.98 : 1
  }
  return { u, theta, logL }
}

const maxStepsOut = 100

function chooseDirection(
  { dimensions: d, live }: NestedState,
  metric: Metric,
  start: number,
  rng: Rng,
  out: Float64Array,
): void {
  if (rng.uniform() < 0.5 && live.alive > 3) {
    let a = start
    let b = start
    while (a === start) a = live.order[rng.integer(live.alive)]
    while (b === start || b === a) b = live.order[rng.integer(live.alive)]
    let norm = 0
    for (let k = 0; k < d; k++) {
      out[k] = live.u[a * d + k] - live.u[b * d + k]
      norm += Math.abs(out[k])
    }
    if (norm > 0) {
      // Whitened differences are about sqrt(2 d) long.
      for (let k = 0; k < d; k++) out[k] /= Math.sqrt(2 * d)
      return
    }
  }
  let norm2 = 0
  const z = new Float64Array(d)
  for (let k = 0; k < d; k++) {
    z[k] = rng.normal()
    norm2 += z[k] * z[k]
  }
  const scale = 1 / Math.sqrt(norm2)
  for (let a = 0; a < d; a++) {
    let sum = 0
    for (let b = 0; b <= a; b++) sum += metric.factor[a * d + b] * z[b]
    out[a] = sum * scale
  }
}
