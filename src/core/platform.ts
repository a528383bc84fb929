import type { Port } from '../jobs/protocol.ts'
import type { CheckpointStore } from './checkpoint-store.ts'
import type { ProductStore, ProductTypes } from './product-store.ts'
import type { RecordStore } from './record-store.ts'
import type { TabLocks } from './tab-locks.ts'
import type { WorkMeter } from './work-meter.ts'

/** The two scripts that background workers run: physics and data, or networks in training. */
export type WorkerScript = 'compute' | 'ml'

/** What the page needs from outside, injected so that tests run in Node. */
export interface Platform {
  spawn(script: WorkerScript): Port
  /** Records kept across visits where the browser allows it. */
  records<T extends { key: string }>(database: string, store: string): RecordStore<T>
  /** Checkpoints of all trainings: one store, so that the oldest make room for the newest. */
  readonly checkpoints: CheckpointStore
  /**
   * Finished products, kept across visits where the browser allows it.
   *
   * @param version  of the code that makes them: others are not taken for these
   */
  products<T extends ProductTypes>(version: string): ProductStore<T>
  /** What a tab remembers over its reloads. */
  readonly tab: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** What only one tab may do at a time. */
  readonly locks: TabLocks
  /** Address of the page, against which shipped files are found. */
  readonly page: string
  readonly cores: number
  /** Clock [ms since 1970]. */
  now(): number
  /** Asks before the page is left while this much work would be lost. */
  guard(meter: WorkMeter): void
}
