import { particleStatus, type PartonEvents } from '../../../../generator/parton-events/parton-events.ts'
import { firstSlot, objectScalars, objectToken } from '../tokens/token-layout.ts'

/** Largest distance in (η, φ) at which a jet is of a quark. */
export const matchRadius = 0.4

/** A quark that a top quark decays to, before showers. */
export interface TopQuarkProduct {
  eta: number
  phi: number
  /** Of the event's top quarks, from 0. */
  top: number
}

/** Quarks of the top quarks of an event at parton level: b, and both of a W that decays to quarks. */
export function topProducts(events: PartonEvents, event: number): TopQuarkProduct[] {
  const { first, ids, status, mother, momenta } = events
  const start = first[event]
  const tops: number[] = []
  const out: TopQuarkProduct[] = []
  for (let row = start; row < first[event + 1]; row++) {
    const size = Math.abs(ids[row])
    if (size === 6) tops.push(row)
    if (status[row] !== particleStatus.final || size > 5) continue
    let from = row
    while (Math.abs(ids[from]) !== 6 && mother[from] >= 0) from = start + mother[from]
    if (Math.abs(ids[from]) !== 6) continue
    const [, px, py, pz] = momenta.subarray(4 * row, 4 * row + 4)
    out.push({
      eta: Math.asinh(pz / Math.hypot(px, py)),
      phi: Math.atan2(py, px),
      top: tops.indexOf(from),
    })
  }
  return out
}

/**
 * Which top quark the jet of each slot is of: jets and quarks are paired by rising distance, each once.
 *
 * @param raw     [tokens] GeV and radians of an event
 * @param filled  [tokens]
 * @returns       [slots of jets], −1 for a jet of none and an empty slot
 */
export function topsOfJets(
  raw: ArrayLike<number>,
  filled: ArrayLike<number>,
  products: readonly TopQuarkProduct[],
): Int8Array {
  const tops = new Int8Array(firstSlot.l).fill(-1)
  const pairs: { slot: number; product: number; distance: number }[] = []
  for (let slot = 0; slot < tops.length; slot++) {
    if (filled[slot * objectScalars.length] === 0) continue
    const [eta, phi] = [raw[objectToken(slot, 'eta')], raw[objectToken(slot, 'phi')]]
    products.forEach((own, product) => {
      const turn = Math.abs(phi - own.phi)
      const distance = Math.hypot(eta - own.eta, Math.min(turn, 2 * Math.PI - turn))
      if (distance < matchRadius) pairs.push({ slot, product, distance })
    })
  }
  pairs.sort((a, b) => a.distance - b.distance)
  const taken = new Set<number>()
  for (const { slot, product } of pairs) {
    if (tops[slot] >= 0 || taken.has(product)) continue
    tops[slot] = products[product].top
    taken.add(product)
  }
  return tops
}
