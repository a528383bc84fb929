import { backendNames } from '../../../../ml/training-config.ts'
import type { BackendOptions } from '../../../../ml/backends.ts'
import { encoderHandlers } from '../../../../ml/encoder-job.ts'
import type { DrellYanJobs } from '../../jobs.ts'
import { exportEncoder } from '../datasets/model-bundle.ts'
import { trainEncoderJob, type TrainRequest } from '../datasets/train-encoder-job.ts'

/** Encoders in training: the worker owns the backends and the networks in training. */
export function createTrainingHandlers(backendOptions: BackendOptions) {
  return {
    'probe-backends': async ({ budgetMs }: DrellYanJobs['probe-backends']['request']) => {
      const { probeBackends } = await import('../../../../ml/backends.ts')
      return probeBackends(backendNames, { ...backendOptions, budgetMs })
    },
    ...encoderHandlers((request: TrainRequest) => trainEncoderJob(request, backendOptions), backendOptions),
    'export-encoder': async (request: DrellYanJobs['export-encoder']['request']) => {
      const { tfjsVersion } = await import('../../../../ml/backends.ts')
      return exportEncoder(request, tfjsVersion)
    },
  }
}
