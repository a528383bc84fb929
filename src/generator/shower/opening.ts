import type { Rng } from '../../numerics/rng.ts'
import { particleStatus, type PartonEvents } from '../parton-events/parton-events.ts'
import { widestOpening } from './final-state.ts'

/** Beside an incoming partner: its antenna less what initial-state radiation fills. */
const besideBeam = 1

/**
 * Largest ΔR at which a parton splits: 1 where its colour partner is an incoming leg, else √(2 (cosh Δη − cos Δφ)) to the
 * partner; a gluon takes one of its two at random.
 *
 * @param node     row behind the incoming ones; emissions, which the event does not know, follow the last
 * @param momenta  [nodes, 4] after recoil
 */
export function openingOf(
  { first, status, colour }: PartonEvents,
  i: number,
  node: number,
  momenta: Float64Array,
  rng: Rng,
): number {
  const row = first[i] + 2 + node
  if (row >= first[i + 1]) return besideBeam
  const ends = [0, 1].filter((end) => colour[2 * row + end] > 0)
  if (ends.length === 0) return besideBeam
  const end = ends.length === 1 ? ends[0] : ends[rng.integer(2)]
  const tag = colour[2 * row + end]
  for (let other = first[i] + 2; other < first[i + 1]; other++)
    if (other !== row && status[other] === particleStatus.final && colour[2 * other + 1 - end] === tag)
      return Math.min(widestOpening, distance(momenta, node, other - first[i] - 2))
  return besideBeam
}

function distance(momenta: Float64Array, a: number, b: number): number {
  const [eta1, phi1] = direction(momenta, a)
  const [eta2, phi2] = direction(momenta, b)
  return Math.sqrt(2 * Math.max(0, Math.cosh(eta1 - eta2) - Math.cos(phi1 - phi2)))
}

function direction(momenta: Float64Array, row: number): [eta: number, phi: number] {
  const at = 4 * row
  const [px, py, pz] = [momenta[at + 1], momenta[at + 2], momenta[at + 3]]
  return [Math.asinh(pz / Math.hypot(px, py)), Math.atan2(py, px)]
}
