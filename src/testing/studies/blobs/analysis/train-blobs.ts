import { encoderJob, type EncoderJobRequest } from '../../../../ml/encoder-job.ts'
import type { LabelledBatch } from '../../../../ml/train-encoder.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { dimensions, drawClasses } from './draw-blobs.ts'

/** Trains an encoder that keeps the classes apart, on fresh points at every step. */
export function trainBlobs(request: EncoderJobRequest) {
  const { seed, replicasPerUniverse } = request.config
  function batch(name: string): LabelledBatch {
    const { values, classes } = drawClasses(createRng(seed).split(name), replicasPerUniverse)
    return { x: Float32Array.from(values), labels: Int32Array.from(classes), rows: classes.length }
  }
  const source = { features: dimensions, next: (step: number) => batch(`batch ${step}`) }
  return encoderJob(request, { source, heldOut: batch('held out') }, {})
}
