/**
 * Insertion-order test: if new points are drawn uniformly above the threshold, the rank of each among the n live
 * points is uniform, so that the sum of ranks is normal about its mean.
 *
 * Source: Fowlie, Handley and Su, arXiv:2006.03371; Mann-Whitney-Wilcoxon form as in Buchner, arXiv:2101.09675.
 */
export interface InsertionTally {
  /** Sum of (rank + 1/2) / n over insertions */
  sum: number
  count: number
}

export function tally(record: InsertionTally, rank: number, live: number): void {
  record.sum += (rank + 0.5) / live
  record.count++
}

/** U in standard deviations: beyond +-3 the new points are not independent draws from the prior. */
export function insertionPull({ sum, count }: InsertionTally): number {
  return count === 0 ? 0 : (sum - count / 2) / Math.sqrt(count / 12)
}
