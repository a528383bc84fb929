import { percentText } from '../../numerics/percent-text.ts'
import { findModes, type Modes } from '../modes/find-modes.ts'
import { density1d, paddedRange, type Density1d, type Walls } from './density-1d.ts'
import {
  equalTailed,
  highestDensity,
  weightedQuantile,
  type HighestDensity,
  type Segment,
} from './intervals.ts'
import { checkSamples, columnOf, type WeightedSamples } from './samples.ts'
import { withPeaks } from './unimodal.ts'

/** A mode as far as it can be told apart in one parameter; of several joint modes where they overlap in it. */
export interface ParameterMode {
  /** Where the marginal density is highest */
  at: number
  /** Share of the posterior; the shares of all modes sum to one */
  mass: number
  mean: number
  standardDeviation: number
}

/** One row of the intervals table. */
export interface ParameterSummary {
  name: string
  mean: number
  standardDeviation: number
  median: number
  /** With one peak per mode at most: bumps that no mode stands behind are level */
  density: Density1d
  /** At 68, 95 and 99 %; each set has as many segments as there are modes, or fewer */
  highestDensity: HighestDensity[]
  equalTailed: Segment[]
  /** Ascending */
  modes: ParameterMode[]
  /** Present when there is more than one mode: what the reader must know about mean and interval */
  warning: string | null
}

export const intervalProbabilities = [0.68, 0.95, 0.99] as const

/** @param walls  per parameter, the limits of a flat prior */
export function summarise(
  samples: WeightedSamples,
  walls: readonly Walls[],
  found: Modes = findModes(samples),
): ParameterSummary[] {
  checkSamples(samples)
  const { weights } = samples
  const total = weights.reduce((sum, w) => sum + w, 0)
  return samples.names.map((name, k) => {
    const values = columnOf(samples, k)
    let mean = 0
    for (let i = 0; i < values.length; i++) mean += (weights[i] / total) * values[i]
    let variance = 0
    for (let i = 0; i < values.length; i++) variance += (weights[i] / total) * (values[i] - mean) ** 2
    const quantile = weightedQuantile(values, weights)
    const { density, modes } = marginal(values, weights, walls[k], found, k)
    return {
      name,
      mean,
      standardDeviation: Math.sqrt(variance),
      median: quantile(0.5),
      density,
      highestDensity: intervalProbabilities.map((p) => highestDensity(density, p)),
      equalTailed: intervalProbabilities.map((p) => equalTailed(quantile, p)),
      modes,
      warning: warningFor(name, modes),
    }
  })
}

/**
 * Marginal density and modes of one parameter. Every joint mode has a kernel of its own, so that a wide light one is not
 * drawn with the width that suits a narrow heavy one.
 */
function marginal(
  values: Float64Array,
  weights: Float64Array,
  walls: Walls | undefined,
  { modes: joint, membership, labelsAlong }: Modes,
  parameter: number,
): { density: Density1d; modes: ParameterMode[] } {
  const nodes = 512
  const range = paddedRange(values, weights, walls ?? {})
  const labels = labelsAlong(parameter)
  const groups = [...new Set(labels)].map((label) => ({
    density: new Float64Array(nodes),
    members: joint.filter((_, m) => labels[m] === label),
  }))
  const order = [...new Set(labels)]
  let x: Float64Array = new Float64Array(0)
  let bandwidth = Number.POSITIVE_INFINITY
  const all = new Float64Array(nodes)
  joint.forEach(({ mass }, m) => {
    const own = weights.map((w, i) => w * membership[i * joint.length + m])
    const found = density1d(values, own, walls, nodes, range)
    x = found.x
    bandwidth = Math.min(bandwidth, found.bandwidth)
    const { density } = groups[order.indexOf(labels[m])]
    for (let i = 0; i < nodes; i++) {
      density[i] += mass * found.density[i]
      all[i] += mass * found.density[i]
    }
  })
  const placed = groups
    .map((group) => ({ ...group, peak: peakOf(group.density, all) }))
    .sort((a, b) => a.peak - b.peak)
  const peaks = placed.map(({ peak }) => peak).filter((peak, k, list) => k === 0 || peak > list[k - 1])
  return {
    density: withPeaks({ x, density: all, bandwidth }, peaks),
    modes: placed.map(({ peak, members }) => {
      const mass = members.reduce((sum, mode) => sum + mode.mass, 0)
      const mean = members.reduce((sum, mode) => sum + (mode.mass / mass) * mode.mean[parameter], 0)
      const variance = members.reduce(
        (sum, mode) =>
          sum +
          (mode.mass / mass) * (mode.standardDeviation[parameter] ** 2 + (mode.mean[parameter] - mean) ** 2),
        0,
      )
      return { at: x[peak], mass, mean, standardDeviation: Math.sqrt(variance) }
    }),
  }
}

/** Where the whole is highest among the nodes that are mostly the group's; the group's own summit where there are none. */
function peakOf(density: Float64Array, all: Float64Array): number {
  let own = 0
  let best = -1
  for (let i = 0; i < density.length; i++) {
    if (density[i] > density[own]) own = i
    if (density[i] > 0.5 * all[i] && (best < 0 || all[i] > all[best])) best = i
  }
  return best < 0 ? own : best
}

function warningFor(name: string, modes: ParameterMode[]): string | null {
  if (modes.length < 2) return null
  const list = modes.map(({ at, mass }) => `${at.toPrecision(3)} (${percentText(mass)} %)`).join(', ')
  return `${name} has ${modes.length} separate modes: ${list}. One interval or a mean hides this; read the highest-density segments.`
}
