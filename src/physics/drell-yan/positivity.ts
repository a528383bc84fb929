import { type OperatorName, operatorIndex } from '../smeft/operators.ts'
import type { SpectrumTemplates } from './spectrum-templates.ts'

/**
 * Bins whose cross-section is negative: there the linear EFT is outside its validity and the universe must be
 * flagged. Empty bins do not count.
 */
export function negativeBins(spectrum: ArrayLike<number>): number[] {
  const found: number[] = []
  for (let b = 0; b < spectrum.length; b++) if (spectrum[b] < 0) found.push(b)
  return found
}

/**
 * Smallest |C| [TeV^-2] of one operator alone, worst sign, that makes a bin negative at linear order.
 *
 * @param bins  range of bins looked at; all when left out
 */
export function linearValidityLimit(
  templates: SpectrumTemplates,
  operator: OperatorName,
  bins: { start: number; end: number } = { start: 0, end: templates.bins },
): number {
  const row = operatorIndex(operator) * templates.bins
  let limit = Infinity
  for (let b = bins.start; b < bins.end; b++) {
    const slope = Math.abs(templates.linear[row + b])
    if (slope > 0) limit = Math.min(limit, templates.sm[b] / slope)
  }
  return limit
}
