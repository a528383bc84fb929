import type { BackendOptions } from '../../../../ml/backends.ts'
import { encoderJob, type AfterStep, type EncoderJobRequest } from '../../../../ml/encoder-job.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { createBatchSource } from '../batch-source.ts'
import type { UniverseModel } from '../universes.ts'
import { heldOutBatch } from './held-out.ts'

export interface TrainRequest extends EncoderJobRequest {
  model: UniverseModel
  order: EftOrder
}

/** Trains an encoder on fresh (or fixed) universes of a dataset's physics; the preview is whitened spectra. */
export function trainEncoderJob(
  { model, order, ...request }: TrainRequest,
  backendOptions: BackendOptions,
  afterStep?: AfterStep,
) {
  const source = createBatchSource(model, { ...request.config, order })
  return encoderJob(request, { source, heldOut: heldOutBatch(model, order) }, backendOptions, afterStep)
}
