import type { PlainError } from '../../errors.ts'
import type { Recorded } from '../recorded.ts'

export interface TrainingEvaluation {
  step: number
  loss: number
  heldOutLoss: number
  /** Of the latent space; NaN where it was not kept. */
  effectiveRank: number
}

export interface TrainingMoment extends TrainingEvaluation {
  /** Everything on one place or line of the latent space. */
  collapsed: boolean
  latent: Float32Array // [preview rows, d]
  checkpoint: Uint8Array
}

/** What a training was started with; the page's settings may have moved on since. */
export interface TrainingAbout {
  /** When it ends, by steps or by evaluations without a better one. */
  config: { steps: number; patience: number }
}

/** What a training came to. */
export interface TrainingEnd {
  /** Of the weights that are kept. */
  step: number
  heldOutLoss: number
  stoppedEarly: boolean
  checkpoint: Uint8Array
}

/** Where a training can go on. */
export interface TrainingPoint {
  step: number
  checkpoint: Uint8Array
}

/** A training that was made before and is shipped, to be seen until a person trains: nothing goes on from it. */
export interface RecordedTraining extends Recorded {
  /** Of the set-up that it is of. */
  key: string
  /** What the study keeps beside it, which has yet to be checked. */
  beside: unknown
  /** Its moments have no checkpoints. */
  seen: Pick<TrainingRun, 'step' | 'steps' | 'backend' | 'losses' | 'moments' | 'previewItems'>
}

/** A training as the page shows it. */
export interface TrainingRun<A extends TrainingAbout = TrainingAbout, E extends TrainingEnd = TrainingEnd> {
  status: 'idle' | 'running' | 'paused' | 'finished' | 'failed'
  /** Digest of all that decides its numbers; names its checkpoints. */
  key: string
  about: A | null
  step: number
  steps: number
  msPerStep: number
  /** Step and training loss, thinned to what a plot can show. */
  losses: { step: number; loss: number }[]
  /** Evaluations of an earlier visit, of which no picture is kept, but for the first moment. */
  earlier: TrainingEvaluation[]
  moments: TrainingMoment[]
  /** Moment shown on the map; null follows the newest. */
  shown: number | null
  backend: string
  outcome: E | null
  /** Item of the dataset that each row of the preview is of. */
  previewItems: Int32Array
  error?: PlainError
  /** Newest checkpoint of the set-up on the page, of this or an earlier visit, to go on from. */
  resumable: (TrainingPoint & { key: string }) | null
  /** The furthest checkpoint of this set-up, kept when it was begun again or went on from an earlier step. */
  furthest: TrainingPoint | null
  /** Of the set-up on the page, while nothing of one's own is there. */
  recorded: RecordedTraining | null
}

export const emptyTraining: TrainingRun<never, never> = {
  status: 'idle',
  key: '',
  about: null,
  step: 0,
  steps: 0,
  msPerStep: 0,
  losses: [],
  earlier: [],
  moments: [],
  shown: null,
  backend: '',
  outcome: null,
  previewItems: new Int32Array(0),
  resumable: null,
  furthest: null,
  recorded: null,
}

/** What the views show of a training: the recorded one while there is one. */
export function shownTraining<R extends TrainingRun>(run: R): R {
  return run.recorded ? { ...run, ...run.recorded.seen } : run
}

export function newestPoint({ key, moments }: TrainingRun): TrainingRun['resumable'] {
  const newest = moments.at(-1)
  return newest ? { key, step: newest.step, checkpoint: newest.checkpoint } : null
}

/**
 * The network that is meant where a training is put to use: that of the moment shown, of the newest one while it runs, or the
 * best one of a finished training.
 */
export function chosenCheckpoint({
  shown,
  moments,
  outcome,
}: Pick<TrainingRun, 'shown' | 'moments' | 'outcome'>): {
  checkpoint: Uint8Array
  weights: 'best' | 'now'
} | null {
  const moment = shown === null ? (outcome ? undefined : moments.at(-1)) : moments[shown]
  const checkpoint = moment?.checkpoint ?? outcome?.checkpoint
  return checkpoint ? { checkpoint, weights: moment ? 'now' : 'best' } : null
}

/** Where a training of this visit goes on; null where it has come to its end, unless the page now asks for more. */
export function pointToGoOn(training: TrainingRun, now: TrainingAbout['config']): TrainingRun['resumable'] {
  const { outcome, about } = training
  const newest = newestPoint(training)
  if (!outcome || !newest || !about) return newest
  const more = outcome.stoppedEarly ? now.patience > about.config.patience : now.steps > newest.step
  return more ? newest : null
}

/** What must not be lost of a set-up that begins once more. */
export function furthestOf(
  { key, furthest, moments, resumable }: TrainingRun,
  ofKey: string,
): TrainingPoint | null {
  const known = [...(key === ofKey ? [furthest, moments.at(-1)] : []), resumable?.key === ofKey && resumable]
  const [first] = known.filter((point) => !!point).sort((a, b) => b.step - a.step)
  return first ? { step: first.step, checkpoint: first.checkpoint } : null
}
