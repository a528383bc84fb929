import { oneVersusRest, type OneVersusRest } from '../../../../statistics/classification/weighted-auc.ts'

/** Events of all classes with their number of neutrinos. */
export interface NeutrinoCounts {
  readonly labels: readonly number[]
  readonly counts: readonly number[]
  readonly weights: readonly number[]
}

/**
 * How far the number of neutrinos alone tells classes apart: probabilities by Bayes' rule from every other event, classes alike,
 * tried on the events between.
 *
 * @param seed  of the bootstrap
 */
export function neutrinoAreas(
  { labels, counts, weights }: NeutrinoCounts,
  classes: number,
  seed: number,
): Pick<OneVersusRest, 'perClass' | 'mean'> {
  const width = Math.max(...counts) + 1
  const seen = new Float64Array(classes * width)
  const totals = new Float64Array(classes)
  labels.forEach((label, i) => {
    if (i % 2 === 1) return
    seen[label * width + counts[i]] += weights[i]
    totals[label] += weights[i]
  })
  const probability = (label: number, count: number): number => seen[label * width + count] / totals[label]
  const tested = labels.flatMap((_, i) => (i % 2 === 1 ? [i] : []))
  const scores = tested.flatMap((i) => {
    const own = Array.from({ length: classes }, (_, c) => probability(c, counts[i]))
    const sum = own.reduce((total, p) => total + p, 0)
    return own.map((p) => (sum > 0 ? p / sum : 1 / classes))
  })
  const weightOf = new Float64Array(classes)
  for (const i of tested) weightOf[labels[i]] += weights[i]
  const { perClass, mean } = oneVersusRest(
    {
      ...{ classes, scores, labels: tested.map((i) => labels[i]) },
      weights: tested.map((i) => weights[i] / weightOf[labels[i]]),
    },
    seed,
  )
  return { perClass, mean }
}
