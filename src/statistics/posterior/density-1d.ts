import { AppError } from '../../errors.ts'
import { improvedSheatherJones } from './bandwidth.ts'
import { effectiveSamples } from './samples.ts'

/** A density on a regular grid, integrating to one (trapezoid). */
export interface Density1d {
  x: Float64Array // [n] ascending
  density: Float64Array // [n]
  bandwidth: number
}

/** Where the prior ends: the kernel does not leak through a wall that is given. */
export interface Walls {
  min?: number
  max?: number
}

/**
 * Gaussian kernel density estimate of weighted samples, corrected at the walls to first order by the linear kernel
 * of Jones in the form that cannot turn negative.
 *
 * Source: Jones, Stat. Comput. 3 (1993) 135; Jones and Foster, Stat. Sinica 6 (1996) 1005, eq. 2.
 *
 * @param nodes  of the grid
 * @param range  of the grid, where several densities share one
 */
export function density1d(
  values: Float64Array,
  weights: Float64Array,
  walls: Walls = {},
  nodes = 512,
  range = paddedRange(values, weights, walls),
): Density1d {
  const mass = binLinearly(values, weights, range.low, range.high, nodes)
  const step = (range.high - range.low) / (nodes - 1)
  const relative = improvedSheatherJones(mass, effectiveSamples(weights))
  const sigma = Math.max(relative * (range.high - range.low), 0.5 * step) // below half a node there is no shape
  const reach = Math.min(nodes - 1, Math.ceil(5 * (sigma / step)))
  const kernel = Float64Array.from({ length: reach + 1 }, (_, k) =>
    Math.exp(-0.5 * ((k * step) / sigma) ** 2),
  )
  const density = new Float64Array(nodes)
  const wallLow = range.wallLow ? 0 : Number.NEGATIVE_INFINITY
  const wallHigh = range.wallHigh ? nodes - 1 : Number.POSITIVE_INFINITY
  for (let i = 0; i < nodes; i++) {
    // Moments of the kernel inside the walls (a) and of the data under it (f), about node i.
    let [a0, a1, a2, f0, f1] = [0, 0, 0, 0, 0]
    for (let k = -reach; k <= reach; k++) {
      const j = i + k
      if (j < wallLow || j > wallHigh) continue
      const edge = j === wallLow || j === wallHigh ? 0.5 : 1
      const value = kernel[Math.abs(k)]
      a0 += edge * value
      a1 += edge * value * k
      a2 += edge * value * k * k
      if (j < 0 || j >= nodes) continue
      // A node on the wall collects from one side only, as its half cell in the moments.
      f0 += value * mass[j]
      f1 += value * k * mass[j]
    }
    const simple = f0 / a0
    const determinant = a0 * a2 - a1 * a1
    const linear = determinant > 0 ? (a2 * f0 - a1 * f1) / determinant : simple
    density[i] = simple > 0 ? simple * Math.exp(linear / simple - 1) : 0
  }
  const x = Float64Array.from({ length: nodes }, (_, i) => range.low + i * step)
  normalise(density, step)
  return { x, density, bandwidth: sigma }
}

function normalise(density: Float64Array, step: number): void {
  const last = density.length - 1
  let sum = -0.5 * (density[0] + density[last])
  for (const value of density) sum += value
  for (let i = 0; i <= last; i++) density[i] /= sum * step
}

/** The samples' range and a tenth beyond, cut at the walls. */
export function paddedRange(values: Float64Array, weights: Float64Array, walls: Walls) {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  let total = 0
  let largest = 0
  for (const w of weights) if (w > largest) largest = w
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      throw new AppError(
        'data/corrupt',
        `Sample ${i} has the value ${values[i]}; a density needs finite values. Run the sampler again.`,
      )
    // A nested run starts with thousands of points without any weight far away.
    if (!(weights[i] > 1e-7 * largest)) continue
    total += weights[i]
    if (values[i] < least) least = values[i]
    if (values[i] > most) most = values[i]
  }
  if (!(total > 0))
    throw new AppError(
      'data/corrupt',
      `The weights of ${values.length} samples sum to 0. Run the sampler again.`,
    )
  const padding = 0.1 * (most - least) || 1e-6 * Math.max(1, Math.abs(most))
  const low = Math.max(least - padding, walls.min ?? Number.NEGATIVE_INFINITY)
  const high = Math.min(most + padding, walls.max ?? Number.POSITIVE_INFINITY)
  return { low, high, wallLow: low === walls.min, wallHigh: high === walls.max }
}

/** Shares each weight between the two nearest nodes (Wand, J. Comput. Graph. Stat. 3 (1994) 433); sums to 1. */
function binLinearly(
  values: Float64Array,
  weights: Float64Array,
  low: number,
  high: number,
  nodes: number,
): Float64Array {
  const mass = new Float64Array(nodes)
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const position = ((values[i] - low) / (high - low)) * (nodes - 1)
    const at = Math.floor(position)
    if (at < 0 || at >= nodes || !(weights[i] > 0)) continue
    const fraction = position - at
    mass[at] += weights[i] * (1 - fraction)
    if (at + 1 < nodes) mass[at + 1] += weights[i] * fraction
    total += weights[i]
  }
  for (let i = 0; i < nodes; i++) mass[i] /= total
  return mass
}
