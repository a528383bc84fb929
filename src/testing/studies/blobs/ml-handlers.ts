import type { JobHandlers } from '../../../jobs/serve-jobs.ts'
import { encoderHandlers, type EncoderJobs } from '../../../ml/encoder-job.ts'
import { trainBlobs } from './analysis/train-blobs.ts'

/** What the ml script does for this study. */
export const handlers: JobHandlers<EncoderJobs> = encoderHandlers(trainBlobs)
