import { trainingScaling } from '../analysis/encoder/train-events-job.ts'
import type { MapEncoder } from '../analysis/map-encoder.ts'
import type { EventsState } from './events-state.ts'

/** Id of the encoder that the training shown came to. */
export const trainedId = 'trained'

/** The encoder that a finished training came to; null while there is none for the events of the map. */
export function trainedEncoder({ map, training }: Pick<EventsState, 'map' | 'training'>): MapEncoder | null {
  const { outcome, about } = training
  if (!outcome || !about || !map.value || about.content !== map.value.content) return null
  return {
    id: trainedId,
    title: `trained here, ${outcome.step} steps`,
    perSet: about.perSet,
    scaling: trainingScaling(map.value.models),
    mlp: outcome.mlp,
  }
}
