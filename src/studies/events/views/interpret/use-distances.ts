import { useProduct } from '../../../../ui/common/use-product.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { useEvents, useEventsState } from '../context.tsx'

/** Distances of all pairs of models of a map, asked for once whoever shows them; and the key of what they are of. */
export function useDistances(map: EventsMap) {
  const { distances, askDistances } = useEvents()
  const seed = useEventsState((state) => state.intent.seed)
  const now = useEventsState((state) => state.distances)
  const complete = useEventsState((state) => state.map.status === 'ready')
  const { models, encoder, perSet, content } = map
  const key = JSON.stringify([content, encoder.id, perSet, seed])
  const { result, retry } = useProduct(distances, now, {
    key: complete ? key : null,
    label: 'Measuring distances',
    make: askDistances({ models, encoder, seed, pairs: null, supervised: [], exact: true }),
  })
  return { key, result, retry, complete }
}
