import { computeHandlers } from '../analysis/compute-handlers.ts'
import type { JobMap } from '../analysis/job-map.ts'
import { serveJobs } from '../jobs/serve-jobs.ts'

serveJobs<Pick<JobMap, keyof typeof computeHandlers>>(
  self as unknown as DedicatedWorkerGlobalScope,
  computeHandlers,
)
