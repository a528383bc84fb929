import { enclosedMassLevels, type DensityGrid } from '../../numerics/density.ts'
import { density1d, paddedRange, type Walls } from './density-1d.ts'
import { effectiveSamples } from './samples.ts'

/** Fractions of the posterior mass whose contours are drawn. */
export const contourMasses = [0.68, 0.95, 0.99] as const

export interface Density2d extends DensityGrid {
  /** Density whose contour holds 68, 95 and 99 % of the mass */
  levels: number[]
  bandwidth: [number, number]
}

/**
 * Gaussian kernel density of weighted samples in two dimensions; mass that would leave through a wall of the prior is
 * reflected. Width per axis: the one-dimensional optimum, scaled to two dimensions and to the correlation as in
 * Scott, Multivariate Density Estimation (1992), eq. 6.41; one multiplicative bias correction as in Jones, Linton and
 * Nielsen, Biometrika 82 (1995) 327.
 */
export function density2d(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  walls: { x?: Walls; y?: Walls } = {},
  nodes = 128,
): Density2d {
  const rangeX = paddedRange(x, weights, walls.x ?? {})
  const rangeY = paddedRange(y, weights, walls.y ?? {})
  const stepX = (rangeX.high - rangeX.low) / (nodes - 1)
  const stepY = (rangeY.high - rangeY.low) / (nodes - 1)
  const mass = new Float64Array(nodes * nodes)
  const rho = correlation(x, y, weights)
  const effective = effectiveSamples(weights)
  const shrink =
    (1 - rho * rho) ** (5 / 12) * (1 + (rho * rho) / 2) ** (-1 / 6) * effective ** (1 / 5 - 1 / 6)
  const hx = Math.max(0.7 * stepX, shrink * density1d(x, weights, walls.x).bandwidth)
  const hy = Math.max(0.7 * stepY, shrink * density1d(y, weights, walls.y).bandwidth)
  for (let i = 0; i < x.length; i++) {
    const u = (x[i] - rangeX.low) / stepX
    const v = (y[i] - rangeY.low) / stepY
    if (!(u >= 0 && u <= nodes - 1 && v >= 0 && v <= nodes - 1 && weights[i] > 0)) continue
    const column = Math.min(Math.floor(u), nodes - 2)
    const row = Math.min(Math.floor(v), nodes - 2)
    const at = row * nodes + column
    const fx = u - column
    const fy = v - row
    mass[at] += weights[i] * (1 - fx) * (1 - fy)
    mass[at + 1] += weights[i] * fx * (1 - fy)
    mass[at + nodes] += weights[i] * (1 - fx) * fy
    mass[at + nodes + 1] += weights[i] * fx * fy
  }
  const smooth = (mass: Float64Array): Float64Array => {
    const out = Float64Array.from(mass)
    blur(out, nodes, nodes, 1, hx / stepX, rangeX.wallLow, rangeX.wallHigh)
    blur(out, nodes, 1, nodes, hy / stepY, rangeY.wallLow, rangeY.wallHigh)
    return out
  }
  const first = smooth(mass)
  // A second pass over the ratio of data to first estimate takes back most of the widening.
  const correction = smooth(mass.map((value, i) => (value > 0 ? value / first[i] : 0)))
  const values = first.map((value, i) => value * correction[i])
  let total = 0
  for (const value of values) total += value
  for (let i = 0; i < values.length; i++) values[i] /= total * stepX * stepY
  const grid: DensityGrid = {
    xMin: rangeX.low,
    xMax: rangeX.high,
    yMin: rangeY.low,
    yMax: rangeY.high,
    columns: nodes,
    rows: nodes,
    values,
  }
  return { ...grid, levels: enclosedMassLevels(grid, contourMasses), bandwidth: [hx, hy] }
}

function correlation(x: Float64Array, y: Float64Array, weights: Float64Array): number {
  let [total, mx, my] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    total += weights[i]
    mx += weights[i] * x[i]
    my += weights[i] * y[i]
  }
  mx /= total
  my /= total
  let [xx, xy, yy] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    xx += weights[i] * (x[i] - mx) ** 2
    xy += weights[i] * (x[i] - mx) * (y[i] - my)
    yy += weights[i] * (y[i] - my) ** 2
  }
  const rho = xy / Math.sqrt(xx * yy)
  return Number.isFinite(rho) ? Math.max(-0.999, Math.min(0.999, rho)) : 0
}

/** Gaussian blur along one axis; at a wall the grid is mirrored about its last node, elsewhere mass may leave. */
function blur(
  values: Float64Array,
  nodes: number,
  lineStride: number,
  stride: number,
  sigma: number,
  wallLow: boolean,
  wallHigh: boolean,
): void {
  const reach = Math.min(nodes - 1, Math.ceil(4 * sigma))
  const kernel = Float64Array.from({ length: reach + 1 }, (_, k) =>
    Math.exp((-0.5 * k * k) / (sigma * sigma)),
  )
  const line = new Float64Array(nodes)
  const last = nodes - 1
  for (let l = 0; l < nodes; l++) {
    for (let i = 0; i < nodes; i++) line[i] = values[l * lineStride + i * stride]
    // The node on a wall has collected from one side only.
    if (wallLow) line[0] *= 2
    if (wallHigh) line[last] *= 2
    for (let i = 0; i < nodes; i++) {
      let sum = 0
      for (let k = -reach; k <= reach; k++) {
        let j = i + k
        if (j < 0 && wallLow) j = -j
        else if (j > last && wallHigh) j = 2 * last - j
        if (j < 0 || j > last) continue
        sum += kernel[Math.abs(k)] * line[j]
      }
      values[l * lineStride + i * stride] = sum
    }
  }
}
