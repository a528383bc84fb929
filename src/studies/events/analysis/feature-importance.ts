import { createRng, shuffle } from '../../../numerics/rng.ts'
import { auroc } from '../../../statistics/anomaly/roc.ts'
import { neighbourScores } from '../../../statistics/distances/neighbour-auc.ts'
import type { Estimate } from '../../../statistics/gaussian-limit.ts'
import { mlpOutputs } from '../../../ml/mlp.ts'
import { eventFeatureNames, featuresPerEvent, scaleFeatures } from './features/event-features.ts'
import { loadEncodeSets, splitSeed, type MapEncoder } from './map-encoder.ts'
import { splitEvents, type ModelEvents } from './models.ts'
import { drawSets, setInputs } from './sets.ts'

export interface ImportanceRequest {
  a: ModelEvents
  b: ModelEvents
  encoder: MapEncoder
  perSet: number
  /** Of each model. */
  sets: number
  seed: number
}

/** Which features keep two models apart on the map. */
export interface FeatureImportance {
  /** Ids of the models. */
  pair: [string, string]
  /** Area under the ROC curve on the map, of sets that neither the encoder nor the neighbours have seen. */
  auc: Estimate
  /** By feature: what of it is lost when that feature is dealt anew among all events. */
  drops: Estimate[]
}

/** Times that each feature is dealt anew. */
const deals = 4

/**
 * Permutation importance (Breiman, Machine Learning 45 (2001) 5) of each feature for telling two models apart on the map:
 * sets of test events are judged by their neighbours among sets of the validation events. The error has the spread over deals
 * and, as the same sets are judged before and after, not that of the area itself. Yields the fraction done.
 */
export async function* featureImportance(
  request: ImportanceRequest,
): AsyncGenerator<number, FeatureImportance> {
  const { a, b, encoder, perSet, sets, seed } = request
  const encode = await loadEncodeSets(encoder)
  const d = mlpOutputs(encoder.mlp)
  const rng = createRng(seed).split('importance')
  const placesOf = (model: ModelEvents, part: 'validation' | 'test') =>
    drawSets({
      ...{ model, indices: splitEvents(model.events, splitSeed)[part], sets, perSet },
      rng: rng.split(part).split(model.id),
    })
  const reference = (model: ModelEvents) =>
    encode(setInputs(model.features, placesOf(model, 'validation'), encoder.scaling), sets)
  const known = { a: reference(a), b: reference(b) }

  // Raw events of all test sets, those of a first: [2, sets, perSet, 16].
  const events = new Float32Array(2 * sets * perSet * featuresPerEvent)
  ;[a, b].forEach((model, m) =>
    placesOf(model, 'test').forEach((event, i) => {
      const from = event * featuresPerEvent
      const at = (m * sets * perSet + i) * featuresPerEvent
      events.set(model.features.subarray(from, from + featuresPerEvent), at)
    }),
  )
  const area = (raw: Float32Array): Estimate => {
    const scores = neighbourScores(known, encode(scaleFeatures(raw, encoder.scaling), 2 * sets), d)
    return auroc(scores.subarray(0, sets), scores.subarray(sets))
  }
  const auc = area(events)
  const drops: Estimate[] = []
  for (let k = 0; k < featuresPerEvent; k++) {
    const lost: number[] = []
    for (let deal = 0; deal < deals; deal++) {
      lost.push(auc.value - area(dealt(events, k, perSet, rng.split(`${k}/${deal}`))).value)
      yield (k * deals + deal + 1) / (deals * featuresPerEvent)
    }
    const mean = lost.reduce((sum, own) => sum + own, 0) / deals
    const spread = lost.reduce((sum, own) => sum + (own - mean) ** 2, 0) / (deals - 1)
    drops.push({ value: mean, error: Math.sqrt(spread / deals) })
  }
  return { pair: [a.id, b.id], auc, drops }
}

const met = eventFeatureNames.findIndex(({ id }) => id === 'met')

/** One feature dealt anew among all events; those of a set by falling MET again, as the encoder takes them. */
function dealt(
  events: Float32Array,
  feature: number,
  perSet: number,
  rng: Parameters<typeof shuffle>[1],
): Float32Array {
  const n = featuresPerEvent
  const count = events.length / n
  const column = shuffle(
    Float32Array.from({ length: count }, (_, i) => events[i * n + feature]),
    rng,
  )
  const out = events.slice()
  for (let i = 0; i < count; i++) out[i * n + feature] = column[i]
  if (feature !== met) return out
  const sorted = new Float32Array(out.length)
  for (let first = 0; first < count; first += perSet) {
    const order = Array.from({ length: perSet }, (_, e) => first + e)
    order.sort((i, j) => out[j * n + met] - out[i * n + met])
    order.forEach((from, e) => sorted.set(out.subarray(from * n, (from + 1) * n), (first + e) * n))
  }
  return sorted
}
