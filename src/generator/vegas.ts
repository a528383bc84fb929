import type { Rng } from '../numerics/rng.ts'

/**
 * Importance sampling on a product of one-dimensional grids (Lepage, J. Comput. Phys. 27 (1978) 192; damping and smoothing
 * as in arXiv:2009.05112, section II): every bin is drawn equally often, narrow bins where the function is large.
 */
export interface VegasGrid {
  dimensions: number
  bins: number
  edges: Float64Array // [dimensions, bins + 1], from 0 to 1
}

export function uniformGrid(dimensions: number, bins = 64): VegasGrid {
  const edges = new Float64Array(dimensions * (bins + 1))
  for (let d = 0; d < dimensions; d++) for (let b = 0; b <= bins; b++) edges[d * (bins + 1) + b] = b / bins
  return { dimensions, bins, edges }
}

/**
 * Sends a uniform point u to x and returns dx/du; `cells` receives the bin of each dimension.
 */
export function mapPoint(grid: VegasGrid, u: Float64Array, x: Float64Array, cells: Int32Array): number {
  const { dimensions, bins, edges } = grid
  let jacobian = 1
  for (let d = 0; d < dimensions; d++) {
    const position = u[d] * bins
    const bin = Math.min(bins - 1, Math.floor(position))
    const at = d * (bins + 1) + bin
    const width = edges[at + 1] - edges[at]
    x[d] = edges[at] + (position - bin) * width
    cells[d] = bin
    jacobian *= width * bins
  }
  return jacobian
}

/** dx/du of mapPoint at a point that is given by x; what lies outside by rounding is taken to the edge. */
export function jacobianAt({ dimensions, bins, edges }: VegasGrid, x: Float64Array): number {
  let jacobian = 1
  for (let d = 0; d < dimensions; d++) {
    const start = d * (bins + 1)
    let low = 0
    let high = bins
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (edges[start + middle] <= x[d]) low = middle
      else high = middle
    }
    jacobian *= (edges[start + low + 1] - edges[start + low]) * bins
  }
  return jacobian
}

/** Share of every dimension's importance that is spread evenly, so that no region is ever closed. */
const floorShare = 1e-3

/**
 * The grid whose bins share the importance evenly.
 *
 * @param importance  [dimensions, bins] sums of (f dx/du)^2 per bin
 * @param damping     0 keeps the grid, 1 follows the last iteration
 */
export function refineGrid(grid: VegasGrid, importance: Float64Array, damping = 0.75): VegasGrid {
  const { dimensions, bins, edges } = grid
  const refined = new Float64Array(edges.length)
  const share = new Float64Array(bins)
  for (let d = 0; d < dimensions; d++) {
    smooth(importance.subarray(d * bins, (d + 1) * bins), share)
    let total = 0
    for (let b = 0; b < bins; b++) total += share[b]
    if (!(total > 0)) {
      refined.set(edges.subarray(d * (bins + 1), (d + 1) * (bins + 1)), d * (bins + 1))
      continue
    }
    let sum = 0
    for (let b = 0; b < bins; b++) {
      const r = share[b] / total
      share[b] = (r > 0 && r < 1 ? (r - 1) / Math.log(r) : r) ** damping
      sum += share[b]
    }
    for (let b = 0; b < bins; b++) share[b] += (floorShare * sum) / bins
    placeEdges(edges.subarray(d * (bins + 1), (d + 1) * (bins + 1)), share, refined, d * (bins + 1))
  }
  return { dimensions, bins, edges: refined }
}

function smooth(values: Float64Array, out: Float64Array): void {
  const n = values.length
  for (let b = 0; b < n; b++) {
    const left = values[Math.max(0, b - 1)]
    const right = values[Math.min(n - 1, b + 1)]
    out[b] = (left + 6 * values[b] + right) / 8
  }
}

function placeEdges(old: Float64Array, share: Float64Array, out: Float64Array, offset: number): void {
  const bins = share.length
  let total = 0
  for (let b = 0; b < bins; b++) total += share[b]
  const step = total / bins
  let bin = -1
  let filled = 0
  for (let b = 1; b < bins; b++) {
    while (filled < b * step && bin < bins - 1) filled += share[++bin]
    const overshoot = (filled - b * step) / share[bin]
    out[offset + b] = old[bin + 1] - overshoot * (old[bin + 1] - old[bin])
  }
  out[offset] = old[0]
  out[offset + bins] = old[bins]
}

export interface VegasReport {
  iteration: number
  /** Estimate of this iteration alone. */
  value: number
  error: number
}

export interface VegasResult {
  value: number
  error: number
  /** Scatter of the iterations about their mean, per degree of freedom: near 1 if the errors are honest. */
  chi2PerDof: number
  grid: VegasGrid
}

export interface VegasOptions {
  dimensions: number
  points: number
  iterations: number
  rng: Rng
  bins?: number
  /** First iterations that only adapt; the default is 2. */
  warmup?: number
}

/** int f over the unit cube. Yields after each iteration. */
export function* integrateVegas(
  integrand: (x: Float64Array) => number,
  options: VegasOptions,
): Generator<VegasReport, VegasResult> {
  const { dimensions, points, iterations, rng, bins, warmup = 2 } = options
  let grid = uniformGrid(dimensions, bins)
  const u = new Float64Array(dimensions)
  const x = new Float64Array(dimensions)
  const cells = new Int32Array(dimensions)
  const estimates: VegasReport[] = []
  for (let iteration = 0; iteration < iterations; iteration++) {
    const importance = new Float64Array(dimensions * grid.bins)
    let sum = 0
    let sum2 = 0
    for (let i = 0; i < points; i++) {
      for (let d = 0; d < dimensions; d++) u[d] = rng.uniform()
      const f = mapPoint(grid, u, x, cells) * integrand(x)
      sum += f
      sum2 += f * f
      for (let d = 0; d < dimensions; d++) importance[d * grid.bins + cells[d]] += f * f
    }
    const value = sum / points
    const error = Math.sqrt(Math.max(0, sum2 / points - value * value) / (points - 1))
    const report = { iteration, value, error }
    if (iteration >= warmup) estimates.push(report)
    grid = refineGrid(grid, importance)
    yield report
  }
  return { ...combine(estimates), grid }
}

/** Mean of the iterations weighted by their inverse variance. */
function combine(estimates: VegasReport[]): Omit<VegasResult, 'grid'> {
  let weightSum = 0
  let sum = 0
  for (const { value, error } of estimates) {
    const weight = error > 0 ? 1 / (error * error) : 1e300
    weightSum += weight
    sum += weight * value
  }
  const value = sum / weightSum
  let chi2 = 0
  for (const estimate of estimates)
    if (estimate.error > 0) chi2 += ((estimate.value - value) / estimate.error) ** 2
  return { value, error: 1 / Math.sqrt(weightSum), chi2PerDof: chi2 / Math.max(1, estimates.length - 1) }
}
