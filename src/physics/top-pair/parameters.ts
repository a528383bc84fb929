import { AppError } from '../../errors.ts'

/** Inputs of the t tbar amplitudes and the decay. */
export interface TopPairParameters {
  mTop: number // GeV
  mW: number // GeV
  /** Higgs vacuum expectation value, enters with c_tG only [GeV]. */
  vev: number
  alphaS: number
}

/** Values of PDG precision that the published comparisons use; alphaS goes with the PDF and is given apart. */
export const defaultMasses = { mTop: 172.5, mW: 80.4, vev: 246.22 } as const

/** Branching ratio of t tbar to two leptons of e or mu: (2 x 0.1086)^2 (PDG 2024, W -> l nu). */
export const dileptonBranchingRatio = (2 * 0.1086) ** 2

/** @throws AppError 'physics/out-of-range' naming the parameter */
export function checkParameters(parameters: TopPairParameters): void {
  const { mTop, mW, vev, alphaS } = parameters
  for (const [name, value] of Object.entries({ mTop, mW, vev, alphaS }))
    if (!(value > 0 && value < Infinity))
      throw new AppError('physics/out-of-range', `${name} is ${value}, must be positive and finite.`)
  if (mW >= mTop)
    throw new AppError(
      'physics/out-of-range',
      `The top (${mTop} GeV) must be heavier than the W (${mW} GeV) to decay into it. Check both masses.`,
    )
}
