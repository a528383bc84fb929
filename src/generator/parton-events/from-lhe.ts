import { AppError } from '../../errors.ts'
import { partonIds } from '../../physics/pdf/pdf-set.ts'
import type { LheEvent } from '../lhe.ts'
import { carryAlong } from '../shower/lorentz.ts'
import { commonFactor } from '../shower/reshuffle.ts'
import type { EventRows } from './event-rows.ts'
import { particleStatus } from './parton-events.ts'

/** What a shower, decays and a detector know what to do with. */
const known = new Set([
  ...[1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 21, 22, 23, 24, 25, 52, 54, 55, 211],
  ...[1_000_021, 1_000_022],
  ...[1, 2, 3, 4, 5, 6].flatMap((flavour) => [1_000_000 + flavour, 2_000_000 + flavour]),
])

/** Particles that are massless in showers, jets and decays; a program may give them masses. */
const massless = (id: number): boolean => Math.abs(id) <= 5 || (Math.abs(id) >= 11 && Math.abs(id) <= 22)

/** Of a hard process and its decays in the file; rows have room for what decays further. */
const mostParticles = 30

/** Masses below this share of the energy are rounding, or nothing. */
const noMass = 1e-4

/**
 * Rows of an event from elsewhere as showers want them: two incoming partons, that along +z first, then what the hard
 * process made and its decays, each behind its mother; partons and leptons massless, which is made good by one factor on
 * the momenta of what one collision or decay made (as commonFactor); colours numbered anew. What stands for
 * documentation alone (status 3) and spacelike particles (−2) are left out.
 *
 * @param rows   filled; energies of the incoming partons are those of what came out
 * @param where  "event 3 (line 40)", for messages
 * @throws AppError 'data/corrupt' or 'data/unsupported' for events without two incoming partons, with particles that
 *         nothing is known of, or momenta that are not those of a collision
 */
export function rowsOfLheEvent(event: LheEvent, rows: EventRows, where: string): void {
  const { ids, status, mothers, colours } = event
  const beams = [...ids.keys()].filter((p) => status[p] === -1)
  const final = [...ids.keys()].filter((p) => status[p] === 1 || status[p] === 2)
  const unknown = final.find((p) => !known.has(Math.abs(ids[p])))
  if (unknown !== undefined)
    throw new AppError(
      'data/unsupported',
      `${where} has a particle ${ids[unknown]}, which no shower, decay or detector here knows. Let it decay in the program that made the file.`,
    )
  if (beams.length !== 2 || beams.some((p) => !partonIds.some((id) => id === ids[p])))
    throw new AppError(
      'data/unsupported',
      `${where} has the incoming particles ${beams.map((p) => ids[p]).join(', ') || 'none'}: two partons are needed. Give events of a hadron collider.`,
    )
  if (final.length > mostParticles)
    throw new AppError(
      'data/unsupported',
      `${where} has ${final.length} particles, at most ${mostParticles} can be showered: it seems to be after showers. Give events of a hard process.`,
    )
  if (final.length === 0) throw new AppError('data/corrupt', `${where} has nothing in its final state.`)
  const momenta = Float64Array.from(event.momenta)
  if (!momenta.every(Number.isFinite))
    throw new AppError('data/corrupt', `${where} has a momentum that is no finite number.`)

  /** Place among all particles of the decayed mother; -1 for the hard process. */
  const motherOf = (p: number): number => {
    for (let at = mothers[2 * p] - 1, steps = 0; at >= 0 && at < ids.length; at = mothers[2 * at] - 1) {
      if (status[at] === 2 && at !== p) return at
      if (status[at] === -1 || ++steps > ids.length) break
    }
    return -1
  }
  const children = new Map<number, number[]>()
  for (const p of final) {
    const mother = motherOf(p)
    children.set(mother, [...(children.get(mother) ?? []), p])
  }
  const total = settled(momenta, ids, children, where)
  // Along +z first, with the energies that the final state has.
  const [forward, backward] =
    event.momenta[4 * beams[0] + 3] >= event.momenta[4 * beams[1] + 3] ? beams : [beams[1], beams[0]]
  const plus = (total[0] + total[3]) / 2
  const minus = (total[0] - total[3]) / 2
  momenta.set([plus, 0, 0, plus], 4 * forward)
  momenta.set([minus, 0, 0, -minus], 4 * backward)

  rows.clear()
  const lines = new Map<number, number>()
  const lineOf = (tag: number): number => {
    if (tag <= 0) return 0
    const line = lines.get(tag) ?? rows.newLine()
    lines.set(tag, line)
    return line
  }
  const places = new Map<number, number>()
  const add = (p: number, mother: number): void => {
    const kind = status[p] === -1 ? particleStatus.incoming : particleStatus.final
    const [colour, anticolour] = [lineOf(colours[2 * p]), lineOf(colours[2 * p + 1])]
    const decays = status[p] === 2 && (children.get(p)?.length ?? 0) > 0
    places.set(
      p,
      rows.add(ids[p], decays ? particleStatus.decayed : kind, mother, colour, anticolour, momenta, 4 * p),
    )
  }
  add(forward, -1)
  add(backward, -1)
  // Level by level, as decays are added here.
  for (let level = [-1]; level.length > 0; level = level.flatMap((mother) => children.get(mother) ?? []))
    for (const mother of level) for (const p of children.get(mother) ?? []) add(p, places.get(mother) ?? -1)
}

