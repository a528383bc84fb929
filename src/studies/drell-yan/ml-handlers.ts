import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { pageWasmFiles } from '../../ml/wasm-files-page.ts'
import { createTrainingHandlers } from './analysis/jobs/training-handlers.ts'
import type { DrellYanMlJobs } from './jobs.ts'

/** Found by the ml worker; a job without a handler does not compile. */
export const handlers: JobHandlers<DrellYanMlJobs> = createTrainingHandlers({ wasmFiles: pageWasmFiles() })
