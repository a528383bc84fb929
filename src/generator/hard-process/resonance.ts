import { AppError } from '../../errors.ts'
import { lineShape, mediatorWidth, type Mediator } from '../../physics/amplitudes/closed-forms/mediator.ts'

/** A mediator of the final state that decays to dark matter at virtuality Q. */
export interface Resonance {
  /** Its place among the final particles. */
  readonly leg: number
  readonly mediator: Mediator
  /** At its mass [GeV]. */
  readonly width: number
  /** Q [GeV] for x in [0, 1). */
  virtuality(x: number): number
  /** Density of Q² times dQ²/dx there: what multiplies the rate of production at that Q. */
  weight(q: number): number
}

/**
 * Q² along the line shape, arctan-mapped: (Q² - M²) / (M Γ) is the tangent of an angle that is drawn evenly.
 *
 * @param most  largest Q [GeV]
 * @throws AppError 'physics/out-of-range' where the mediator cannot decay to dark matter on its shell, or has no width
 */
export function createResonance(
  leg: number,
  mediator: Mediator,
  mTop: number,
  vev: number,
  most: number,
): Resonance {
  const { mass, mChi } = mediator
  checkDarkMatter(mChi, mass)
  const width = mediatorWidth(mediator, mass, mTop, vev)
  if (!(width > 0 && mediator.gChi > 0))
    throw new AppError(
      'physics/out-of-range',
      `The mediator of ${mass} GeV does not decay to dark matter: gchi = ${mediator.gChi}, its width is ${width} GeV. Raise gchi.`,
    )
  const norm = mass * width
  const angle = (q: number): number => Math.atan((q * q - mass * mass) / norm)
  const low = angle(2 * mChi)
  const range = angle(Math.max(most, mass)) - low
  return {
    ...{ leg, mediator, width },
    virtuality: (x) => Math.sqrt(mass * mass + norm * Math.tan(low + range * x)),
    weight: (q) => {
      const distance = q * q - mass * mass
      return (lineShape(mediator, q, width) * range * (distance * distance + norm * norm)) / norm
    },
  }
}

/** @throws AppError 'physics/out-of-range' with both masses */
export function checkDarkMatter(mChi: number, mass: number): void {
  if (!(2 * mChi < mass))
    throw new AppError(
      'physics/out-of-range',
      `mchi = ${mChi} GeV is not below half of the mediator's mass, mphi / 2 = ${mass / 2} GeV, so that it cannot decay to dark matter. Lower mchi or raise mphi.`,
    )
}