/**
 * Puts massless particles on their shells, from the hard process down; what a mother gains or loses goes to its products.
 *
 * @returns the sum of what the hard process made
 */
function settled(
  momenta: Float64Array,
  ids: Int32Array,
  children: ReadonlyMap<number, readonly number[]>,
  where: string,
): Float64Array {
  const hard = children.get(-1) ?? []
  const total = sumOf(momenta, hard)
  const settle = (products: readonly number[], sum: Float64Array): void => {
    const before = products.map((p) => momenta.slice(4 * p, 4 * p + 4))
    const light = products.map((p) => massless(ids[p]) && !children.has(p))
    const collinear = productsOfMassless(sum)
    if (!collinear && products.some((p, i) => light[i] && massOf(momenta, p) > noMass * momenta[4 * p]))
      onShells(momenta, products, light, sum, where)
    products.forEach((p, i) => {
      const own = children.get(p)
      if (!own) return
      const now = momenta.slice(4 * p, 4 * p + 4)
      if (now.some((value, k) => value !== before[i][k])) carry(momenta, children, p, before[i], now)
      settle(own, now)
    })
  }
  settle(hard, total)
  return total
}

/** In the rest frame of their sum, one factor on all momenta. */
function onShells(
  momenta: Float64Array,
  products: readonly number[],
  light: readonly boolean[],
  sum: Float64Array,
  where: string,
): void {
  const mass = Math.sqrt(Math.max(0, sum[0] ** 2 - sum[1] ** 2 - sum[2] ** 2 - sum[3] ** 2))
  const rest = Float64Array.of(mass, 0, 0, 0)
  const own = Float64Array.from(products.flatMap((p) => Array.from(momenta.subarray(4 * p, 4 * p + 4))))
  if (mass > 0) carryAlong(own, 0, products.length, sum, rest)
  const shaken = products.map((p, i) => ({
    momentum: own.subarray(4 * i, 4 * i + 4),
    mass: light[i] ? 0 : massOf(momenta, p),
  }))
  const factor = mass > 0 && products.length > 1 ? commonFactor(shaken, mass) : undefined
  if (factor === undefined)
    throw new AppError('data/corrupt', `${where} has momenta of a collision that could not happen.`)
  shaken.forEach(({ momentum, mass: m }) => {
    for (let k = 1; k < 4; k++) momentum[k] *= factor
    momentum[0] = Math.hypot(m, momentum[1], momentum[2], momentum[3])
  })
  carryAlong(own, 0, products.length, rest, sum)
  products.forEach((p, i) => momenta.set(own.subarray(4 * i, 4 * i + 4), 4 * p))
}

/** All that a mother has decayed to moves with her. */
function carry(
  momenta: Float64Array,
  children: ReadonlyMap<number, readonly number[]>,
  mother: number,
  from: Float64Array,
  to: Float64Array,
): void {
  const collinear = productsOfMassless(from)
  for (const p of children.get(mother) ?? []) {
    if (collinear) {
      const share = momenta[4 * p] / from[0]
      for (let k = 0; k < 4; k++) momenta[4 * p + k] = share * to[k]
    } else carryAlong(momenta, p, p + 1, from, to)
    carry(momenta, children, p, from, to)
  }
}

/** Taus without a mass decay along their direction. */
function productsOfMassless(mother: Float64Array): boolean {
  return massOf(mother, 0) <= noMass * mother[0]
}

function sumOf(momenta: Float64Array, particles: readonly number[]): Float64Array {
  const sum = new Float64Array(4)
  for (const p of particles) for (let k = 0; k < 4; k++) sum[k] += momenta[4 * p + k]
  return sum
}

function massOf(momenta: Float64Array, p: number): number {
  const [e, x, y, z] = momenta.subarray(4 * p, 4 * p + 4)
  return Math.sqrt(Math.max(0, e * e - x * x - y * y - z * z))
}
