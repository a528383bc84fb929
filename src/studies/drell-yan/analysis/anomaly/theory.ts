import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames, quadraticCount } from '../../../../physics/smeft/operators.ts'
import { bestFit, type QuadraticTheory } from '../../../../statistics/anomaly/best-fit.ts'
import {
  chi2Test,
  residualTest,
  templateSpan,
  type Chi2Test,
  type TemplateSpan,
} from '../../../../statistics/anomaly/template-span.ts'
import type { UniverseModel } from '../universes.ts'
import { whitenedTemplates, type Whitening } from '../whitening.ts'

/** All universes of a dataset as one hypothesis, in whitened coordinates. */
export interface Theory {
  order: EftOrder
  span: TemplateSpan
  /** null in linear theory, whose residual is a projection */
  quadratic: QuadraticTheory | null
}

/** @param operators  those that may be non-zero; all by default */
export function theoryOf(model: UniverseModel, order: EftOrder, operators?: readonly number[]): Theory {
  const bins = model.templates.bins
  const linear = whitenedTemplates(model.whitening, model.templates)
  if (operators)
    for (let o = 0; o < operatorNames.length; o++)
      if (!operators.includes(o)) linear.fill(0, o * bins, (o + 1) * bins)
  const span = templateSpan(linear, operatorNames.length, bins)
  if (order === 'linear') return { order, span, quadratic: null }
  return {
    order,
    span,
    quadratic: {
      parameters: operatorNames.length,
      bins,
      linear,
      quadratic: whitenDifferences(model.whitening, model.templates.quadratic, quadraticCount),
    },
  }
}

/** L^-1 applied to rows that are differences of spectra already. @returns [rows, bins] */
export function whitenDifferences(
  { inverse, reference }: Whitening,
  differences: ArrayLike<number>,
  rows: number,
): Float64Array {
  const bins = reference.length
  const out = new Float64Array(rows * bins)
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < bins; i++) {
      let sum = 0
      for (let b = 0; b <= i; b++) sum += inverse[i * bins + b] * differences[r * bins + b]
      out[r * bins + i] = sum
    }
  return out
}

export interface ResidualResult extends Chi2Test {
  residual: Float64Array // [bins], whitened
  /** The p-value is the closed form of a projection; that of a fit of a curved theory is right asymptotically. */
  closedForm: boolean
  /** [17] TeV^-2, where a fit found them */
  coefficients: Float64Array | null
}

/**
 * Is the spectrum any universe of the theory at all?
 *
 * @param x         [bins] whitened
 * @param start     coefficients to start a fit from beside the SM, for quadratic theory
 * @param absorbed  degrees of freedom that the covariance has already absorbed (free K factor of a measurement)
 */
export function residualOf(
  theory: Theory,
  x: ArrayLike<number>,
  start: ArrayLike<number> | null = null,
  absorbed = 0,
): ResidualResult {
  const { span, quadratic } = theory
  if (!quadratic) return { ...residualTest(span, x, absorbed), closedForm: true, coefficients: null }
  const sm = new Float64Array(operatorNames.length)
  const fit = bestFit(quadratic, x, start ? [start, sm] : [sm], span.rank)
  return {
    ...chi2Test(fit.chi2, fit.degreesOfFreedom - absorbed),
    residual: fit.residual,
    closedForm: false,
    coefficients: fit.parameters,
  }
}
