import type { DatasetHeader } from '../analysis/dataset-types.ts'
import type { EncoderBundle, ExportRequest } from '../analysis/datasets/model-bundle.ts'
import type { Services } from './services.ts'

/** The encoder of a checkpoint, whole: network, card and files, named by the content of its weights. */
export function makeEncoder(
  { ml, now }: Pick<Services, 'ml' | 'now'>,
  { manifest, manifestHash, universeModel: model }: DatasetHeader,
  of: Pick<ExportRequest, 'checkpoint' | 'weights' | 'backend'> & Partial<Pick<ExportRequest, 'limits'>>,
): Promise<EncoderBundle> {
  const date = new Date(now()).toISOString().slice(0, 10)
  const request = { limits: null, ...of, manifest, manifestHash, whitening: model.whitening, date }
  return ml.run('export-encoder', request).promise
}
