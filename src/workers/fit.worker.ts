import type { JobMap } from '../analysis/job-map.ts'
import { createFitHandlers } from '../analysis/top-pair/fit/create-fit-handlers.ts'
import { serveJobs } from '../jobs/serve-jobs.ts'
import { wasmFiles } from '../ml/wasm-files-page.ts'

// Absolute addresses: tfjs resolves relative ones against its own blob.
const absolute = Object.fromEntries(
  Object.entries(wasmFiles).map(([name, path]) => [name, new URL(path, self.location.href).href]),
) as typeof wasmFiles

const handlers = createFitHandlers({ wasmFiles: absolute })

serveJobs<Pick<JobMap, keyof typeof handlers>>(self as unknown as DedicatedWorkerGlobalScope, handlers)
