import { tellUnstored } from '../../../core/own-models.ts'
import { createProduct, slotOf } from '../../../core/product.ts'
import { told } from '../../../core/told.ts'
import { chosenCheckpoint } from '../../../core/training/training-run.ts'
import { createWorkMeter } from '../../../core/work-meter.ts'
import type { EncoderWithFiles } from '../analysis/encoder/export-trained.ts'
import type { EventsContext } from '../model.ts'
import { onOtherMap } from './events-state.ts'
import type { EventsMap } from './events-state.ts'
import { createEventsTrainings } from './events-trainings.ts'
import { partsOf, type OwnEncoders } from './own-encoders.ts'

/** Train encoders of sets, and use, export and measure what comes of it. */
export function createTrainingActions(context: EventsContext, encoders: OwnEncoders) {
  const { store, platform, jobs, change, notify } = context
  const ml = jobs('ml')
  // A measurement takes seconds: the map does not wait for it.
  const compute = jobs('compute')
  const meter = createWorkMeter(platform.now)
  platform.guard(meter)
  const backends = createProduct(slotOf(store, 'backends'))
  const limits = createProduct(slotOf(store, 'limits'))
  const session = createEventsTrainings(context, ml, meter, (report) => backends.put(report))

  /** The map if it is of the events of the training; else says what is in the way. */
  function mapOfTraining(what: string): EventsMap | null {
    const { map, training } = store.getState()
    if (!map.value || !training.about) return null
    if (map.value.content === training.about.content) return map.value
    notify(
      'error',
      `This encoder was trained on ${training.about.dataset}, the page shows ${map.value.dataset} or other files: open what it was trained on to ${what}.`,
    )
    return null
  }

  async function trained(map: EventsMap): Promise<EncoderWithFiles | null> {
    const { training } = store.getState()
    const chosen = chosenCheckpoint(training)
    if (!chosen) return null
    const { models, dataset } = map
    const date = new Date(platform.now()).toISOString().slice(0, 10)
    return compute.run('export-encoder', { ...chosen, models, dataset, backend: training.backend, date })
      .promise
  }

  return {
    ...session,
    /** False where checkpoints do not survive a reload. */
    get durable(): boolean {
      return platform.checkpoints.durable
    },
    /** The encoder of the moment shown (or of the best step) on the map, and stored. */
    async useOnMap(): Promise<void> {
      const map = mapOfTraining('use it')
      const made = map && (await told(notify, trained(map)))
      if (!made || !mapOfTraining('use it')) return
      const parts = partsOf(made, 'trained')
      const keeping = tellUnstored(context, encoders, parts[0], encoders.keep(...parts))
      change({ model: made.card.id, view: 'explore', ...onOtherMap })
      await keeping
      if (encoders.durable && !session.underWay()) meter.saved()
    },
    /** The same encoder as card.json, model.json and weights.bin. */
    async exportModel(): Promise<EncoderWithFiles | null> {
      const map = mapOfTraining('export it')
      const made = map && (await told(notify, trained(map)))
      if (made && !session.underWay()) meter.saved()
      return made
    },
    async probe(): Promise<void> {
      await backends.make(
        'Measuring engines',
        ({ signal }) => ml.run('probe-backends', { budgetMs: 400 }, { signal }).promise,
        { fraction: null },
      )
    },
    /** Scores of the encoder on the map, or of the one in training, beside the best linear map and the limit. */
    async measureLimits(which: 'map' | 'training'): Promise<void> {
      const map = which === 'map' ? store.getState().map.value : mapOfTraining('measure it')
      if (!map || limits.busy) return
      await limits.make('Measuring on test events', async ({ signal, onProgress }) => {
        const made = which === 'training' ? await trained(map) : null
        const encoder = made?.encoder ?? map.encoder
        const { models, content } = map
        const request = { models, encoder, seed: store.getState().intent.seed }
        const found = await compute.run('encoder-limits', request, { signal, onProgress }).promise
        return { ...found, encoder: encoder.id, content }
      })
    },
  }
}

export type TrainingActions = ReturnType<typeof createTrainingActions>
