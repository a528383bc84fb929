import { AppError } from '../../../errors.ts'
import { shuffle, type Rng } from '../../../numerics/rng.ts'
import { featuresPerEvent, scaleFeatures, type FeatureScaling } from './features/event-features.ts'

interface SetDraw {
  model: { features: Float32Array }
  /** Events to draw from. */
  indices: Uint32Array
  sets: number
  /** Events of a set. */
  perSet: number
  rng: Rng
}

/**
 * Sets of different events of one model. As many sets as fit share no event; further ones come from another shuffle of all.
 *
 * @returns [sets, perSet] places of events, those of a set by falling MET, which makes their order no matter of chance
 * @throws  AppError 'input/invalid' where there are fewer events than a set has
 */
export function drawSets({ model, indices, sets, perSet, rng }: SetDraw): Uint32Array {
  const perShuffle = Math.floor(indices.length / perSet)
  if (perShuffle < 1)
    throw new AppError(
      'input/invalid',
      `A set has ${perSet} events, there are ${indices.length} to draw from. Ask for smaller sets, or give more events.`,
      { perSet, events: indices.length },
    )
  const out = new Uint32Array(sets * perSet)
  const order = indices.slice()
  const { features } = model
  for (let from = 0; from < sets; from += perShuffle) {
    const count = Math.min(perShuffle, sets - from)
    shuffle(order, rng)
    out.set(order.subarray(0, count * perSet), from * perSet)
  }
  for (let s = 0; s < sets; s++)
    out
      .subarray(s * perSet, (s + 1) * perSet)
      .sort((a, b) => features[b * featuresPerEvent] - features[a * featuresPerEvent] || a - b)
  return out
}

/** Scaled features of the events at these places, one after the other: [sets, perSet × 16] for [sets, perSet] places. */
export function gatherEvents(scaled: Float32Array, places: Uint32Array): Float32Array {
  const out = new Float32Array(places.length * featuresPerEvent)
  places.forEach((event, i) => {
    const from = event * featuresPerEvent
    out.set(scaled.subarray(from, from + featuresPerEvent), i * featuresPerEvent)
  })
  return out
}

/** Inputs of the encoder for sets of drawSets(): [sets, perSet × 16]. */
export function setInputs(
  features: Float32Array,
  places: Uint32Array,
  scaling: FeatureScaling,
): Float32Array {
  return scaleFeatures(gatherEvents(features, places), scaling)
}
