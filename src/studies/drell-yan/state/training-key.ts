import type { DrellYanIntent, TrainingIntent } from '../intent.ts'

/** Names a training by all that decides its numbers; backend, steps and patience may change on the way. */
export function trainingKey(
  manifestHash: string,
  order: DrellYanIntent['order'],
  config: TrainingIntent,
): string {
  const fixed = { ...config, backend: undefined, steps: undefined, patience: undefined }
  return JSON.stringify([manifestHash, order, fixed])
}
