import { formatNumber } from '../../../ui/common/format.ts'
import type { MapEvents } from '../analysis/map/map-events.ts'
import { eventToken, objectToken, slotGroups } from '../analysis/tokens/token-layout.ts'
import { topClasses } from '../datasets.ts'

/** One object of an event, as its slot holds it. */
export interface EventObject {
  /** "b-jet 1" */
  name: string
  slot: number
  group: 'b' | 'j' | 'l'
  pt: number // GeV
  eta: number
  phi: number
}

const slots = slotGroups.flatMap(({ id, label, slots: count }) =>
  Array.from({ length: count }, (_, k) => ({ group: id, name: `${label} ${k + 1}` })),
)

/** Objects of an event in the order of their slots. */
export function objectsOf(
  { raw, filled, tokens }: Pick<MapEvents, 'raw' | 'filled' | 'tokens'>,
  event: number,
): EventObject[] {
  const start = event * tokens
  return slots.flatMap(({ group, name }, slot) => {
    const at = (scalar: 'pt' | 'eta' | 'phi') => raw[start + objectToken(slot, scalar)]
    if (filled[start + objectToken(slot, 'pt')] === 0) return []
    return [{ name, slot, group, pt: at('pt'), eta: at('eta'), phi: at('phi') }]
  })
}

/** Numbers of the event itself; momenta in GeV. */
export function numbersOf({ raw, tokens }: MapEvents, event: number) {
  const at = (scalar: 'njet' | 'nb' | 'nlep' | 'met') => raw[event * tokens + eventToken(scalar)]
  return { njet: at('njet'), nb: at('nb'), nlep: at('nlep'), met: at('met') }
}

/** "Event 12, 4 tops: 9 jets, 4 b-jets, 1 lepton, MET 80.2 GeV" */
export function eventWords(events: MapEvents, event: number): string {
  const { njet, nb, nlep, met } = numbersOf(events, event)
  const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
  const counts = [many(njet, 'jet'), many(nb, 'b-jet'), many(nlep, 'lepton')].join(', ')
  return `Event ${event}, ${topClasses[events.labels[event]].label}: ${counts}, MET ${formatNumber(met)} GeV`
}
