import { featuresPerEvent, scaleFeatures } from '../analysis/features/event-features.ts'
import type { EventsMap } from './events-state.ts'

/** Dots of the map: those of models that are not hidden. */
export interface ShownSets {
  x: Float32Array // [count]
  y: Float32Array
  count: number
  version: number
  /** [count] number of the set, and place of its model */
  set: Uint32Array
  model: Uint8Array
}

type Dots = Pick<EventsMap, 'ids' | 'model' | 'latent' | 'dimensions' | 'count'>

export function shownSets(map: Dots, hidden: readonly string[]): ShownSets {
  const skipped = map.ids.map((id) => hidden.includes(id))
  const set = Uint32Array.from({ length: map.count }, (_, i) => i).filter((i) => !skipped[map.model[i]])
  const axis = (k: number) =>
    Float32Array.from(set, (i) => (k < map.dimensions ? map.latent[i * map.dimensions + k] : 0))
  return {
    ...{ x: axis(0), y: axis(1), count: set.length, version: 0, set },
    model: Uint8Array.from(set, (i) => map.model[i]),
  }
}

/** The same with the sets of a live model behind them: their numbers go on from those of the map, their model is `place`. */
export function withLive(
  shown: ShownSets,
  { total, dimensions }: Pick<EventsMap, 'total' | 'dimensions'>,
  latent: Float32Array,
  place: number,
): ShownSets {
  const sets = latent.length / dimensions
  if (sets === 0) return shown
  const joined = (own: Float32Array, k: number) => {
    const live = Array.from({ length: sets }, (_, i) => (k < dimensions ? latent[i * dimensions + k] : 0))
    const all = new Float32Array(own.length + sets)
    all.set(own)
    all.set(live, own.length)
    return all
  }
  const count = shown.count + sets
  const set = new Uint32Array(count)
  set.set(shown.set)
  const model = new Uint8Array(count).fill(place)
  model.set(shown.model)
  for (let i = 0; i < sets; i++) set[shown.count + i] = total + i
  return { ...{ x: joined(shown.x, 0), y: joined(shown.y, 1), count, version: 0 }, set, model }
}

/** The same with several clouds behind them, their models from `place` on. */
export function withClouds(
  shown: ShownSets,
  { total, dimensions }: Pick<EventsMap, 'total' | 'dimensions'>,
  clouds: readonly { latent: Float32Array }[],
  place: number,
): ShownSets {
  let first = total
  return clouds.reduce((all, { latent }, k) => {
    const joined = withLive(all, { total: first, dimensions }, latent, place + k)
    first += latent.length / dimensions
    return joined
  }, shown)
}

/** Events of a set, as raw features. @returns [perSet, 16] */
export function eventsOfSet({ model, models, places, perSet }: EventsMap, set: number): Float32Array {
  const { features } = models[model[set]]
  const out = new Float32Array(perSet * featuresPerEvent)
  for (let e = 0; e < perSet; e++) {
    const from = places[set * perSet + e] * featuresPerEvent
    out.set(features.subarray(from, from + featuresPerEvent), e * featuresPerEvent)
  }
  return out
}

/** Means of the events of each set: raw, and as scaled for the encoder. */
export interface SetMeans {
  raw: Float32Array // [count, 16] GeV and radians
  scaled: Float32Array // [count, 16]
}

export function setMeans(map: EventsMap): SetMeans {
  const { count, perSet, encoder } = map
  const n = featuresPerEvent
  const raw = new Float32Array(count * n)
  const scaled = new Float32Array(count * n)
  for (let set = 0; set < count; set++) {
    const events = eventsOfSet(map, set)
    const inputs = scaleFeatures(events, encoder.scaling)
    for (let i = 0; i < perSet * n; i++) {
      raw[set * n + (i % n)] += events[i] / perSet
      scaled[set * n + (i % n)] += inputs[i] / perSet
    }
  }
  return { raw, scaled }
}
