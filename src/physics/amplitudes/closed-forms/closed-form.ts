import { electroweakCouplings, type AmplitudeParameters } from '../parameters.ts'
import type { Particle } from '../particles.ts'
import { weakPartner } from '../particles.ts'
import type { Process } from '../process.ts'
import type { SquaredMatrixElement } from '../squared-matrix-element.ts'
import { absorbs, bosonField, massOf, vectorCoupling } from '../vertices.ts'
import * as pairs from './coloured-pairs.ts'
import * as effective from './effective-scalar.ts'
import * as electroweak from './electroweak.ts'
import * as light from './light-partons.ts'

/** |M|² as a function of s, t = (p1 - p3)² and u = (p1 - p4)² [GeV²]. */
type Invariants = (s: number, t: number, u: number) => number

/**
 * The closed form of a 2 → 2 process, or undefined where there is none: gluinos, squarks, heavy quarks, light
 * partons, single top by W exchange, V + jet, Z pairs, a scalar + jet with a heavy top loop.
 */
export function closedForm(
  process: Process,
  parameters: AmplitudeParameters,
): SquaredMatrixElement | undefined {
  if (process.incoming.length !== 2 || process.outgoing.length !== 2) return undefined
  const [a, b] = process.incoming
  const [c, d] = process.outgoing
  for (const leg of [a, b])
    if (massOf(leg.field, parameters) !== 0 || (leg.kind !== 'gluon' && leg.kind !== 'quark'))
      return undefined
  const form = heavyPair(a, b, c, d, parameters) ?? general(a, b, c, d, parameters)
  if (!form) return undefined
  return {
    process,
    method: 'closed-form',
    strongPower: strongPowerOf([a, b, c, d]),
    squaredMatrixElement: (p) => form(invariant(p, 0, 1, 1), invariant(p, 0, 2, -1), invariant(p, 0, 3, -1)),
  }
}

function strongPowerOf(legs: readonly Particle[]): number {
  const count = (test: (leg: Particle) => boolean): number => legs.filter(test).length
  // The loop brings two powers more to the amplitude.
  if (count(({ kind }) => kind === 'scalar') > 0) return 6
  if (count(({ kind }) => kind === 'vector') > 0) return 2 * count(({ kind }) => kind === 'gluon')
  // One top is made by a W.
  return count(({ field }) => field === 't') === 1 ? 0 : 4
}

/** Tries the orders of legs in turn; a form that fits after exchanging legs has t and u exchanged. */
function general(
  a: Particle,
  b: Particle,
  c: Particle,
  d: Particle,
  parameters: AmplitudeParameters,
): Invariants | undefined {
  const exchangeTU = (form: Invariants | undefined): Invariants | undefined =>
    form && ((s, t, u) => form(s, u, t))
  return (
    ordered(a, b, c, d, parameters) ??
    exchangeTU(ordered(b, a, c, d, parameters)) ??
    exchangeTU(ordered(a, b, d, c, parameters)) ??
    ordered(b, a, d, c, parameters)
  )
}

const isAntiOf = (a: Particle, b: Particle): boolean =>
  a.kind === b.kind && a.field === b.field && a.anti !== b.anti

/** Pairs of gluinos, squarks and massive quarks; t and u enter evenly, or by which leg is the quark. */
function heavyPair(
  a: Particle,
  b: Particle,
  c: Particle,
  d: Particle,
  parameters: AmplitudeParameters,
): Invariants | undefined {
  const { gs } = parameters
  const fromGluons = a.kind === 'gluon' && b.kind === 'gluon'
  if (!fromGluons && !(a.kind === 'quark' && isAntiOf(a, b))) return undefined
  if (c.kind === 'gluino' && d.kind === 'gluino') {
    const m = parameters.mGluino
    return fromGluons
      ? (s, t, u) => pairs.gluonsToGluinos(gs, m, s, t - m * m, u - m * m)
      : (s, t, u) => pairs.quarksToGluinos(gs, m, parameters.mSquark, s, t - m * m, u - m * m)
  }
  if (!isAntiOf(c, d)) return undefined
  if (c.kind === 'squark') {
    const m = parameters.mSquark
    if (fromGluons) return (s, t, u) => pairs.gluonsToSquarks(gs, m, s, t - m * m, u - m * m)
    const gluino = c.field.startsWith(a.field) && c.field.length === 2 ? parameters.mGluino : Infinity
    const straight = a.anti === c.anti
    return (s, t, u) =>
      pairs.quarksToSquarks(gs, m, gluino, s, (straight ? t : u) - m * m, (straight ? u : t) - m * m)
  }
  const m = massOf(c.field, parameters)
  if (c.kind !== 'quark' || m === 0) return undefined
  if (fromGluons) return (s, t, u) => pairs.gluonsToHeavyQuarks(gs, m, s, t - m * m, u - m * m)
  return (s, t, u) => pairs.quarksToHeavyQuarks(gs, m, s, t - m * m, u - m * m)
}

/** Forms with their legs in the order of the books. */
function ordered(
  a: Particle,
  b: Particle,
  c: Particle,
  d: Particle,
  parameters: AmplitudeParameters,
): Invariants | undefined {
  const massless = [c, d].every(({ field }) => massOf(field, parameters) === 0)
  return (
    (massless ? partons(a, b, c, d, parameters) : undefined) ??
    vectorAndJet(a, b, c, d, parameters) ??
    scalarAndJet(a, b, c, d, parameters) ??
    topByExchange(a, b, c, d, parameters)
  )
}

