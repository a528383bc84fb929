import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { pageWasmFiles } from '../../ml/wasm-files-page.ts'
import { createFitHandlers } from './analysis/fit/create-fit-handlers.ts'
import type { FitJobs } from './analysis/fit/fit-jobs.ts'
import { planHandlers } from './plan-handlers.ts'

/** Found by the ml worker; a job without a handler does not compile. */
export const handlers: JobHandlers<FitJobs> = {
  ...createFitHandlers({ wasmFiles: pageWasmFiles() }),
  ...planHandlers,
}
