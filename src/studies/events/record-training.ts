import type { Recorded } from '../../core/recorded.ts'
import { recordRun } from '../../core/training/record-run.ts'
import { writeRecordedTraining } from '../../core/training/recorded-training-file.ts'
import { drawMap } from './analysis/draw-map.ts'
import { trainEventsJob, trainingScaling } from './analysis/encoder/train-events-job.ts'
import type { ModelEvents } from './analysis/models.ts'
import { eventsDefaults } from './default-intent.ts'
import { previewOf, trainingConfig, trainingKey } from './state/training-setup.ts'

/** The text of the training that Play of the page begins with, on our kernels: of the models of the first dataset. */
export async function recordTraining(
  models: readonly ModelEvents[],
  stamp: Recorded,
  log: (line: string) => void,
): Promise<string> {
  const { perSet, sets, seed, training } = eventsDefaults
  const ids = models.map(({ id }) => id)
  const config = trainingConfig(training, ids.length, perSet)
  const count = ids.length * sets
  const places = new Uint32Array(count * perSet)
  for await (const drawn of drawMap({ models, encoder: null, perSet, sets, seed }))
    if (drawn.kind === 'sets') places.set(drawn.places, drawn.model * sets * perSet)
  const model = Uint8Array.from({ length: count }, (_, set) => Math.floor(set / sets))
  const { items, rows: preview } = previewOf(
    { ids, models, model, places, perSet, count },
    trainingScaling(models),
  )
  const job = trainEventsJob({ models, perSet, config: { ...config, backend: 'kernels' }, preview }, {})
  const run = await recordRun(job, { items, pictured: (step) => step <= 400 || step % 200 === 0, log })
  return writeRecordedTraining({
    ...stamp,
    key: trainingKey({ ids, models, perSet }, config, undefined),
    run,
  })
}
