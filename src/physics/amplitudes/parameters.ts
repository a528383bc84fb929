import { AppError } from '../../errors.ts'

/** Everything an amplitude depends on beside the momenta; masses and widths in GeV. */
export interface AmplitudeParameters {
  /** Strong coupling g_s = sqrt(4 pi alpha_s). */
  gs: number
  /** Electromagnetic coupling alpha. */
  alphaEm: number
  /** sin² of the weak mixing angle. */
  sinSquared: number
  mTop: number
  mBottom: number
  mZ: number
  mW: number
  mHiggs: number
  mPhi: number
  mMediator: number
  mGluino: number
  /** Common mass of all squarks; Infinity decouples them. */
  mSquark: number
  /** Widths in propagators of Z and W that decay; 0 in production. */
  widthZ: number
  widthW: number
  /** Coupling of the vector mediator to quarks, and of phi to the top in units of the Yukawa coupling. */
  gQuark: number
  /** c_tt¹ / Λ² [GeV⁻²] of (t̄_R γ^μ t_R)(t̄_R γ_μ t_R) (Warsaw basis, names of arXiv:1802.07237); 0 is the Standard Model. */
  ctt1: number
}

export interface CouplingInputs {
  alphaS: number
  gF: number
  inverseAlpha: number
  mZ: number
}

/**
 * alpha, G_F and m_Z fix m_W and the mixing angle at tree level (m_W² = m_Z²/2 + sqrt(m_Z⁴/4 - pi alpha m_Z²/(sqrt2 G_F))).
 * The default inputs are those of the totals we compare with: MadGraph's default card.
 */
export function amplitudeParameters(
  inputs: Partial<CouplingInputs> = {},
  overrides: Partial<AmplitudeParameters> = {},
): AmplitudeParameters {
  const { alphaS = 0.118, gF = 1.16639e-5, inverseAlpha = 132.507, mZ = 91.188 } = inputs
  const alphaEm = 1 / inverseAlpha
  const square = (mZ * mZ) / 4 - (Math.PI * alphaEm) / (Math.SQRT2 * gF)
  if (!(square > 0 && alphaS > 0))
    throw new AppError(
      'physics/out-of-range',
      `No W mass follows from G_F = ${gF}, 1/alpha = ${inverseAlpha} and m_Z = ${mZ} GeV with alpha_s = ${alphaS}. Check them.`,
    )
  const mW = Math.sqrt((mZ * mZ) / 2 + mZ * Math.sqrt(square))
  return {
    gs: Math.sqrt(4 * Math.PI * alphaS),
    ...{ alphaEm, sinSquared: 1 - (mW / mZ) ** 2, mZ, mW },
    ...{ mTop: 172.5, mBottom: 0, mHiggs: 125, mPhi: 125, mMediator: 1000, mGluino: 1000, mSquark: Infinity },
    ...{ widthZ: 0, widthW: 0, gQuark: 1, ctt1: 0 },
    ...overrides,
  }
}

/** e, and the Higgs vacuum expectation value 2 m_W sin θ / e [GeV]. */
export function electroweakCouplings({ alphaEm, sinSquared, mW }: AmplitudeParameters): {
  e: number
  sin: number
  cos: number
  vev: number
} {
  const e = Math.sqrt(4 * Math.PI * alphaEm)
  const sin = Math.sqrt(sinSquared)
  return { e, sin, cos: Math.sqrt(1 - sinSquared), vev: (2 * mW * sin) / e }
}

/** Couplings of a vector boson to one chirality each, γ_μ (left P_L + right P_R). */
export interface ChiralCoupling {
  left: number
  right: number
}

/** Z couplings (e / sw cw)(T3 - Q sw²) and -(e / sw cw) Q sw²; T3 is +1/2 for the upper members of doublets. */
export function zCoupling(parameters: AmplitudeParameters, charge: number, isospin: number): ChiralCoupling {
  const { e, sin, cos } = electroweakCouplings(parameters)
  const gz = e / (sin * cos)
  return {
    left: gz * (isospin - charge * parameters.sinSquared),
    right: -gz * charge * parameters.sinSquared,
  }
}
