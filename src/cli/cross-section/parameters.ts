import { amplitudeParameters, type AmplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import {
  mediatorCouplings,
  mediatorWidth,
  pairWidth,
  type MediatorKind,
} from '../../physics/amplitudes/closed-forms/mediator.ts'
import { electroweakCouplings } from '../../physics/amplitudes/parameters.ts'
import { checkDarkMatter } from '../../generator/hard-process/resonance.ts'
import type { OptionTable } from '../options/option.ts'
import { strongCouplingRange } from '../options/ranges.ts'
import type { OptionValues } from '../options/option-values.ts'

const mass = { min: 1e-3, max: 200_000, unit: 'GeV' }
const coupling = { min: 0, max: 10 }

/** Names as MadGraph's parameter card has them, and those of new particles. */
export const setOption = {
  kind: 'pairs',
  what: 'parameter',
  names: {
    ...{ mt: mass, mh: mass, mz: mass, mw: mass },
    gf: { min: 1e-6, max: 1e-4, unit: 'GeV^-2' },
    aewm1: { min: 10, max: 1000 },
    alphas: strongCouplingRange,
    ...{ mgo: mass, msq: mass, mchi: { ...mass, min: 0 }, mphi: mass, gq: coupling, gchi: coupling },
  },
  orValue: { msq: 'infinity' },
  repeats: true,
  help: 'masses, 1/alpha (aewm1), alpha_s(mz), couplings of the mediators (Zp and phi: mphi, gq); may be repeated. mw follows from mz, gf and aewm1 unless it is set; msq=infinity, the default, decouples squarks',
} as const satisfies OptionTable[string]

const mediatorKinds = ['vector', 'axial', 'scalar', 'pseudoscalar'] as const

export const mediatorOption = {
  kind: 'choice',
  choices: mediatorKinds,
  help: 'how the mediator couples to dark matter; default: vector for Zp, scalar for phi. It acts where the mediator decays: "p p > Zp j, Zp > chi chi~"',
} as const satisfies OptionTable[string]

/** A mediator in the process: what it is and how it decays. */
export interface MediatorSummary {
  kind: MediatorKind
  massGeV: number
  widthGeV: number
  /** Share of dark matter in the width. */
  branchingToDarkMatter: number
}

export interface ProcessParameters {
  parameters: AmplitudeParameters
  named: NamedParameters
  alphaS: number
  darkMatter: { kind: MediatorKind; mChi: number; gChi: number }
  /** Where the process has one. */
  mediator?: MediatorSummary
}

type Name = keyof typeof setOption.names

/** All parameters of a cross-section under their names in --set. */
export type NamedParameters = Record<Name, number | 'infinity'>

/**
 * Values of --set over the defaults, as amplitudes take them and by name.
 *
 * @throws AppError 'physics/out-of-range' for dark matter that is set too heavy for the mediator of the process
 */
export function parametersFromOptions(
  { set, mediator }: OptionValues<{ set: typeof setOption; mediator: typeof mediatorOption }>,
  process: string,
): ProcessParameters {
  const given = { ...set, msq: set?.msq === 'infinity' ? undefined : set?.msq }
  const vector = /(^|\s)(Zp|zp|Z'|V|y1|Y1)(\s|,|$)/.test(process)
  const scalar = /(^|\s)(phi|Phi|y0|Y0)(\s|,|$)/.test(process)
  const kind = mediator ?? (vector ? 'vector' : 'scalar')
  const couplings = mediatorCouplings[kind]
  const { mt = 172.5, mh = 125, mz = 91.188, gf = 1.16639e-5, aewm1 = 132.507, alphas = 0.118 } = given
  const { mgo = 1000, msq = Infinity, mchi = 50, gq = couplings.gQuark, gchi = couplings.gChi } = given
  const mphi = given.mphi ?? (vector ? 1000 : 125)
  const parameters = amplitudeParameters(
    { alphaS: alphas, gF: gf, inverseAlpha: aewm1, mZ: mz },
    {
      ...{ mTop: mt, mHiggs: mh, mGluino: mgo, mSquark: msq, mPhi: mphi, mMediator: mphi, gQuark: gq },
      // A W mass of its own takes the place of G_F: the angle is that of the masses.
      ...(given.mw !== undefined && { mW: given.mw, sinSquared: 1 - (given.mw / mz) ** 2 }),
    },
  )
  const mw = parameters.mW
  if (given.mchi !== undefined && (vector || scalar)) checkDarkMatter(mchi, mphi)
  return {
    parameters,
    alphaS: alphas,
    darkMatter: { kind, mChi: mchi, gChi: gchi },
    ...((vector || scalar) && { mediator: summaryOf(kind, mphi, mchi, gq, gchi, parameters) }),
    named: {
      ...{ mt, mh, mz, mw, gf, aewm1, alphas, mgo, mchi, mphi, gq, gchi },
      msq: msq === Infinity ? 'infinity' : msq,
    },
  }
}

function summaryOf(
  kind: MediatorKind,
  mass: number,
  mChi: number,
  gQuark: number,
  gChi: number,
  parameters: AmplitudeParameters,
): MediatorSummary {
  const { vev } = electroweakCouplings(parameters)
  const width = mediatorWidth({ kind, mass, mChi, gQuark, gChi }, mass, parameters.mTop, vev)
  const dark = pairWidth(kind, gChi, mass, mChi)
  return { kind, massGeV: mass, widthGeV: width, branchingToDarkMatter: width > 0 ? dark / width : 0 }
}
