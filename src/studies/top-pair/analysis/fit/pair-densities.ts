import type { Walls } from '../../../../statistics/posterior/density-1d.ts'
import { density2d } from '../../../../statistics/posterior/density-2d.ts'
import { columnOf, type WeightedSamples } from '../../../../statistics/posterior/samples.ts'
import type { FitOutcome } from './fit-jobs.ts'

/** Joint densities of all pairs of parameters, row by row of a corner plot. */
export function pairDensities(samples: WeightedSamples, walls: readonly Walls[]): FitOutcome['pairs'] {
  const columns = samples.names.map((_, k) => columnOf(samples, k))
  return columns.flatMap((y, j) =>
    columns.slice(0, j).map((x, i) => ({
      x: i,
      y: j,
      density: density2d(x, y, samples.weights, { x: walls[i], y: walls[j] }),
    })),
  )
}
