import type { TrainingEvaluation, TrainingRun } from './training-run.ts'

/** What the job of a training reports. */
export type TrainingEvent =
  | { kind: 'backend'; chosen: string }
  | {
      kind: 'step'
      step: number
      steps: number
      loss: number
      msPerStep: number
      /** The graphics card was lost, for this time, and the step made once more on this backend. */
      recovered?: { losses: number; backend: string; tooSmall: boolean }
      /** Engines were measured after this step; the chosen one makes the next. */
      measured?: { chosen: string }
    }
  | ({
      kind: 'evaluation'
      collapsed: boolean
      latent: Float32Array // [preview rows, d]
      /** Hashed bytes from which training goes on, and from which this moment can be shown again. */
      checkpoint: Uint8Array
    } & TrainingEvaluation)

/** Losses kept for the plot; beyond that every second one goes. */
const keptLosses = 1200

/** What of a training is other after an event. */
export function afterEvent(training: TrainingRun, event: TrainingEvent): Partial<TrainingRun<never, never>> {
  if (event.kind === 'backend') return { backend: event.chosen }
  if (event.kind === 'step') {
    const losses = [...training.losses, { step: event.step, loss: event.loss }]
    return {
      step: event.step,
      steps: event.steps,
      msPerStep: event.msPerStep,
      losses: losses.length > keptLosses ? losses.filter((_, i) => i % 2 === 1) : losses,
      ...(event.recovered && { backend: event.recovered.backend }),
      ...(event.measured && { backend: event.measured.chosen }),
    }
  }
  const { step, loss, heldOutLoss, effectiveRank, collapsed, latent, checkpoint } = event
  const moment = { step, loss, heldOutLoss, effectiveRank, collapsed, latent, checkpoint }
  return { moments: [...training.moments, moment] }
}

/** What a person is told of an event, if anything. */
export function warningOf(
  { moments }: TrainingRun,
  event: TrainingEvent,
  collapsedAt: (step: number) => string,
): string | undefined {
  if (event.kind === 'step' && event.recovered) {
    const { losses, backend, tooSmall } = event.recovered
    if (tooSmall)
      return `The graphics card has not enough memory for step ${event.step}. The step was made again on ${backend}, and training goes on there.`
    return `The graphics card was lost at step ${event.step}${losses > 1 ? `, loss number ${losses}` : ''}. The step was made again on ${backend}, and training goes on.`
  }
  if (event.kind === 'evaluation' && event.collapsed && !moments.some(({ collapsed }) => collapsed))
    return collapsedAt(event.step)
  return undefined
}
