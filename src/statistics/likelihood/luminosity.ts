import { AppError } from '../../errors.ts'
import type { LuminosityNuisance } from './likelihood.ts'

/** Name of the sampled nuisance; its prior is the standard normal. */
export const luminosityName = 'luminosity'

export function checkLuminosity(nuisance: LuminosityNuisance | null): void {
  if (nuisance && !(nuisance.relativeError > 0 && nuisance.relativeError < 1))
    throw new AppError(
      'input/invalid',
      `The relative luminosity error must lie between 0 and 1, got ${nuisance.relativeError}. Write 0.02 for 2 %; leave it out for none.`,
    )
}

export interface ScaleFactor {
  factor: number
  /** n ln(factor) - nu (factor - 1) - (factor - 1)^2 / (2 delta^2): what the scale adds to n ln nu - nu */
  gain: number
}

/**
 * The scale x = 1 + delta t that maximises n ln(x nu) - x nu - (x - 1)^2 / (2 delta^2): positive root of
 * x^2 + (nu delta^2 - 1) x - n delta^2 = 0 (Conway, arXiv:1103.0354, for one bin; the same for a common scale).
 */
export function profileScale(n: number, nu: number, delta: number): ScaleFactor {
  const d2 = delta * delta
  if (d2 === 0) return { factor: 1, gain: 0 }
  const b = 1 - nu * d2
  const root = Math.sqrt(b * b + 4 * n * d2)
  // The stable one of the two forms of the root.
  const factor = b >= 0 ? 0.5 * (b + root) : (2 * n * d2) / (root - b)
  const shift = factor - 1
  const counted = n > 0 ? n * Math.log(factor) : 0
  return { factor, gain: counted - nu * shift - (shift * shift) / (2 * d2) }
}
