import { solveLower } from '../../../../numerics/linear-algebra.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { chi2Survival } from '../../../../statistics/special.ts'
import type { A4Comparison } from './a4-comparison.ts'
import { morphA4 } from './a4-value.ts'

export interface A4Agreement {
  theory: Float64Array // [bins]
  /** (measured - theory) / published error */
  pulls: Float64Array // [bins]
  /** With the published covariance alone, and enlarged by what theory does not know. */
  chi2Published: number
  chi2: number
  degreesOfFreedom: number
  /** of the enlarged one */
  pValue: number
}

/** How well a universe meets the measurement; the Standard Model without coefficients. */
export function a4Agreement(
  { measurement, theory, published, enlarged }: A4Comparison,
  coefficients?: ArrayLike<number>,
  order: EftOrder = 'linear',
): A4Agreement {
  const { value, error } = measurement
  const bins = value.length
  const a4 = coefficients ? morphA4(theory, coefficients, order) : theory.sm
  const difference = value.map((measured, b) => measured - a4[b])
  const square = (factor: Float64Array) =>
    solveLower(factor, difference, bins).reduce((sum, w) => sum + w * w, 0)
  const chi2 = square(enlarged)
  return {
    theory: a4,
    pulls: difference.map((d, b) => d / error[b]),
    chi2Published: square(published),
    chi2,
    degreesOfFreedom: bins,
    pValue: chi2Survival(chi2, bins),
  }
}
