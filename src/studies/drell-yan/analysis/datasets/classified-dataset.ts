import type { Whitening } from '../whitening.ts'
import type { DatasetHeader } from '../dataset-types.ts'

/** The dataset whose universes a classifier tells apart. */
export type ClassifiedDataset = Pick<DatasetHeader, 'manifest' | 'manifestHash'> & {
  universeModel: { whitening: Whitening }
}

/** No more of a dataset than is needed, since it travels to a worker. */
export function classifiedDataset({
  manifest,
  manifestHash,
  universeModel,
}: ClassifiedDataset): ClassifiedDataset {
  return { manifest, manifestHash, universeModel: { whitening: universeModel.whitening } }
}
