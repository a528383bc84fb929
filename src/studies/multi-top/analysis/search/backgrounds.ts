import type { TokenCorpus } from '../tokens/corpus.ts'
import type { Background } from './search-report.ts'

/** Selected rows of a corpus: all classes as a network is trained on them, all by their cross-sections, and each alone. */
export function backgroundsOf(
  { labels, weights, classes }: Pick<TokenCorpus, 'labels' | 'weights' | 'classes'>,
  selected: ArrayLike<number>,
  crossSections: readonly number[],
): Background[] {
  const rows = Array.from(selected, (_, r) => r)
  const weightOf = (r: number): number => weights[selected[r]]
  return [
    { id: 'classes alike', rows, weights: rows.map(weightOf) },
    {
      ...{ id: 'by cross-section', rows },
      weights: rows.map((r) => weightOf(r) * crossSections[labels[selected[r]]]),
    },
    ...classes.map((id, c) => {
      const own = rows.filter((r) => labels[selected[r]] === c)
      return { id, rows: own, weights: own.map(weightOf) }
    }),
  ]
}

/** Values and weights of the rows of a class. */
export function ofClass(values: Float64Array, labels: ArrayLike<number>, weights: Float64Array, c: number) {
  const own = (_: number, r: number): boolean => labels[r] === c
  return { values: values.filter(own), weights: weights.filter(own) }
}
