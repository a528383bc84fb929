import { fewestSets, splitEvents, type ModelEvents } from '../models.ts'

/**
 * Whether the part of a model's events that is measured on fills ten sets, none of them twice: fewer make no cloud.
 *
 * @returns what is lacking, in a sentence; null where nothing is
 */
export function tooFewEvents(
  { title, events }: Pick<ModelEvents, 'title' | 'events'>,
  perSet: number,
): string | null {
  const needed = fewestSets * perSet
  if (splitEvents(events, 1).test.length >= needed) return null
  return `${title} has ${events} events: a fifth of them is measured on, which ten sets of ${perSet} need ${needed} events for, so ${5 * needed} in all. Give more events, choose no channel, or make the sets smaller.`
}