function partons(
  a: Particle,
  b: Particle,
  c: Particle,
  d: Particle,
  { gs }: AmplitudeParameters,
): Invariants | undefined {
  const kinds = [a, b, c, d]
    .map(({ kind }) => (kind === 'gluon' ? 'g' : kind === 'quark' ? 'q' : '?'))
    .join('')
  const g4 = gs ** 4
  const half = g4 / 2
  if (kinds === 'gggg') return (s, t, u) => half * light.gluons(s, t, u)
  if (kinds === 'ggqq' && isAntiOf(c, d)) return (s, t, u) => g4 * light.gluonsToQuarks(s, t, u)
  if (kinds === 'qqgg' && isAntiOf(a, b)) return (s, t, u) => half * light.quarksToGluons(s, t, u)
  if (kinds === 'gqgq' && b.name === d.name) return (s, t, u) => g4 * light.gluonQuark(s, t, u)
  if (kinds !== 'qqqq') return undefined
  if (a.name === b.name && c.name === d.name && a.name === c.name)
    return (s, t, u) => half * light.equalQuarks(s, t, u)
  if (isAntiOf(a, b) && a.name === c.name && b.name === d.name)
    return (s, t, u) => g4 * light.sameFlavour(s, t, u)
  if (isAntiOf(a, b) && isAntiOf(c, d) && a.field !== c.field)
    return (s, t, u) => g4 * light.annihilation(s, t, u)
  if (a.field !== b.field && a.name === c.name && b.name === d.name)
    return (s, t, u) => g4 * light.differentQuarks(s, t, u)
  return undefined
}

function vectorAndJet(
  a: Particle,
  b: Particle,
  c: Particle,
  d: Particle,
  parameters: AmplitudeParameters,
): Invariants | undefined {
  const { gs } = parameters
  if (c.kind !== 'vector') return undefined
  // The boson's field as the line sees it: an outgoing W+ takes away what an incoming W- would bring.
  const field = bosonField(c, false)
  const square = (fermion: string): number => {
    const { left, right } = vectorCoupling(field, fermion, parameters)
    return (left * left + right * right) / 2
  }
  const line = (before: Particle, after: Particle): boolean =>
    before.kind === 'quark' &&
    after.kind === 'quark' &&
    before.anti === after.anti &&
    massOf(after.field, parameters) === 0 &&
    (before.anti
      ? absorbs(after.field, field) === before.field
      : absorbs(before.field, field) === after.field)
  const annihilates =
    a.kind === 'quark' && b.kind === 'quark' && !a.anti && b.anti && absorbs(a.field, field) === b.field
  if (annihilates && d.kind === 'gluon') {
    const coupling = square(a.field)
    // The boson's mass is that of its momentum, so that a mediator may be off its shell.
    return (s, t, u) => electroweak.quarksToVectorGluon(gs, coupling, s + t + u, s, t, u)
  }
  if (a.kind === 'gluon' && line(b, d)) {
    const coupling = square(b.field)
    // t of the form is between gluon and outgoing quark, the second outgoing leg.
    return (s, t, u) => electroweak.gluonQuarkToVector(gs, coupling, s + t + u, s, u, t)
  }
  if (annihilates && c.field === 'Z' && d.field === 'Z') {
    const { left, right } = vectorCoupling('Z', a.field, parameters)
    return (s, t, u) => electroweak.quarksToZPair(left, right, parameters.mZ, s, t, u)
  }
  return undefined
}

function scalarAndJet(
  a: Particle,
  b: Particle,
  c: Particle,
  d: Particle,
  parameters: AmplitudeParameters,
): Invariants | undefined {
  if (c.kind !== 'scalar' || c.field === 'A') return undefined
  const alphaS = parameters.gs ** 2 / (4 * Math.PI)
  const { vev } = electroweakCouplings(parameters)
  const factor = c.field === 'phi' ? parameters.gQuark ** 2 : 1
  const gluons = [a, b].filter(({ kind }) => kind === 'gluon').length
  if (gluons === 2 && d.kind === 'gluon')
    return (s, t, u) => factor * effective.gluonsToScalarGluon(alphaS, vev, s + t + u, s, t, u)
  if (isAntiOf(a, b) && d.kind === 'gluon')
    return (s, t, u) => factor * effective.quarksToScalarGluon(alphaS, vev, s, t, u)
  if (a.kind === 'gluon' && b.kind === 'quark' && d.name === b.name)
    // t from the gluon to the scalar is also that between the quarks.
    return (s, t, u) => factor * effective.gluonQuarkToScalar(alphaS, vev, s, t, u)
  return undefined
}

/** Light quark a to light quark c, bottom b to top d. */
function topByExchange(
  a: Particle,
  b: Particle,
  c: Particle,
  d: Particle,
  parameters: AmplitudeParameters,
): Invariants | undefined {
  const light = ['u', 'd', 'c', 's']
  if (b.field !== 'b' || d.field !== 't' || b.anti !== d.anti || a.kind !== 'quark' || c.kind !== 'quark')
    return undefined
  if (!light.includes(a.field) || weakPartner[a.field] !== c.field || a.anti !== c.anti) return undefined
  // Charge: b → t takes +1, so the light line of a particle-particle pair goes from up to down.
  const up = a.field === 'u' || a.field === 'c'
  const parallel = a.anti === b.anti
  if (parallel !== up) return undefined
  const { mTop, mW } = parameters
  const { e, sin } = electroweakCouplings(parameters)
  return (s, t, u) => electroweak.singleTop(e / sin, parallel ? s : u, t, mTop, mW)
}

/** (p_i + sign p_j)², by products of components. */
function invariant(p: Float64Array, i: number, j: number, sign: number): number {
  const E = p[4 * i] + sign * p[4 * j]
  const x = p[4 * i + 1] + sign * p[4 * j + 1]
  const y = p[4 * i + 2] + sign * p[4 * j + 2]
  const z = p[4 * i + 3] + sign * p[4 * j + 3]
  return E * E - x * x - y * y - z * z
}
