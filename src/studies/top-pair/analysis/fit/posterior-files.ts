import { writeParquet } from '../../../../dataset/parquet.ts'
import type { Walls } from '../../../../statistics/posterior/density-1d.ts'
import { getDistFiles, posteriorCsv, type GetDistFiles } from '../../../../statistics/posterior/export.ts'
import type { FitOutcome } from './fit-jobs.ts'

type Samples = Pick<FitOutcome, 'names' | 'theta' | 'weights' | 'logL'>

/**
 * A posterior as GetDist reads it.
 *
 * @param labels      LaTeX, one per parameter
 * @param halfWidth   of the flat prior; parameters without one are named in `unbounded`
 */
export function posteriorGetDist(
  samples: Samples,
  labels: readonly string[],
  halfWidth: number,
  unbounded: readonly string[] = [],
): GetDistFiles {
  const walls = samples.names.map((name): Walls =>
    unbounded.includes(name) ? {} : { min: -halfWidth, max: halfWidth },
  )
  return getDistFiles(samples, walls, labels)
}

export function posteriorAsCsv(samples: Samples): string {
  return posteriorCsv(samples)
}

/** Columns weight, logL, then the parameters, as doubles. */
export function posteriorParquet({ names, theta, weights, logL }: Samples): Promise<Uint8Array> {
  const d = names.length
  const columns = names.map((name, k) => ({
    name,
    data: Float64Array.from({ length: weights.length }, (_, i) => theta[i * d + k]),
  }))
  return writeParquet([
    { name: 'weight', data: Float64Array.from(weights) },
    { name: 'logL', data: Float64Array.from(logL) },
    ...columns,
  ])
}
