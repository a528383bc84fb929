import { createRng } from '../numerics/rng.ts'
import { runMlp } from '../ml/mlp.ts'
import { featuresPerEvent } from '../studies/events/analysis/features/event-features.ts'
import { linearEncoder } from '../studies/events/analysis/map-encoder.ts'
import type { ModelEvents } from '../studies/events/analysis/models.ts'
import { drawSets, setInputs } from '../studies/events/analysis/sets.ts'
import type { EventsMap } from '../studies/events/state/events-state.ts'

/** Events of models that differ in MET and in the number of jets: model m has MET about 200 + 60 m GeV. */
export function smallModels(models: number, events = 200): ModelEvents[] {
  return Array.from({ length: models }, (_, m) => {
    const rng = createRng(m + 1).split('small events')
    const features = new Float32Array(events * featuresPerEvent)
    for (let i = 0; i < events; i++) {
      const met = 200 + 60 * m - 80 * Math.log(1 - rng.uniform())
      const jets = 1 + rng.integer(3) + (m % 2)
      const momenta = [1, 2, 3, 4].flatMap((jet) =>
        jet <= jets
          ? [(met * rng.uniform()) / jet + 20, 2 * rng.uniform() - 1, 3 * rng.uniform()]
          : [0, 0, 0],
      )
      const ht = momenta[0] + momenta[3] + momenta[6] + momenta[9]
      features.set([met, ht, jets, rng.integer(2), ...momenta], i * featuresPerEvent)
    }
    return { id: `model-${m}`, title: `model ${m}`, features, events }
  })
}

/** A map of such models through the best linear encoder. */
export function eventsMap({
  models: count,
  sets,
  perSet,
}: {
  models: number
  sets: number
  perSet: number
}): EventsMap {
  const models = smallModels(count)
  const encoder = linearEncoder(models, perSet)
  const total = count * sets
  const places = new Uint32Array(total * perSet)
  const latent = new Float32Array(total * 2)
  models.forEach((model, m) => {
    const indices = Uint32Array.from({ length: model.events }, (_, i) => i)
    const drawn = drawSets({ model, indices, sets, perSet, rng: createRng(7 + m) })
    places.set(drawn, m * sets * perSet)
    latent.set(runMlp(encoder.mlp, setInputs(model.features, drawn, encoder.scaling), sets), 2 * m * sets)
  })
  return {
    ...{
      dataset: 'small',
      content: 'small',
      leftOut: [],
      card: null,
      ids: models.map(({ id }) => id),
      models,
      encoder,
      perSet,
      dimensions: 2,
    },
    ...{ count: total, total, model: Uint8Array.from({ length: total }, (_, i) => Math.floor(i / sets)) },
    ...{ places, latent },
  }
}
