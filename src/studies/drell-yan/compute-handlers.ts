import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { anomalyHandlers } from './analysis/jobs/anomaly-handlers.ts'
import { classificationHandlers } from './analysis/jobs/classification-handlers.ts'
import { dataHandlers } from './analysis/jobs/data-handlers.ts'
import { latentHandlers } from './analysis/jobs/latent-handlers.ts'
import type { DrellYanComputeJobs } from './jobs.ts'
import { handlers as openingHandlers } from './opening-handlers.ts'

/** Found by the compute worker; a job without a handler does not compile. */
export const handlers: JobHandlers<DrellYanComputeJobs> = {
  ...openingHandlers,
  ...dataHandlers,
  ...anomalyHandlers,
  ...latentHandlers,
  ...classificationHandlers,
}
