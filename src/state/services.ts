import type { JobMap } from '../analysis/job-map.ts'
import type { JobClient } from '../jobs/job-client.ts'
import type { CheckpointStore } from './checkpoint-store.ts'
import type { OwnEncoders } from './own-encoders.ts'
import type { WorkMeter } from './work-meter.ts'

/** What the store needs from outside, injected so that tests run in Node. */
export interface Services {
  /** Physics, data and encoding. */
  compute: JobClient<JobMap>
  /** tfjs and live networks. */
  ml: JobClient<JobMap>
  /** Fits of top pairs: training, sampling, toys, in parallel workers. */
  fit: JobClient<JobMap>
  /** Number of its workers. */
  fitWorkers: number
  /** Classifiers: the members of an ensemble train side by side. */
  classification: JobClient<JobMap>
  checkpoints: CheckpointStore
  /** Encoders trained here or read from files. */
  encoders: OwnEncoders
  /** What would be lost with the page. */
  work: { training: WorkMeter; classifier: WorkMeter }
  /** Clock [ms since 1970]. */
  now: () => number
}
