import { openPdf, type PdfFile } from '../../../../physics/pdf/open-pdf.ts'
import { type A4Comparison, compareA4 } from './a4-comparison.ts'
import type { A4Measurement } from './a4-measurement.ts'
import { type CombinedReach, combinedReach } from './combined-reach.ts'

/** Smallest momentum fraction of the measured bins: 54 GeV at |y| = 3.4. */
export const smallestFraction = 1e-4

/**
 * A measured A_4 with the app's own densities, and what it resolves beside a measured spectrum.
 *
 * @param whitenedLinear  of that spectrum [17, bins]
 * @param others          sets whose difference to ours is an uncertainty each
 */
export function* answerA4(
  measurement: A4Measurement,
  whitenedLinear: Float64Array,
  others: PdfFile[][],
): Generator<number, { comparison: A4Comparison; reach: CombinedReach }> {
  const sets = others.map((files) => openPdf(files, smallestFraction))
  const comparison = yield* compareA4(measurement, openPdf(null, smallestFraction), sets)
  return { comparison, reach: combinedReach(whitenedLinear, comparison.whitenedLinear) }
}
