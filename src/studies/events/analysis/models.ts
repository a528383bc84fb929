import type { Rng } from '../../../numerics/rng.ts'
import { createRng, shuffle } from '../../../numerics/rng.ts'

/** A model as the encoder and everything after it sees it. */
export interface ModelEvents {
  id: string
  title: string
  /** [events, 16] of eventFeatures(): GeV and radians */
  features: Float32Array
  events: number
}

/** Places of events; no event is in two of them. */
export interface EventSplit {
  train: Uint32Array
  validation: Uint32Array
  test: Uint32Array
}

/** A model is on a map by this many sets at least. */
export const fewestSets = 10

const trainShare = 0.6
const validationShare = 0.2

/**
 * Events of a model divided at random into 60 % to train on, 20 % to stop by and 20 % to measure on. Sets are formed
 * afterwards, within each part.
 */
export function splitEvents(events: number, seed: number): EventSplit {
  const order = shuffled(events, createRng(seed).split('split'))
  const train = Math.round(trainShare * events)
  const validation = Math.round(validationShare * events)
  return {
    train: order.slice(0, train),
    validation: order.slice(train, train + validation),
    test: order.slice(train + validation),
  }
}

function shuffled(count: number, rng: Rng): Uint32Array {
  return shuffle(
    Uint32Array.from({ length: count }, (_, i) => i),
    rng,
  )
}
