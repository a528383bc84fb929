import { cholesky, solveLower } from '../../../../numerics/linear-algebra.ts'
import type { PdfSet } from '../../../../physics/pdf/pdf-set.ts'
import { operatorNames } from '../../../../physics/smeft/operators.ts'
import type { A4Measurement } from './a4-measurement.ts'
import { a4Theory } from './a4-theory.ts'
import type { A4Theory } from './a4-value.ts'
import { changedPdf, densityParts, densitySides } from './changed-pdf.ts'

/** Standard deviation assumed of each part of the densities: leading-order sets differ by as much. */
export const densityShare = 0.1
/** Of higher orders: data over leading order is .97 to .98 off the peak (drell-yan-beyond-lo notes C.1b). */
export const orderShare = 0.03

export interface A4Source {
  name: string
  shift: Float64Array // [bins], of one standard deviation
}

/** A measured A_4 beside theory. */
export interface A4Comparison {
  measurement: A4Measurement
  pdf: { id: string; description: string }
  theory: A4Theory
  sources: A4Source[]
  /** Lower Cholesky factors of the published covariance, and of it enlarged by the sources. */
  published: Float64Array // [bins, bins]
  enlarged: Float64Array // [bins, bins]
  /** Templates in units of the enlarged noise, TeV^2 */
  whitenedLinear: Float64Array // [17, bins]
}

/**
 * Theory, its fully correlated uncertainties and the published covariance. Uncertainties: four parts of the densities on two
 * sides of x = .05, the difference of each other set to `pdf`, and higher orders.
 * Yields the finished fraction.
 */
export function* compareA4(
  measurement: A4Measurement,
  pdf: PdfSet,
  others: readonly PdfSet[] = [],
): Generator<number, A4Comparison> {
  const theory = a4Theory(measurement, pdf)
  const changed = densityParts.flatMap((part) =>
    densitySides.map((side) => ({
      name: `${part} at ${side}`,
      pdf: changedPdf(pdf, part, side, densityShare),
    })),
  )
  const sets = [...changed, ...others.map((other) => ({ name: `${other.id} less ${pdf.id}`, pdf: other }))]
  const sources: A4Source[] = [{ name: 'higher orders', shift: theory.sm.map((a4) => orderShare * a4) }]
  for (const set of sets) {
    yield sources.length / (sets.length + 1)
    const { sm } = a4Theory(measurement, set.pdf)
    sources.push({ name: set.name, shift: sm.map((a4, b) => a4 - theory.sm[b]) })
  }
  const bins = measurement.bins.length
  const covariance = Float64Array.from(measurement.covariance)
  for (const { shift } of sources)
    for (let a = 0; a < bins; a++)
      for (let b = 0; b < bins; b++) covariance[a * bins + b] += shift[a] * shift[b]
  const enlarged = cholesky(covariance, bins)
  const whitenedLinear = new Float64Array(operatorNames.length * bins)
  operatorNames.forEach((_, o) =>
    whitenedLinear.set(
      solveLower(enlarged, theory.linear.subarray(o * bins, (o + 1) * bins), bins),
      o * bins,
    ),
  )
  return {
    measurement,
    pdf: { id: pdf.id, description: pdf.description },
    theory,
    sources,
    published: cholesky(measurement.covariance, bins),
    enlarged,
    whitenedLinear,
  }
}
