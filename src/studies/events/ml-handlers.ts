import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { encoderHandlers, warmUp } from '../../ml/encoder-job.ts'
import { backendNames } from '../../ml/training-config.ts'
import { pageWasmFiles } from '../../ml/wasm-files-page.ts'
import {
  prepareTraining,
  trainEventsJob,
  type TrainEventsRequest,
} from './analysis/encoder/train-events-job.ts'
import type { EventsMlJobs } from './jobs.ts'

const engines = { wasmFiles: pageWasmFiles() }

/** Found by the ml worker; a job without a handler does not compile. */
export const handlers: JobHandlers<EventsMlJobs> = {
  ...encoderHandlers((request: TrainEventsRequest) => trainEventsJob(request, engines), engines),
  'warm-up': async ({ backend, learn }) => {
    if (learn) prepareTraining(learn)
    return warmUp(backend, engines)
  },
  'probe-backends': async ({ budgetMs }) => {
    const { probeBackends } = await import('../../ml/backends.ts')
    return probeBackends(backendNames, { ...engines, budgetMs })
  },
}
