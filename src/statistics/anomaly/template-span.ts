import { AppError } from '../../errors.ts'
import { singularDecomposition, type SingularDecomposition } from '../../numerics/singular-values.ts'
import { chi2Survival } from '../special.ts'

/** The space of deviations that a linear theory can make, in whitened coordinates. */
export interface TemplateSpan {
  bins: number
  rank: number
  /** [rank, bins] orthonormal rows, by falling singular value */
  basis: Float64Array
  decomposition: SingularDecomposition
}

/** Singular values below this share of the largest are rounding of the templates. */
const relativeRank = 1e-9

/** @param templates  [count, bins] whitened, one row per operator */
export function templateSpan(templates: Float64Array, count: number, bins: number): TemplateSpan {
  const decomposition = singularDecomposition(templates, count, bins)
  const { values, right } = decomposition
  let rank = 0
  while (rank < count && values[rank] > relativeRank * values[0]) rank++
  if (rank >= bins)
    throw new AppError(
      'input/invalid',
      `${rank} independent templates of ${bins} bins span everything: no residual is left. Use more bins.`,
      { rank, bins },
    )
  return { bins, rank, basis: right.slice(0, rank * bins), decomposition }
}

/** A whitened deviation split by the span: |x|^2 = inside + outside. */
export interface SpanParts {
  /** Squared length within the span: what some universe explains. */
  inside: number
  /** Squared length of the residual: what none does. */
  outside: number
  residual: Float64Array // [bins]
}

/** (1 - Pi) x with Pi the projector on the span. */
export function splitBySpan({ bins, rank, basis }: TemplateSpan, x: ArrayLike<number>): SpanParts {
  const residual = Float64Array.from(x)
  let inside = 0
  for (let k = 0; k < rank; k++) {
    let along = 0
    for (let b = 0; b < bins; b++) along += basis[k * bins + b] * x[b]
    for (let b = 0; b < bins; b++) residual[b] -= along * basis[k * bins + b]
    inside += along * along
  }
  let outside = 0
  for (let b = 0; b < bins; b++) outside += residual[b] * residual[b]
  return { inside, outside, residual }
}

export interface Chi2Test {
  chi2: number
  degreesOfFreedom: number
  pValue: number
}

export function chi2Test(chi2: number, degreesOfFreedom: number): Chi2Test {
  return { chi2, degreesOfFreedom, pValue: chi2Survival(chi2, degreesOfFreedom) }
}

/**
 * Is x a universe of the linear theory, any universe? Under that hypothesis the squared residual is exactly
 * chi-squared with bins - rank degrees of freedom, whatever the coefficients.
 *
 * @param absorbed  degrees of freedom that the covariance has already absorbed
 */
export function residualTest(
  span: TemplateSpan,
  x: ArrayLike<number>,
  absorbed = 0,
): Chi2Test & { residual: Float64Array } {
  const { outside, residual } = splitBySpan(span, x)
  return { ...chi2Test(outside, span.bins - span.rank - absorbed), residual }
}
