import { AppError } from '../../errors.ts'
import type { Rng } from '../../numerics/rng.ts'
import { partonIds } from '../../physics/pdf/pdf-set.ts'
import type { Densities } from '../hard-process/densities.ts'
import { particleStatus, type PartonEvents } from '../parton-events/parton-events.ts'
import type { IncomingLegs } from './emission-rates.ts'
import { createShowerCoupling, type ShowerCoupling } from './coupling.ts'
import { FinalStateShower } from './final-state.ts'
import { firstEmissionOf, isLight } from './first-emission.ts'
import { InitialStateShower } from './initial-state.ts'
import { carryAlong } from './lorentz.ts'
import { openingOf } from './opening.ts'
import { ParticleBuffer } from './particle-buffer.ts'
import { commonFactor, type Shaken } from './reshuffle.ts'

/** Of the transverse momentum that the incoming partons bring along, per component [GeV]. */
const primordialWidth = 1.3

/** Radiation is drawn again where it weighs more than what it came from; then it is left out. */
const mostTries = 20

export interface EventShower {
  /** Particles of the last event after showers: partons are massless, decayed particles are left out. */
  readonly particles: ParticleBuffer
  /** Its incoming partons before their first emission; the primordial transverse momentum is not theirs. */
  readonly legs: IncomingLegs
  /** Initial- and final-state radiation off event i. */
  shower(events: PartonEvents, i: number, rng: Rng): void
}

/**
 * Showers of an event: emissions off the incoming legs, from which the whole final state recoils, then splittings of
 * every coloured particle. Mothers of decays keep their mass and momentum, and so does the whole system.
 *
 * @param coupling  default: one loop, 0.118 at m_Z, CMW
 */
