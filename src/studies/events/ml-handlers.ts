import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { encoderHandlers } from '../../ml/encoder-job.ts'
import { pageWasmFiles } from '../../ml/wasm-files-page.ts'
import { trainEventsJob, type TrainEventsRequest } from './analysis/encoder/train-events-job.ts'
import type { EventsMlJobs } from './jobs.ts'

/** Found by the ml worker; a job without a handler does not compile. */
export const handlers: JobHandlers<EventsMlJobs> = encoderHandlers((request: TrainEventsRequest) =>
  trainEventsJob(request, { wasmFiles: pageWasmFiles() }),
)
