import {
  trainRatioJob,
  type TrainRatioOutcome,
  type TrainRatioRequest,
} from '../analysis/ratios/ratio-job.ts'
import { begunBackend } from '../../../cli/begun-backend.ts'
import type { ResumableRun, Sections } from '../../../cli/resumable-run.ts'

/** Between two lines on the loss [ms]. */
const pace = 2000

/**
 * Trains a ratio network as part of a run that can be continued.
 *
 * @param afterTraining  what else is kept from the last epoch on, such as events of the recalibration
 * @returns              the network, and the state that leads to it without another step
 */
export async function trainRatioInSteps(
  request: TrainRatioRequest,
  run: Pick<ResumableRun, 'stored' | 'step'>,
  log: (line: string) => void,
  afterTraining: () => Sections = () => ({}),
): Promise<{ outcome: TrainRatioOutcome; kept: () => Sections }> {
  const backend = await begunBackend(request.backend, run.stored.backend)
  const name = new TextEncoder().encode(backend)
  let afterEpoch = run.stored.training
  const kept = () => ({ backend: name, training: afterEpoch, ...afterTraining() })
  const training = trainRatioJob(
    { ...request, backend, resumeFrom: run.stored.training },
    {},
    async ({ step: done, steps: total, evaluation }, takeCheckpoint) => {
      if (evaluation) afterEpoch = await takeCheckpoint()
      await run.step({ done, total, unit: 'step' }, async () => ({
        backend: name,
        training: await takeCheckpoint(),
      }))
    },
  )
  let logged = performance.now()
  for (;;) {
    const next = await training.next()
    if (next.done) return { outcome: next.value, kept }
    const event = next.value
    if (event.kind === 'recalibration') {
      const done = Math.floor(100 * event.fraction)
      await run.step({ done, total: 100, unit: 'percent', part: 'recalibration' }, kept)
    }
    if (event.kind !== 'epoch' || performance.now() - logged < pace) continue
    logged = performance.now()
    const { epoch, loss, validationLoss } = event.record
    log(`epoch ${epoch}/${event.epochs}: loss ${loss.toFixed(5)}, validation ${validationLoss.toFixed(5)}`)
  }
}
