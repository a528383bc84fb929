import type { TrainingRun } from '../../core/training/training-run.ts'
import { formatCount, formatNumber } from '../common/format.ts'
import { timeLeft } from './step-rate.ts'

export interface StatusInput {
  run: TrainingRun
  /** Wall time of a step [ms]; null while it is not known. */
  wallMsPerStep: number | null
  /** The dataset is whole. */
  ready: boolean
  /** Steps that the page asks for now. */
  asked: number
  /** Said where nothing was trained yet. */
  untrained: string
}

/** Where a training stands, in a sentence. */
export function trainingStatus({ run, wallMsPerStep, ready, asked, untrained }: StatusInput): string {
  const { status, step, steps, outcome, resumable } = run
  if (status === 'running') {
    if (step === 0) return run.backend ? `Making the first step${compiling(run.backend)}` : 'Starting'
    if (wallMsPerStep === null) return 'Running'
    return `${formatNumber(wallMsPerStep, 2)} ms/step, ${timeLeft((steps - step) * wallMsPerStep)}`
  }
  // The one step asked for, or the one that a pause lets end, may still be on its way.
  if (status === 'paused' && step === 0)
    return run.backend
      ? `At step 0; the first step takes longest${compiling(run.backend)}`
      : 'At step 0, choosing an engine'
  if (status === 'paused')
    return `Paused at step ${formatCount(step)}${run.moments.length ? '' : '; the first picture of the map is still to come'}`
  if (status === 'finished' && outcome && !resumable)
    return (
      `${outcome.stoppedEarly ? `No better held-out loss for a while: stopped at step ${formatCount(step)}` : `Finished ${formatCount(step)} steps`}. ` +
      `Kept: step ${formatCount(outcome.step)}, held-out loss ${formatNumber(outcome.heldOutLoss, 4)}.`
    )
  if (run.recorded)
    return `A training of these settings, recorded on ${run.recorded.date} with ${run.recorded.made}. Play makes your own in its place.`
  if (!ready) return 'Waiting for the dataset'
  if (status === 'failed') return ''
  if (resumable)
    return `Paused at step ${formatCount(resumable.step)} of ${formatCount(asked)}. Play goes on from there.`
  return status === 'idle' && run.moments.length === 0
    ? untrained
    : 'Another set-up than the one shown: Play trains it.'
}

/** Drivers may take seconds for the programs of a first step; no step is reported before. */
function compiling(backend: string): string {
  return /webg(?:l|pu)/.test(backend) ? ', for which the graphics card compiles its programs' : ''
}
