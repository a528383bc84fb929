import { AppError } from '../../errors.ts'
import {
  electroweakCouplings,
  zCoupling,
  type AmplitudeParameters,
  type ChiralCoupling,
} from './parameters.ts'
import { chargeOf, weakPartner, type MassName, type Particle } from './particles.ts'

/**
 * Fields a boson current can be; W+ carries the charge +1 into the vertex that absorbs it. `contact` is one bilinear of the
 * four-top operator on its way to the other: nothing propagates.
 */
export type BosonField = 'photon' | 'Z' | 'W+' | 'W-' | 'Zp' | 'H' | 'phi' | 'A' | 'contact'

export const isScalar = (field: BosonField): boolean => field === 'H' || field === 'phi' || field === 'A'

/** False for what is external only, and for the two bilinears of an operator, which sit at one point. */
export const propagates = (field: BosonField): boolean => !isScalar(field) && field !== 'contact'

const chargeOfBoson = (field: BosonField): number => (field === 'W+' ? 1 : field === 'W-' ? -1 : 0)

/** Charge ±1 flows in with an incoming W± and with an outgoing W∓. */
export function bosonField(particle: Particle, incoming: boolean): BosonField {
  if (particle.field === 'W') return particle.charge > 0 === incoming ? 'W+' : 'W-'
  return particle.field as BosonField
}

export const quarkFields = ['u', 'd', 'c', 's', 'b', 't'] as const
const isQuark = (field: string): boolean => quarkFields.some((quark) => quark === field)

export const fieldMass: Record<string, MassName | undefined> = {
  ...{
    t: 'mTop',
    b: 'mBottom',
    Z: 'mZ',
    'W+': 'mW',
    'W-': 'mW',
    H: 'mHiggs',
    phi: 'mPhi',
    A: 'mPhi',
    Zp: 'mMediator',
  },
}

export function massOf(field: string, parameters: AmplitudeParameters): number {
  const name = fieldMass[field]
  return name ? parameters[name] : 0
}

/** What a fermion becomes when it absorbs the boson, or undefined where there is no such vertex. */
export function absorbs(fermion: string, boson: BosonField): string | undefined {
  if (boson === 'W+' || boson === 'W-') {
    const partner = weakPartner[fermion]
    return Math.abs(chargeOf(partner) - chargeOf(fermion) - chargeOfBoson(boson)) < 1e-9 ? partner : undefined
  }
  if (boson === 'photon') return chargeOf(fermion) === 0 ? undefined : fermion
  if (boson === 'Zp') return isQuark(fermion) ? fermion : undefined
  if (boson === 'contact') return fermion === 't' ? fermion : undefined
  if (isScalar(boson)) return fermion === 't' || fermion === 'b' ? fermion : undefined
  return fermion
}

/** Bosons that can be exchanged between two fermion lines; mediator and scalars are external only. */
export const exchanged: readonly BosonField[] = ['photon', 'Z', 'W+', 'W-']

/** Vector coupling of a boson to the line of this fermion. */
export function vectorCoupling(
  boson: BosonField,
  fermion: string,
  parameters: AmplitudeParameters,
): ChiralCoupling {
  const { e, sin } = electroweakCouplings(parameters)
  const charge = chargeOf(fermion)
  if (boson === 'photon') return { left: e * charge, right: e * charge }
  if (boson === 'Zp') return { left: parameters.gQuark, right: parameters.gQuark }
  // Either bilinear may be the one that absorbs the other.
  if (boson === 'contact') return { left: 0, right: 2 * parameters.ctt1 }
  if (boson === 'Z') {
    const partner = weakPartner[fermion]
    return zCoupling(parameters, charge, charge > chargeOf(partner) ? 0.5 : -0.5)
  }
  return { left: e / (Math.SQRT2 * sin), right: 0 }
}

/**
 * Yukawa coupling m / v of H, times g_q for phi; of A that of γ5, whose sign is that of the chirality. Its factor i is left out:
 * every amplitude has it once.
 */
export function yukawaCoupling(
  boson: BosonField,
  fermion: string,
  parameters: AmplitudeParameters,
): ChiralCoupling {
  const { vev } = electroweakCouplings(parameters)
  const right = ((boson === 'H' ? 1 : parameters.gQuark) * massOf(fermion, parameters)) / vev
  return { left: boson === 'A' ? -right : right, right }
}

/**
 * Bosons that the Standard Model makes of two others. The recursion has none of these vertices: it refuses a
 * process in which one of them would enter, and never leaves it out in silence.
 */
export function fusedBosons(a: BosonField, b: BosonField): readonly BosonField[] {
  const pair = new Set([a, b])
  if (pair.has('W+') && pair.has('W-')) return ['photon', 'Z', 'H']
  for (const w of ['W+', 'W-'] as const)
    if (pair.has(w)) return pair.has('photon') || pair.has('Z') || pair.has('H') ? [w] : []
  if (a === 'Z' && b === 'Z') return ['H']
  if (pair.has('Z') && pair.has('H')) return ['Z']
  return a === 'H' && b === 'H' ? ['H'] : []
}

export function unsupported(name: string, why: string, context = {}): AppError {
  return new AppError('input/invalid', `The amplitude of ${name} cannot be made: ${why}`, {
    process: name,
    ...context,
  })
}
