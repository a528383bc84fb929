import { AppError } from '../errors.ts'

import type { Bounds } from './histogram.ts'

/** A probability density on a regular grid of nodes; its sum times the cell area is one. */
export interface DensityGrid extends Bounds {
  columns: number
  rows: number
  values: Float64Array // [rows, columns], row 0 at yMin; per unit area
}

export interface DensityOptions {
  columns?: number
  rows?: number
  /** Standard deviation of the Gaussian kernel in x and y, data units; the normal reference rule if absent. */
  bandwidth?: [number, number]
  /** Only rows with a non-zero entry are counted. */
  mask?: Uint8Array | null
}

/**
 * Two-dimensional Gaussian kernel density estimate: points are shared linearly among the four nearest grid
 * nodes, then blurred along x and along y. Cost: one pass over the points plus a few passes over the grid.
 * The grid reaches four bandwidths beyond the points, so that contours close and no mass is lost.
 *
 * Source: linear binning, M. P. Wand, J. Comput. Graph. Stat. 3 (1994) 433; normal reference bandwidth
 * sigma n^(-1/6) in two dimensions, D. W. Scott, Multivariate Density Estimation (1992), eq. 6.42.
 *
 * @returns null if fewer than two finite points are counted
 */
export function kernelDensity(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  count: number,
  { columns = 128, rows = 128, bandwidth, mask = null }: DensityOptions = {},
): DensityGrid | null {
  if (columns < 8 || rows < 8)
    throw new AppError(
      'input/invalid',
      `A density grid needs at least 8 x 8 nodes, got ${columns} x ${rows}. Ask for a finer grid.`,
      { columns, rows },
    )
  const moments = momentsOf(x, y, count, mask)
  if (moments.n < 2) return null
  const [hx, hy] = bandwidth ?? normalReference(moments)
  const xMin = moments.xMin - 4 * hx
  const yMin = moments.yMin - 4 * hy
  const dx = (moments.xMax + 4 * hx - xMin) / (columns - 1)
  const dy = (moments.yMax + 4 * hy - yMin) / (rows - 1)

  const values = new Float64Array(rows * columns)
  const weight = 1 / (moments.n * dx * dy)
  for (let i = 0; i < count; i++) {
    if (mask && !mask[i]) continue
    const u = (x[i] - xMin) / dx
    const v = (y[i] - yMin) / dy
    if (u - u + (v - v) !== 0) continue
    const column = Math.floor(u)
    const row = Math.floor(v)
    const fx = u - column
    const fy = (v - row) * weight
    const at = row * columns + column
    values[at] += (1 - fx) * (weight - fy)
    values[at + 1] += fx * (weight - fy)
    values[at + columns] += (1 - fx) * fy
    values[at + columns + 1] += fx * fy
  }
  blurLines(values, rows, columns, columns, 1, hx / dx)
  blurLines(values, columns, rows, 1, columns, hy / dy)
  return { xMin, xMax: xMin + (columns - 1) * dx, yMin, yMax: yMin + (rows - 1) * dy, columns, rows, values }
}

interface Moments extends Bounds {
  n: number
  sx: number
  sy: number
}

function momentsOf(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  count: number,
  mask: Uint8Array | null,
): Moments {
  let n = 0
  let meanX = 0
  let meanY = 0
  let m2x = 0
  let m2y = 0
  const box = { xMin: Infinity, xMax: -Infinity, yMin: Infinity, yMax: -Infinity }
  for (let i = 0; i < count; i++) {
    if (mask && !mask[i]) continue
    const px = x[i]
    const py = y[i]
    if (px - px + (py - py) !== 0) continue
    n++
    const ax = px - meanX
    const ay = py - meanY
    meanX += ax / n
    meanY += ay / n
    m2x += ax * (px - meanX)
    m2y += ay * (py - meanY)
    if (px < box.xMin) box.xMin = px
    if (px > box.xMax) box.xMax = px
    if (py < box.yMin) box.yMin = py
    if (py > box.yMax) box.yMax = py
  }
  return { n, sx: Math.sqrt(m2x / Math.max(1, n - 1)), sy: Math.sqrt(m2y / Math.max(1, n - 1)), ...box }
}

/** A line of points still gets a width: a thousandth of the other axis, or of one unit. */
function normalReference({ n, sx, sy }: Moments): [number, number] {
  const floor = 1e-3 * Math.max(sx, sy) || 1e-3
  const shrink = n ** (-1 / 6)
  return [Math.max(sx, floor) * shrink, Math.max(sy, floor) * shrink]
}

/** Convolves `lines` lines of `length` nodes with a Gaussian of `sigma` nodes, cut at four sigma, in place. */
function blurLines(
  values: Float64Array,
  lines: number,
  length: number,
  lineStride: number,
  stride: number,
  sigma: number,
): void {
  const reach = Math.min(length - 1, Math.ceil(4 * sigma))
  const kernel = new Float64Array(reach + 1)
  let norm = 0
  for (let k = 0; k <= reach; k++) {
    kernel[k] = Math.exp((-0.5 * k * k) / (sigma * sigma))
    norm += (k ? 2 : 1) * kernel[k]
  }
  const line = new Float64Array(length)
  for (let l = 0; l < lines; l++) {
    for (let i = 0; i < length; i++) line[i] = values[l * lineStride + i * stride] / norm
    for (let i = 0; i < length; i++) {
      let sum = line[i] * kernel[0]
      for (let k = 1; k <= reach; k++)
        sum += kernel[k] * ((i >= k ? line[i - k] : 0) + (i + k < length ? line[i + k] : 0))
      values[l * lineStride + i * stride] = sum
    }
  }
}

/**
 * The density whose contour encloses each mass: the highest-density region of that probability.
 *
 * @param masses  each in (0, 1)
 * @returns       one level per mass, in the density's unit
 */
export function enclosedMassLevels(grid: DensityGrid, masses: readonly number[]): number[] {
  const sorted = Float64Array.from(grid.values).sort().reverse()
  let total = 0
  for (const value of sorted) total += value
  return masses.map((mass) => {
    if (!(mass > 0 && mass < 1))
      throw new AppError(
        'input/invalid',
        `An enclosed mass must lie between 0 and 1, got ${mass}. Write 0.68, not 68.`,
        { mass },
      )
    let sum = 0
    let i = 0
    while (i < sorted.length - 1 && sum + sorted[i] < mass * total) sum += sorted[i++]
    const before = i > 0 ? sorted[i - 1] : sorted[0]
    const fraction = sorted[i] > 0 ? (mass * total - sum) / sorted[i] : 0
    return before + fraction * (sorted[i] - before)
  })
}
