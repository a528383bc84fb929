import { samplesFolder } from '../cli/files.ts'
import { encoderNetworks, eventsTraining } from '../studies/events/analysis/encoder/encoder-settings.ts'
import { trainEventsJob } from '../studies/events/analysis/encoder/train-events-job.ts'
import type { ModelEvents } from '../studies/events/analysis/models.ts'
import { openModels } from '../studies/events/cli/open-models.ts'
import { timingOf } from './measure.ts'
import { below, type BenchRow } from './report.ts'

const perSet = 10
/** A held-out loss this close to the lowest of the training is on its plateau (relative). */
const plateauShare = 0.01

/** Encoders of sets of gluino events on our kernels, drawing of the sets included. */
export async function* eventsEncoderSuite(): AsyncGenerator<BenchRow, void> {
  const models = await openModels('gluinos', undefined, samplesFolder)
  for (const network of encoderNetworks) yield await wholeTraining(models, network)
}

async function wholeTraining(
  models: readonly ModelEvents[],
  network: (typeof encoderNetworks)[number],
): Promise<BenchRow> {
  const usual = eventsTraining({ models: models.length, perSet, network })
  const config = { ...usual, backend: 'kernels' as const }
  const used = process.cpuUsage()
  const start = performance.now()
  const job = trainEventsJob({ models, perSet, config, preview: new Float32Array(0) }, {})
  const evaluations: { seconds: number; loss: number; step: number }[] = []
  let msPerStep = 0
  for (;;) {
    const next = await job.next()
    if (next.done) break
    if (next.value.kind === 'step') msPerStep = next.value.msPerStep
    if (next.value.kind !== 'evaluation') continue
    const { step, heldOutLoss } = next.value
    evaluations.push({ seconds: (performance.now() - start) / 1000, loss: heldOutLoss, step })
  }
  const lowest = Math.min(...evaluations.map(({ loss }) => loss))
  const plateau = evaluations.find(({ loss }) => loss <= (1 + plateauShare) * lowest)!
  const { user, system } = process.cpuUsage(used)
  const share = plateau.seconds / evaluations[evaluations.length - 1].seconds
  return {
    name: `encoder of sets of gluinos to its plateau, ${network}`,
    unit: 's',
    value: timingOf([plateau.seconds], (share * (user + system)) / 1e6),
    target: below(90),
    note: `step ${plateau.step}, ${msPerStep.toFixed(1)} ms/step, held-out loss ${plateau.loss.toFixed(4)}, lowest ${lowest.toFixed(4)}`,
  }
}
