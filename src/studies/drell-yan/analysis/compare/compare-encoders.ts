import { mlpOutputs, runMlp, type Mlp } from '../../../../ml/mlp.ts'
import type { ComparedMaps } from '../../../../numerics/compared-maps.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { compareMaps } from '../../../../statistics/compare-maps.ts'
import type { DatasetHeader } from '../dataset-types.ts'
import { validUniverses } from '../universes.ts'

export interface CompareRequest {
  header: Pick<DatasetHeader, 'whitenedMeans' | 'table'>
  order: EftOrder
  maps: { id: string; mlp: Mlp }[]
  neighbours: number
}

/**
 * Encoders beside one another on the means of all universes; averages are over those with a positive spectrum in linear
 * theory, over all else. True neighbours are those by Fisher distance. Yields the fraction done.
 */
export function compareEncoders({
  header,
  order,
  maps,
  neighbours,
}: CompareRequest): Generator<number, ComparedMaps> {
  const { whitenedMeans, table } = header
  return compareMaps({
    maps: maps.map(({ id, mlp }) => ({
      id,
      dimensions: mlpOutputs(mlp),
      latent: () => runMlp(mlp, whitenedMeans, table.count),
    })),
    truth: whitenedMeans,
    count: table.count,
    truthDimensions: whitenedMeans.length / table.count,
    kept: validUniverses(table, order),
    neighbours,
  })
}
