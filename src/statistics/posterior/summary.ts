import { density1d, type Density1d, type Walls } from './density-1d.ts'
import {
  equalTailed,
  findModes,
  highestDensity,
  weightedQuantiles,
  type HighestDensity,
  type Mode,
  type Segment,
} from './intervals.ts'
import { checkSamples, columnOf, type WeightedSamples } from './samples.ts'

/** One row of the intervals table. */
export interface ParameterSummary {
  name: string
  mean: number
  standardDeviation: number
  median: number
  density: Density1d
  /** At 68, 95 and 99 % */
  highestDensity: HighestDensity[]
  equalTailed: Segment[]
  modes: Mode[]
  /** Present when there is more than one mode: what the reader must know about mean and interval */
  warning: string | null
}

export const intervalProbabilities = [0.68, 0.95, 0.99] as const

/** @param walls  per parameter, the limits of a flat prior */
export function summarise(samples: WeightedSamples, walls: readonly Walls[]): ParameterSummary[] {
  checkSamples(samples)
  const { weights } = samples
  const total = weights.reduce((sum, w) => sum + w, 0)
  return samples.names.map((name, k) => {
    const values = columnOf(samples, k)
    let mean = 0
    for (let i = 0; i < values.length; i++) mean += (weights[i] / total) * values[i]
    let variance = 0
    for (let i = 0; i < values.length; i++) variance += (weights[i] / total) * (values[i] - mean) ** 2
    const density = density1d(values, weights, walls[k])
    const modes = findModes(density)
    return {
      name,
      mean,
      standardDeviation: Math.sqrt(variance),
      median: weightedQuantiles(values, weights, [0.5])[0],
      density,
      highestDensity: intervalProbabilities.map((p) => highestDensity(density, p)),
      equalTailed: intervalProbabilities.map((p) => equalTailed(values, weights, p)),
      modes,
      warning: warningFor(name, modes),
    }
  })
}

function warningFor(name: string, modes: Mode[]): string | null {
  if (modes.length < 2) return null
  const list = modes.map(({ at, mass }) => `${at.toPrecision(3)} (${(100 * mass).toFixed(0)} %)`).join(', ')
  return `${name} has ${modes.length} separate modes: ${list}. One interval or a mean hides this; read the highest-density segments.`
}
