import { backendNames } from '../ml/training-config.ts'
import { probeBackends, tfjsVersion, type BackendOptions } from '../ml/backends.ts'
import type { JobMap } from './job-map.ts'
import { exportEncoder } from './model-bundle.ts'
import { replayCheckpoint, trainEncoderJob } from './train-encoder-job.ts'

/** What the ml worker does: it owns the backends and the networks in training. */
export function createMlHandlers(backendOptions: BackendOptions) {
  return {
    'probe-backends': ({ budgetMs }: JobMap['probe-backends']['request']) =>
      probeBackends(backendNames, { ...backendOptions, budgetMs }),
    'train-encoder': (request: JobMap['train-encoder']['request']) =>
      trainEncoderJob(request, backendOptions),
    'replay-checkpoint': ({ checkpoint, preview }: JobMap['replay-checkpoint']['request']) =>
      replayCheckpoint(checkpoint, preview),
    'export-encoder': (request: JobMap['export-encoder']['request']) => exportEncoder(request, tfjsVersion),
  }
}
