import type { JobRun, RunOptions } from '../../jobs/run-job.ts'
import type { CheckpointStore } from '../checkpoint-store.ts'
import type { Loadable } from '../loadable.ts'
import type { StudyContext } from '../study.ts'
import type { TabLocks } from '../tab-locks.ts'
import type { WorkMeter } from '../work-meter.ts'
import type { TrainingEvent } from './training-events.ts'
import type {
  RecordedTraining,
  TrainingAbout,
  TrainingEnd,
  TrainingMoment,
  TrainingRun,
} from './training-run.ts'

/** What the page would train now. */
export interface TrainingSetup {
  /** Digest of all that decides the training's numbers; what may change on the way is no part of it. */
  key: string
  about: TrainingAbout
  /** How far its dataset is. */
  data: Loadable<unknown>['status']
}

/** The types of a study's trainings. */
export interface TrainingTypes {
  setup: TrainingSetup
  /** Made of the set-up for its jobs: the rows of the live map, and of which item of the dataset each is. */
  preview: { items: Int32Array }
  event: TrainingEvent
  end: TrainingEnd
}

export type RunOf<T extends TrainingTypes> = TrainingRun<T['setup']['about'], T['end']>

/** A checkpoint as a job replays it. */
export interface Replayed<E> {
  step: number
  latent: Float32Array // [preview rows, d]
  /** All evaluations on the way there, the last one of this step. */
  history: { step: number; loss: number; heldOutLoss: number }[]
  /** Where the training had ended with it, as the page now asks for its end. */
  outcome: E | null
}

/** What a session of trainings asks of its study. */
export interface TrainingPorts<T extends TrainingTypes> {
  /** Where the training shown is kept. */
  readonly run: { get(): RunOf<T>; set(run: RunOf<T>): void }
  /** Null while there is nothing to train on. */
  setup(): T['setup'] | null
  preview(setup: T['setup']): T['preview']
  train(
    setup: T['setup'],
    preview: T['preview'],
    resumeFrom: Uint8Array | undefined,
    options: RunOptions<T['event']>,
  ): JobRun<T['end']>
  replay(setup: T['setup'], preview: T['preview'], checkpoint: Uint8Array): Promise<Replayed<T['end']>>
  /**
   * Puts the settings back to those of a training, but for what may change on the way.
   *
   * @returns false where that cannot be, which is told
   */
  goBackTo(about: T['setup']['about']): boolean
  /** Of what a training reports, what the study wants beyond the run. */
  heard?(event: T['event']): void
  /** Loads what a training begins with. */
  warm?(): Promise<unknown>
  /** The training of a set-up that the page ships, if it does: shown where none was made. */
  recorded?(key: string): Promise<RecordedTraining | null>
  readonly checkpoints: CheckpointStore
  readonly locks: TabLocks
  readonly meter: WorkMeter
  readonly notify: StudyContext['notify']
  readonly notSaved: StudyContext['notSaved']
  readonly words: {
    /** Another tab has this training. */
    busyElsewhere: string
    collapsedAt(step: number): string
  }
}

/** What a training begins with. */
export interface Beginning<T extends TrainingTypes> {
  resumeFrom?: Uint8Array
  /** Moments and losses before the checkpoint, when they are still here. */
  kept?: Partial<RunOf<T>>
  /** A single step, then it pauses. */
  single?: boolean
}

/** The moment that a replayed checkpoint shows. */
export function momentOf(
  { step, latent, history }: Replayed<unknown>,
  checkpoint: Uint8Array,
): TrainingMoment {
  const last = history.at(-1)
  return {
    ...{ step, latent, checkpoint, collapsed: false, effectiveRank: NaN },
    loss: last?.loss ?? NaN,
    heldOutLoss: last?.heldOutLoss ?? NaN,
  }
}
