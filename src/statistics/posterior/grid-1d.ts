import type { Rng } from '../../numerics/rng.ts'

/**
 * Draws from a one-dimensional density given by its logarithm, by inverting the trapezoidal sum on a grid: the exact
 * posterior of one coefficient, for toys and checks.
 */
export function drawFromGrid(
  logDensity: (x: number) => number,
  min: number,
  max: number,
  count: number,
  rng: Rng,
  nodes = 401,
): Float64Array {
  const step = (max - min) / (nodes - 1)
  const logs = Float64Array.from({ length: nodes }, (_, i) => logDensity(min + i * step))
  const top = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const density = logs.map((value) => Math.exp(value - top))
  const cumulative = new Float64Array(nodes)
  for (let i = 1; i < nodes; i++) cumulative[i] = cumulative[i - 1] + 0.5 * (density[i - 1] + density[i])
  return Float64Array.from({ length: count }, () => {
    const target = rng.uniform() * cumulative[nodes - 1]
    let low = 0
    let high = nodes - 1
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (cumulative[middle] <= target) low = middle
      else high = middle
    }
    // Inside the cell the density is a straight line: solve f0 t + (f1 - f0) t^2 / 2 = rest.
    const rest = target - cumulative[low]
    const slope = density[high] - density[low]
    const root = Math.sqrt(Math.max(0, density[low] ** 2 + 2 * slope * rest))
    const t = rest > 0 ? (2 * rest) / (density[low] + root) : 0
    return min + (low + Math.min(1, t)) * step
  })
}
