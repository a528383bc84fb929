import type { EventsIntent } from '../intent.ts'
import type { EventsMap } from './events-state.ts'
import { comparedModels } from './shown-models.ts'

/** Places of the two models that are told apart: those asked for, or that in focus and its reference; never one with itself. */
export function chosenPair(
  map: EventsMap,
  intent: Pick<EventsIntent, 'pair' | 'focused' | 'reference' | 'focus'>,
): [number, number] {
  const asked = intent.pair?.map((id) => map.ids.indexOf(id)) ?? []
  if (asked.length === 2 && asked.every((place) => place >= 0) && asked[0] !== asked[1])
    return [asked[0], asked[1]]
  const { focused, reference } = comparedModels(map, intent)
  if (focused !== reference) return [focused, reference]
  return [focused, focused === 0 ? Math.min(1, map.ids.length - 1) : 0]
}
