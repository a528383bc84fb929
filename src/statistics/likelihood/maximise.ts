import type { Likelihood } from './likelihood.ts'

export interface Maximum {
  theta: Float64Array
  logLikelihood: number
  converged: boolean
  evaluations: number
}

/**
 * Largest likelihood inside a box by BFGS from one start, steps halved until the value rises; coordinates that press
 * against a wall are held there (projected gradient; Nocedal and Wright, Numerical Optimization, algorithm 6.1).
 * Finds the summit of the start's own hill: begin from the best nested sample, or from several starts.
 *
 * @param penalty  ln of a prior that belongs to the maximised function (a sampled luminosity's normal), with gradient
 */
export function maximise(
  likelihood: Likelihood,
  start: ArrayLike<number>,
  box: { min: ArrayLike<number>; max: ArrayLike<number> },
  penalty: (theta: Float64Array, gradient: Float64Array) => number = () => 0,
): Maximum {
  const d = likelihood.dimensions
  let evaluations = 0
  const extra = new Float64Array(d)
  function evaluate(theta: Float64Array, gradient: Float64Array): number {
    evaluations++
    extra.fill(0)
    const value = likelihood.withGradient(theta, gradient) + penalty(theta, extra)
    for (let k = 0; k < d; k++) gradient[k] += extra[k]
    return value
  }

  let theta = Float64Array.from({ length: d }, (_, k) => clamp(start[k], box.min[k], box.max[k]))
  let gradient = new Float64Array(d)
  let value = evaluate(theta, gradient)
  let inverse = identity(d, box)
  let fresh = true
  for (let iteration = 0; iteration < 200; iteration++) {
    const free = Array.from(
      { length: d },
      (_, k) => !((theta[k] <= box.min[k] && gradient[k] < 0) || (theta[k] >= box.max[k] && gradient[k] > 0)),
    )
    const direction = new Float64Array(d)
    let rise = 0
    for (let i = 0; i < d; i++) {
      if (!free[i]) continue
      for (let j = 0; j < d; j++) if (free[j]) direction[i] += inverse[i * d + j] * gradient[j]
      rise += direction[i] * gradient[i]
    }
    if (!(rise > 1e-12)) return { theta, logLikelihood: value, converged: true, evaluations }

    let next = theta
    let nextGradient = gradient
    let nextValue = Number.NEGATIVE_INFINITY
    for (let scale = 1; scale > 1e-12; scale /= 2) {
      next = Float64Array.from(theta, (x, k) => clamp(x + scale * direction[k], box.min[k], box.max[k]))
      nextGradient = new Float64Array(d)
      nextValue = evaluate(next, nextGradient)
      if (nextValue > value) break
    }
    if (!(nextValue > value)) {
      if (fresh) return { theta, logLikelihood: value, converged: rise < 1e-6, evaluations }
      inverse = identity(d, box) // the curvature was wrong: once more uphill
      fresh = true
      continue
    }
    updateInverse(inverse, d, theta, next, gradient, nextGradient)
    fresh = false
    theta = next
    gradient = nextGradient
    value = nextValue
  }
  return { theta, logLikelihood: value, converged: false, evaluations }
}

/** First steps of about a hundredth of the box per unit of gradient. */
function identity(d: number, box: { min: ArrayLike<number>; max: ArrayLike<number> }): Float64Array {
  const matrix = new Float64Array(d * d)
  for (let k = 0; k < d; k++) matrix[k * d + k] = (0.01 * (box.max[k] - box.min[k])) ** 2 || 1
  return matrix
}

/** BFGS update for minimising -f, skipped where the curvature is not negative. */
function updateInverse(
  h: Float64Array,
  d: number,
  from: Float64Array,
  to: Float64Array,
  gFrom: Float64Array,
  gTo: Float64Array,
): void {
  const s = Float64Array.from(to, (x, k) => x - from[k])
  const y = Float64Array.from(gFrom, (g, k) => g - gTo[k])
  const sy = s.reduce((sum, x, k) => sum + x * y[k], 0)
  if (!(sy > 1e-14)) return
  const hy = new Float64Array(d)
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) hy[i] += h[i * d + j] * y[j]
  const yhy = y.reduce((sum, x, k) => sum + x * hy[k], 0)
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      h[i * d + j] += ((1 + yhy / sy) * s[i] * s[j] - hy[i] * s[j] - s[i] * hy[j]) / sy
}

function clamp(x: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, x))
}
