import type { CheckpointStore } from '../../../core/checkpoint-store.ts'
import { lendingProducts, type LendingProducts } from '../../../core/lending-products.ts'
import { tellingProducts } from '../../../core/product-store.ts'
import type { TabLocks } from '../../../core/tab-locks.ts'
import { createWorkMeter, type WorkMeter } from '../../../core/work-meter.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import type { DrellYanComputeJobs, DrellYanMlJobs } from '../jobs.ts'
import type { DrellYanContext } from '../model.ts'
import { createOwnEncoders, ownEncoderRecords, type OwnEncoders } from './own-encoders.ts'
import { createRecordedSource, type RecordedSource } from './recorded-source.ts'
import { drellYanProductVersion, type DrellYanProducts } from './products.ts'

/** What effects and actions of this study work with. */
export interface Services {
  /** Physics, data and encoding. */
  compute: JobClient<DrellYanComputeJobs>
  /** tfjs and live networks. */
  ml: JobClient<DrellYanMlJobs>
  /** Classifiers: the members of an ensemble train side by side. */
  classification: JobClient<DrellYanComputeJobs>
  checkpoints: CheckpointStore
  /** What only one tab may do at a time. */
  locks: TabLocks
  /** Encoders trained here or read from files. */
  encoders: OwnEncoders
  /** Results that come back in a later visit. */
  products: LendingProducts<DrellYanProducts>
  /** Answers that the page ships. */
  recorded: RecordedSource
  /** What would be lost with the page. */
  work: { training: WorkMeter; classifier: WorkMeter }
  /** Address of the page, of which shipped files are relative. */
  page: string
  /** Clock [ms since 1970]. */
  now: () => number
}

/** One for each member of an ensemble: with fewer cores their turns even out better than queues would. */
const ensembleWorkers = 5

export function createServices({ platform, jobs, notify }: DrellYanContext): Services {
  const { checkpoints, locks, now } = platform
  const work = { training: createWorkMeter(now), classifier: createWorkMeter(now) }
  for (const meter of Object.values(work)) platform.guard(meter)
  return {
    compute: jobs('compute'),
    ml: jobs('ml'),
    classification: jobs('compute', ensembleWorkers),
    checkpoints,
    locks,
    encoders: createOwnEncoders(ownEncoderRecords(platform), now),
    products: lendingProducts(
      tellingProducts(platform.products<DrellYanProducts>(drellYanProductVersion), notify),
    ),
    recorded: createRecordedSource(platform.page),
    work,
    page: platform.page,
    now,
  }
}
