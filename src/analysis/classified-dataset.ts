import type { Whitening } from './drell-yan/whitening.ts'
import type { DatasetHeader } from './job-map.ts'

/** The dataset whose universes a classifier tells apart. */
export type ClassifiedDataset = Pick<DatasetHeader, 'manifest' | 'manifestHash'> & {
  model: { whitening: Whitening }
}

/** No more of a dataset than is needed, since it travels to a worker. */
export function classifiedDataset({ manifest, manifestHash, model }: ClassifiedDataset): ClassifiedDataset {
  return { manifest, manifestHash, model: { whitening: model.whitening } }
}
