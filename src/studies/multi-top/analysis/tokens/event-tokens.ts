import type { SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'
import { AppError } from '../../../../errors.ts'
import {
  eventToken,
  firstSlot,
  objectScalars,
  plainTokens,
  slotGroups,
  tokensWithNeutrinos,
  type SlotGroup,
} from './token-layout.ts'

/** Numbers of events before they are standardised. */
export interface RawTokens {
  readonly events: number
  readonly tokens: number
  /** [events, tokens] GeV and radians; 0 where the slot is empty */
  readonly values: Float32Array
  /** [events, tokens] */
  readonly filled: Uint8Array
}

/** Places in `sampleObjects`: j, b, e∓, μ∓, g. */
const groupOfType: readonly (SlotGroup | undefined)[] = ['j', 'b', 'l', 'l', 'l', 'l', undefined]

/**
 * The scalars of events: slots of b-jets, other jets and leptons, each in falling energy (E = pT cosh η), then numbers of jets,
 * b-jets and leptons, and MET. From the fifth on b-jets stand among the other jets; what finds no slot is counted and not kept.
 * Photons are left out.
 *
 * @param neutrinos  [events] of the generator, for the switch "number of neutrinos": 101 tokens in place of 100
 * @throws AppError 'data/mismatch' where there are more or fewer of them
 */
export function eventTokens(sample: SampleEvents, neutrinos?: ArrayLike<number>): RawTokens {
  const { events, first, types, pt, eta, phi, met } = sample
  if (neutrinos && neutrinos.length !== events)
    throw new AppError(
      'data/mismatch',
      `The number of neutrinos is known of ${neutrinos.length} events, there are ${events}. Leave the switch "number of neutrinos" off.`,
    )
  const tokens = neutrinos ? tokensWithNeutrinos : plainTokens
  const values = new Float32Array(events * tokens)
  const filled = new Uint8Array(events * tokens)
  const groups: Record<SlotGroup, number[]> = { b: [], j: [], l: [] }
  const energy = (k: number): number => pt[k] * Math.cosh(eta[k])
  const byEnergy = (a: number, b: number): number => energy(b) - energy(a) || a - b

  for (let i = 0; i < events; i++) {
    for (const { id } of slotGroups) groups[id].length = 0
    for (let k = first[i]; k < first[i + 1]; k++) {
      const group = groupOfType[types[k]]
      if (group) groups[group].push(k)
    }
    const counts = { njet: groups.b.length + groups.j.length, nb: groups.b.length, nlep: groups.l.length }
    groups.b.sort(byEnergy)
    groups.j.push(...groups.b.splice(slotGroups[0].slots))
    groups.j.sort(byEnergy)
    groups.l.sort(byEnergy)
    const start = i * tokens
    for (const { id, slots } of slotGroups)
      groups[id].slice(0, slots).forEach((k, place) => {
        const at = start + (firstSlot[id] + place) * objectScalars.length
        values[at] = pt[k]
        values[at + 1] = eta[k]
        values[at + 2] = phi[k]
        values[at + 3] = pt[k] * Math.cos(phi[k])
        values[at + 4] = pt[k] * Math.sin(phi[k])
        values[at + 5] = pt[k] * Math.sinh(eta[k])
        filled.fill(1, at, at + objectScalars.length)
      })
    values[start + eventToken('njet')] = counts.njet
    values[start + eventToken('nb')] = counts.nb
    values[start + eventToken('nlep')] = counts.nlep
    values[start + eventToken('met')] = met[i]
    if (neutrinos) values[start + eventToken('nnu')] = neutrinos[i]
    filled.fill(1, start + eventToken('njet'), start + tokens)
  }
  return { events, tokens, values, filled }
}
