import type { TrainingConfig } from '../../../ml/training-config.ts'
import { eventsTraining, stepsPerEpoch } from '../analysis/encoder/encoder-settings.ts'
import { featuresPerEvent, type FeatureScaling } from '../analysis/features/event-features.ts'
import { setInputs } from '../analysis/sets.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsMap } from './events-state.ts'

/** Sets of each model on the map as it learns: every evaluation runs them all. */
const previewPerModel = 60

/** What the page would train for a map of so many models. */
export function trainingConfig(
  { encoder, loss, latentDim, epochs, learningRate, seed, backend }: EventsIntent['training'],
  models: number,
  perSet: number,
): TrainingConfig {
  const network = encoder === 'mlp' ? 'layers' : encoder
  return {
    ...eventsTraining({ models, perSet, network, latentDim }),
    ...{ loss, learningRate, seed, backend, steps: epochs * stepsPerEpoch },
  }
}

/**
 * Names a training by all that decides its numbers. Steps, patience and engine may change on the way, and the learning rate
 * along with them.
 *
 * @param channel  of files of one's own, which are named by their content: takes some of their events; else undefined
 */
export function trainingKey(
  { ids, models, perSet }: Pick<EventsMap, 'ids' | 'models' | 'perSet'>,
  config: TrainingConfig,
  channel: EventsIntent['channel'] | undefined,
): string {
  const { steps, patience, backend, learningRate, ...decides } = config
  void [steps, patience, backend, learningRate]
  return `events ${JSON.stringify([ids, models.map(({ events }) => events), perSet, decides, ...(channel === undefined ? [] : [channel])])}`
}

/** Rows of the live map: some sets of every model, in the order of the map. */
export function previewOf(
  {
    ids,
    models,
    model,
    places,
    perSet,
    count,
  }: Pick<EventsMap, 'ids' | 'models' | 'model' | 'places' | 'perSet' | 'count'>,
  scaling: FeatureScaling,
): { items: Int32Array; rows: Float32Array } {
  const taken = ids.map(() => 0)
  const items = Int32Array.from({ length: count }, (_, i) => i).filter(
    (i) => taken[model[i]]++ < previewPerModel,
  )
  const width = perSet * featuresPerEvent
  const rows = new Float32Array(items.length * width)
  items.forEach((set, i) => {
    const own = places.subarray(set * perSet, (set + 1) * perSet)
    rows.set(setInputs(models[model[set]].features, own, scaling), i * width)
  })
  return { items, rows }
}
