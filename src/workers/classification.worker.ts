import { classificationHandlers } from '../analysis/classification-handlers.ts'
import type { ClassificationJobs } from '../analysis/classification-jobs.ts'
import { serveJobs } from '../jobs/serve-jobs.ts'

serveJobs<ClassificationJobs>(self as unknown as DedicatedWorkerGlobalScope, classificationHandlers)
