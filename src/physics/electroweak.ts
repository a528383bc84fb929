import { AppError } from '../errors.ts'

/** 'MW': {m_W, m_Z, G_F} fix the couplings; 'alpha': {alpha, m_Z, G_F} do. */
export const inputSchemes = ['MW', 'alpha'] as const
export type InputScheme = (typeof inputSchemes)[number]

/** Measured inputs; masses and width in GeV, gF in GeV^-2. `mW` is used by 'MW' only, `inverseAlpha` by 'alpha' only. */
export interface ElectroweakInputs {
  gF: number
  mZ: number
  widthZ: number
  mW: number
  inverseAlpha: number
}

/** Defaults of SMEFTsim 3 (arXiv:2012.11343); all reference numbers of the app use them. */
export const smeftsimInputs: ElectroweakInputs = {
  gF: 1.1663787e-5,
  mZ: 91.1876,
  widthZ: 2.4952,
  mW: 80.387,
  inverseAlpha: 127.95,
}

/** Review of Particle Physics 2024; inverseAlpha is the MS-bar value at m_Z. */
export const pdg2024Inputs: ElectroweakInputs = {
  gF: 1.1663788e-5,
  mZ: 91.188,
  widthZ: 2.4955,
  mW: 80.3692,
  inverseAlpha: 127.93,
}

export const fermionNames = ['nu', 'e', 'u', 'd'] as const
export type Fermion = (typeof fermionNames)[number]

export const electricCharge: Record<Fermion, number> = { nu: 0, e: -1, u: 2 / 3, d: -1 / 3 }
/** Third component of weak isospin of the left-handed field. */
export const weakIsospin: Record<Fermion, number> = { nu: 0.5, e: -0.5, u: 0.5, d: -0.5 }

/** Flavours x colours that the Z decays into; the top is closed. */
export const zDecayMultiplicity: Record<Fermion, number> = { nu: 3, e: 3, u: 6, d: 9 }

/** Tree-level couplings that follow from the inputs. */
export interface Electroweak {
  scheme: InputScheme
  inputs: ElectroweakInputs
  /** (sqrt2 G_F)^-1/2 [GeV] */
  vHat: number
  /** vHat^2 / (1 TeV)^2, what turns C [TeV^-2] into a relative shift */
  eps: number
  /** sin^2 and sine, cosine of the weak mixing angle */
  s2: number
  s: number
  c: number
  gZ: number
  e: number
  /** Z couplings g_L = T3 - s2 Q, g_R = -s2 Q */
  gL: Record<Fermion, number>
  gR: Record<Fermion, number>
}

/**
 * Derived couplings at tree level. gZ = 2 m_Z / vHat in both schemes; s2 = 1 - m_W^2/m_Z^2 ('MW') or the smaller
 * root of s2 c2 = pi alpha / (sqrt2 G_F m_Z^2) ('alpha').
 * Source: Brivio, Trott arXiv:1701.06424, section on input schemes.
 */
export function electroweak(scheme: InputScheme, inputs: ElectroweakInputs = smeftsimInputs): Electroweak {
  const { gF, mZ, mW, inverseAlpha } = inputs
  const vHat = 1 / Math.sqrt(Math.SQRT2 * gF)
  const product = (4 * Math.PI) / inverseAlpha / (Math.SQRT2 * gF * mZ * mZ)
  const s2 = scheme === 'MW' ? 1 - (mW / mZ) ** 2 : 0.5 * (1 - Math.sqrt(1 - product))
  if (!(s2 > 0 && s2 < 0.5))
    throw new AppError(
      'physics/out-of-range',
      `Electroweak inputs give sin^2(theta_W) = ${s2} in the ${scheme} scheme, must lie in (0, 0.5). Check m_W = ${mW}, m_Z = ${mZ} and 1/alpha = ${inverseAlpha}.`,
      { scheme, s2 },
    )
  const s = Math.sqrt(s2)
  const c = Math.sqrt(1 - s2)
  const gZ = (2 * mZ) / vHat
  const gL = {} as Record<Fermion, number>
  const gR = {} as Record<Fermion, number>
  for (const f of fermionNames) {
    gL[f] = weakIsospin[f] - s2 * electricCharge[f]
    gR[f] = -s2 * electricCharge[f]
  }
  return { scheme, inputs, vHat, eps: (vHat * vHat) / 1e6, s2, s, c, gZ, e: gZ * s * c, gL, gR }
}

/** Leading-order partial width of Z -> f fbar, summed over flavours and colours of the type [GeV]. */
export function zPartialWidth(ew: Electroweak, f: Fermion): number {
  const couplings = ew.gL[f] ** 2 + ew.gR[f] ** 2
  return (zDecayMultiplicity[f] * ew.gZ ** 2 * ew.inputs.mZ * couplings) / (24 * Math.PI)
}
