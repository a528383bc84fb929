import { AppError } from '../../errors.ts'
import { electroweakCouplings, type AmplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { branchingShare, type BosonChannel } from '../parton-events/branching.ts'
import type { Collision } from './integrand.ts'
import { createResonance, type Resonance } from './resonance.ts'
import type { Subprocess } from './subprocesses.ts'

const fields = { Zp: ['vector', 'axial'], phi: ['scalar', 'pseudoscalar'] } as const
type MediatorField = keyof typeof fields

/** What Z, W⁺, W⁻ and H of the hard process decay to where that is stated: leptons of three families, or bottom quarks. */
export type StatedDecays = Readonly<Partial<Record<'Z' | 'W+' | 'W-' | 'H', BosonChannel>>>

export interface HardProduction {
  production: string
  mediator?: MediatorField
  decays: StatedDecays
}

const bosonDecays: Readonly<Record<string, BosonChannel>> = {
  'Z > vl vl~': 'neutrinos',
  'Z > l+ l-': 'charged leptons',
  'Z > l- l+': 'charged leptons',
  'W+ > l+ vl': 'leptons',
  'W- > l- vl~': 'leptons',
  'Z > b b~': 'bottoms',
  'H > b b~': 'bottoms',
}

/**
 * `p p > Zp j, Zp > chi chi~` apart: production, the mediator that decays to dark matter along its line shape, and what
 * bosons decay to, as in `p p > Z j, Z > vl vl~`.
 *
 * @throws AppError 'input/invalid' for another decay, or two of one particle
 */
export function splitDecays(text: string): HardProduction {
  const [production, ...stated] = text.split(',').map((part) => part.trim().replaceAll(/\s+/g, ' '))
  let mediator: MediatorField | undefined
  const decays: Partial<Record<string, BosonChannel>> = {}
  for (const decay of stated) {
    const match = /^(Zp|phi) > chi chi~$/.exec(decay)
    const channel = Object.hasOwn(bosonDecays, decay) ? bosonDecays[decay] : undefined
    const [boson] = decay.split(' ')
    if (match && !mediator) mediator = match[1] as MediatorField
    else if (channel && !decays[boson]) decays[boson] = channel
    else
      throw new AppError(
        'input/invalid',
        `"${stated.join(', ')}" behind "${production}" is no decay that is known here. Write each of ", Zp > chi chi~", ", phi > chi chi~", ", ${Object.keys(bosonDecays).join('", ", ')}" once at most; all else decays when events are made.`,
      )
  }
  return { production, mediator, decays }
}

/**
 * The share of events in which the bosons of a process decay as stated.
 *
 * @throws AppError 'input/invalid' where a boson whose decay is stated is not there
 */
export function branchingOf(
  { matrixElement }: Subprocess,
  decays: StatedDecays,
  parameters: AmplitudeParameters,
): number {
  const { name, outgoing } = matrixElement.process
  let share = 1
  for (const [boson, channel] of Object.entries(decays) as [keyof StatedDecays, BosonChannel][]) {
    const count = outgoing.filter((leg) => leg.name === boson).length
    if (count === 0)
      throw new AppError(
        'input/invalid',
        `${name} has no ${boson} in its final state whose decay could be stated. Leave ", ${boson} > ..." out.`,
      )
    share *= branchingShare(boson, channel, parameters) ** count
  }
  return share
}

/**
 * The line shape of a subprocess's mediator.
 *
 * @throws AppError 'input/invalid' where it is not there once, or its amplitude knows it on its shell alone;
 *         'physics/out-of-range' see createResonance
 */
export function resonanceOf(
  { matrixElement }: Subprocess,
  field: MediatorField,
  { parameters, sqrtS, darkMatter }: Collision,
): Resonance {
  const { name, outgoing } = matrixElement.process
  const places = outgoing.flatMap((leg, i) => (leg.field === field ? [i] : []))
  if (places.length !== 1 || !darkMatter)
    throw new AppError(
      'input/invalid',
      `${name} has ${places.length} ${field} in its final state, one is to decay. Write such as "p p > ${field} j, ${field} > chi chi~".`,
    )
  if (field === 'Zp' && matrixElement.method !== 'closed-form')
    throw new AppError(
      'input/invalid',
      `${name} is known for a Zp on its mass shell alone. Let it decay in "p p > Zp j", or leave its decay out.`,
    )
  const { kind, mChi, gChi } = darkMatter
  if (!fields[field].some((own) => own === kind))
    throw new AppError(
      'input/invalid',
      `A ${kind} mediator is not ${field}, which is ${fields[field].join(' or ')}. Choose one of these.`,
    )
  const mass = field === 'Zp' ? parameters.mMediator : parameters.mPhi
  const { vev } = electroweakCouplings(parameters)
  const mediator = { kind, mass, mChi, gQuark: parameters.gQuark, gChi }
  return createResonance(places[0], mediator, parameters.mTop, vev, sqrtS)
}
