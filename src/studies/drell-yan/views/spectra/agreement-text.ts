import type { Agreement } from '../../analysis/agreement.ts'
import type { ObservableBins } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { formatEdge, formatNumber } from '../../../../ui/common/format.ts'
import { observableLabels } from './spectrum-input.ts'

/**
 * What the full covariance says of a spectrum, in a sentence: never a pull without the number of bins it was the
 * largest of.
 *
 * @param covariance  whose: "data and theory"
 */
export function agreementText(
  { chi2, degreesOfFreedom, pValue, worst, bins }: Agreement,
  observables: readonly ObservableBins[],
  covariance: string,
): string {
  return `Full covariance of ${covariance}, all ${bins} bins: χ² = ${formatNumber(chi2)} / ${degreesOfFreedom} (p = ${formatNumber(pValue, 2)}). Most at odds given the others: ${binText(observables, worst.bin)}, pull ${formatNumber(worst.pull, 2)} (${largestText(worst.pValue, bins)}).`
}

/** How unusual the largest of so many pulls is. @param pValue  bound that counts them all */
export function largestText(pValue: number, bins: number): string {
  return pValue < 1
    ? `as the largest of ${bins} p ≤ ${formatNumber(pValue, 2)}`
    : `not unusual as the largest of ${bins}`
}

/** "m_ℓℓ = 830–1000 GeV", of a bin counted through all observables */
export function binText(observables: readonly ObservableBins[], bin: number): string {
  let at = bin
  for (const { name, edges, absY } of observables) {
    if (at < edges.length - 1)
      return `${observableLabels[name].text} = ${formatEdge(edges[at])}–${formatEdge(edges[at + 1])} GeV${inRapidity(absY)}`
    at -= edges.length - 1
  }
  return `bin ${bin}`
}

/** ", |y| 0.4–0.8", of a bin in it */
export function inRapidity(absY: readonly [number, number] | undefined): string {
  return absY ? `, |y| ${formatEdge(absY[0])}–${formatEdge(absY[1])}` : ''
}