export function createEventShower(
  densities: Densities,
  sqrtS: number,
  coupling: ShowerCoupling = createShowerCoupling(),
): EventShower {
  const initial = new InitialStateShower(densities, coupling, sqrtS)
  const final = new FinalStateShower(coupling)
  /** Rows of the event, then emissions. */
  const nodes = new ParticleBuffer()
  const leaves = new ParticleBuffer()
  const mothers: number[] = []
  const decayed: boolean[] = []
  const openings: number[] = []
  const total = new Float64Array(4)
  const rest = new Float64Array(4)

  function shower(events: PartonEvents, i: number, rng: Rng): void {
    read(events, i)
    radiate(events, i, rng)
    kick(rng)
    for (let row = 0; row < nodes.count; row++)
      openings[row] =
        decayed[row] || !isLight(nodes.ids[row]) ? 0 : openingOf(events, i, row, nodes.momenta, rng)
    for (let tries = 0; ; tries++) {
      leaves.clear()
      if (grow(-1, total, tries < mostTries, rng)) return
      if (tries > mostTries)
        throw new AppError(
          'physics/out-of-range',
          `Event ${i} has momenta that do not balance: was it changed?`,
        )
    }
  }

  /** Rows behind the incoming ones. */
  function read({ first, ids, status, mother, momenta }: PartonEvents, i: number): void {
    nodes.clear()
    mothers.length = decayed.length = 0
    for (let row = first[i] + 2; row < first[i + 1]; row++) {
      const at = 4 * row
      nodes.add(ids[row], momenta[at], momenta[at + 1], momenta[at + 2], momenta[at + 3])
      mothers.push(mother[row] < 0 ? -1 : mother[row] - 2)
      decayed.push(status[row] === particleStatus.decayed)
    }
  }

  function radiate(events: PartonEvents, i: number, rng: Rng): void {
    const row = events.first[i]
    const [e1, e2] = [events.momenta[4 * row], events.momenta[4 * row + 4]]
    const [leg1, leg2] = [row, row + 1].map((k) => partonIds.findIndex((id) => id === events.ids[k]))
    if (leg1 < 0 || leg2 < 0)
      throw new AppError(
        'input/invalid',
        `Event ${i} has incoming particles ${events.ids[row]} and ${events.ids[row + 1]}: only partons radiate here.`,
      )
    initial.begin(
      { x1: (2 * e1) / sqrtS, x2: (2 * e2) / sqrtS, leg1, leg2 },
      firstEmissionOf(events, i, sqrtS),
    )
    while (initial.next(rng)) {
      const { pt, y, phi, id, mass, rapidity } = initial.emission
      recoil(mass, rapidity, -pt * Math.cos(phi), -pt * Math.sin(phi))
      nodes.add(id, pt * Math.cosh(y), pt * Math.cos(phi), pt * Math.sin(phi), pt * Math.sinh(y))
      mothers.push(-1)
      decayed.push(false)
    }
  }

  /** The whole system takes a transverse momentum; mass and rapidity stay. */
  function recoil(mass: number, rapidity: number, px: number, py: number): void {
    const mt = Math.sqrt(mass * mass + px * px + py * py)
    const [cosh, sinh] = [Math.cosh(rapidity), Math.sinh(rapidity)]
    total.set([mt * cosh, px, py, mt * sinh])
    rest.set([mass * cosh, 0, 0, mass * sinh])
    carryAlong(nodes.momenta, 0, nodes.count, rest, total)
  }

  function kick(rng: Rng): void {
    const { x1, x2 } = initial.legs
    const [px, py] = [primordialWidth * rng.normal(), primordialWidth * rng.normal()]
    recoil(sqrtS * Math.sqrt(x1 * x2), 0.5 * Math.log(x1 / x2), px, py)
  }

  /**
   * Leaves of everything that comes from a node, whose momentum they have together afterwards.
   *
   * @returns false where radiation weighs more than the node
   */
  function grow(mother: number, momentum: Float64Array, radiates: boolean, rng: Rng): boolean {
    const mass = massOf(momentum, 0)
    const frame = Float64Array.of(mass, 0, 0, 0)
    const products: (Shaken & { from: number; end: number; before: Float64Array })[] = []
    let changed = false
    for (let row = 0; row < nodes.count; row++) {
      if (mothers[row] !== mother) continue
      const from = leaves.count
      const own = nodes.momenta.slice(4 * row, 4 * row + 4)
      if (decayed[row]) {
        if (!grow(row, own, radiates, rng)) return false
      } else if (radiates && openings[row] > 0) split(row, rng)
      else leaves.add(nodes.ids[row], own[0], own[1], own[2], own[3])
      const end = leaves.count
      const radiated = !decayed[row] && end > from + 1
      const before = radiated ? sumOf(from, end) : own
      changed ||= radiated
      const inFrame = own.slice()
      carryAlong(inFrame, 0, 1, momentum, frame)
      products.push({ from, end, before, momentum: inFrame, mass: massOf(before, 0) })
    }
    if (!changed) return true
    const factor = commonFactor(products, mass)
    if (factor === undefined) return false
    for (const { from, end, before, momentum: target, mass: m } of products) {
      for (let k = 1; k < 4; k++) target[k] *= factor
      target[0] = Math.sqrt(m * m + target[1] ** 2 + target[2] ** 2 + target[3] ** 2)
      carryAlong(target, 0, 1, frame, momentum)
      if (end === from + 1) leaves.momenta.set(target, 4 * from)
      else carryAlong(leaves.momenta, from, end, before, target)
    }
    return true
  }

  function split(row: number, rng: Rng): void {
    const { momenta } = nodes
    const [px, py, pz] = [momenta[4 * row + 1], momenta[4 * row + 2], momenta[4 * row + 3]]
    const pt = Math.hypot(px, py)
    final.shower(nodes.ids[row], pt, Math.asinh(pz / pt), Math.atan2(py, px), openings[row], rng, leaves)
  }

  function sumOf(from: number, end: number): Float64Array {
    const sum = new Float64Array(4)
    const { momenta } = leaves
    for (let at = 4 * from; at < 4 * end; at += 4) for (let k = 0; k < 4; k++) sum[k] += momenta[at + k]
    return sum
  }

  return { particles: leaves, legs: initial.legs, shower }
}

function massOf(p: Float64Array, at: number): number {
  const square = p[at] ** 2 - p[at + 1] ** 2 - p[at + 2] ** 2 - p[at + 3] ** 2
  // Below the rounding of its components it is 0.
  return square > 1e-11 * p[at] ** 2 ? Math.sqrt(square) : 0
}
