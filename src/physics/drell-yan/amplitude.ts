import { electricCharge, type Electroweak, type Fermion, fermionNames, weakIsospin } from '../electroweak.ts'
import { couplingShifts } from '../smeft/coupling-shifts.ts'
import { type OperatorName, operatorNames } from '../smeft/operators.ts'

export const quarkTypes = ['u', 'd'] as const
/** u stands for u, c; d for d, s, b: flavour universality makes each group one amplitude. */
export type QuarkType = (typeof quarkTypes)[number]

/** Chirality of the quark, then of the lepton. */
export const chiralities = ['LL', 'LR', 'RL', 'RR'] as const
export type Chirality = (typeof chiralities)[number]

/** Contact terms K_XY^q of L = + C O / Lambda^2 for u-type and d-type quarks. */
const contactTerms: Partial<Record<OperatorName, { chirality: Chirality; u: number; d: number }>> = {
  clq1: { chirality: 'LL', u: 1, d: 1 },
  clq3: { chirality: 'LL', u: -1, d: 1 },
  ceu: { chirality: 'RR', u: 1, d: 0 },
  ced: { chirality: 'RR', u: 0, d: 1 },
  clu: { chirality: 'RL', u: 1, d: 0 },
  cld: { chirality: 'RL', u: 0, d: 1 },
  cqe: { chirality: 'LR', u: 1, d: 1 },
}

/**
 * P(s) = 1/(s - m_Z^2 + i m_Z Gamma_Z), or with s Gamma_Z / m_Z in place of m_Z Gamma_Z: so the published mass and width are
 * defined. With the same numbers the first puts the peak 34 MeV higher.
 */
export const zWidths = ['fixed', 'running'] as const
export type ZWidth = (typeof zWidths)[number]

/** SM amplitude and one per operator. */
export const amplitudeCount = 1 + operatorNames.length

/**
 * Every chiral amplitude as k0 / s + k1 P(s) + k2 + k3 (-i m_Z Gamma_Z P(s)^2), P = 1/(s - m_Z^2 + i m_Z Gamma_Z):
 * photon, Z, contact term, change of the Z width. Operators enter per TeV^-2.
 */
export interface AmplitudeModel {
  electroweak: Electroweak
  widthShift: boolean
  width: ZWidth
  coefficients: Float64Array // [2 quark types, 4 chiralities, 1 + 17, 4]; entry 0 is the SM
}

/**
 * Z couplings with an effective sin^2(theta) and the photon with a running 1 / alpha in place of those that the inputs give at
 * tree level: radiative corrections of the Standard Model that a measured asymmetry at the pole sees well before anything
 * else. Shifts by operators stay those of the input scheme.
 */
export interface EffectiveCouplings {
  sin2: number
  inverseAlpha: number
}

/** .23152 of the leptons at the Z, and alpha at m_Z; drell-yan-beyond-lo notes C.1b. */
export const effectiveAtZ: EffectiveCouplings = { sin2: 0.23152, inverseAlpha: 128.9 }

export interface AmplitudeOptions {
  /** Let Gamma_Z follow the coefficients to first order; default is a fixed width, as MadGraph with SMEFTsim has it. */
  widthShift?: boolean
  width?: ZWidth
  effective?: EffectiveCouplings
}

/** Coefficients of all amplitudes q_X qbar -> l_Y, linear in the Wilson coefficients. */
export function amplitudeModel(
  electroweak: Electroweak,
  { widthShift = false, width = 'fixed', effective }: AmplitudeOptions = {},
): AmplitudeModel {
  const { gZ } = electroweak
  const { e2, g } = standardCouplings(electroweak, effective)
  const coefficients = new Float64Array(2 * 4 * amplitudeCount * 4)
  quarkTypes.forEach((q, iq) => {
    chiralities.forEach((chirality, ic) => {
      const [x, y] = chirality as unknown as ['L' | 'R', 'L' | 'R']
      const base = (iq * 4 + ic) * amplitudeCount * 4
      const photon = e2 * electricCharge[q] * electricCharge.e
      const gq = g[x][q]
      const gl = g[y].e
      coefficients[base] = photon
      coefficients[base + 1] = gZ * gZ * gq * gl
      operatorNames.forEach((name, i) => {
        const shift = couplingShifts(electroweak, name)
        const dg = { L: shift.gL, R: shift.gR }
        const at = base + (i + 1) * 4
        coefficients[at] = 2 * shift.lnE * photon
        coefficients[at + 1] = gZ * gZ * (2 * shift.lnGZ * gq * gl + dg[x][q] * gl + gq * dg[y].e)
        const contact = contactTerms[name]
        if (contact?.chirality === chirality) coefficients[at + 2] = contact[q] * 1e-6 // TeV^-2 in GeV^-2
        if (widthShift) coefficients[at + 3] = gZ * gZ * gq * gl * shift.relativeWidth
      })
    })
  })
  return { electroweak, widthShift, width, coefficients }
}

function standardCouplings(
  { e, gL, gR }: Electroweak,
  effective: EffectiveCouplings | undefined,
): { e2: number; g: Record<'L' | 'R', Record<Fermion, number>> } {
  if (!effective) return { e2: e * e, g: { L: gL, R: gR } }
  const { sin2, inverseAlpha } = effective
  const couplings = (isospin: (f: Fermion) => number) =>
    Object.fromEntries(fermionNames.map((f) => [f, isospin(f) - sin2 * electricCharge[f]])) as Record<
      Fermion,
      number
    >
  return {
    e2: (4 * Math.PI) / inverseAlpha,
    g: { L: couplings((f) => weakIsospin[f]), R: couplings(() => 0) },
  }
}

/**
 * All amplitudes of one quark type and chirality at one s.
 *
 * @param s   m_ll^2 [GeV^2]
 * @param re  [1 + 17] real parts [GeV^-2], SM first, then dA/dC_i per TeV^-2
 * @param im  [1 + 17] imaginary parts
 */
export function fillAmplitudes(
  model: AmplitudeModel,
  quark: number,
  chirality: number,
  s: number,
  re: Float64Array,
  im: Float64Array,
): void {
  const { mZ, widthZ } = model.electroweak.inputs
  const x = s - mZ * mZ
  const y = model.width === 'fixed' ? mZ * widthZ : (s * widthZ) / mZ
  const norm = 1 / (x * x + y * y)
  const pRe = x * norm
  const pIm = -y * norm
  // -i y P^2
  const wRe = y * 2 * pRe * pIm
  const wIm = -y * (pRe * pRe - pIm * pIm)
  const k = model.coefficients
  let at = (quark * 4 + chirality) * amplitudeCount * 4
  for (let i = 0; i < amplitudeCount; i++, at += 4) {
    re[i] = k[at] / s + k[at + 1] * pRe + k[at + 2] + k[at + 3] * wRe
    im[i] = k[at + 1] * pIm + k[at + 3] * wIm
  }
}
