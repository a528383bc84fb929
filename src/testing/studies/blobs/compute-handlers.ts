import type { JobHandlers } from '../../../jobs/serve-jobs.ts'
import { compareBlobs } from './analysis/compare-blobs.ts'
import { drawBlobs } from './analysis/draw-blobs.ts'
import type { BlobsModel } from './model.ts'

/** What the compute script does for this study. */
export const handlers: JobHandlers<BlobsModel['jobs']['compute']> = { draw: drawBlobs, compare: compareBlobs }
