import { formatWithError } from '../../../ui/common/format.ts'
import type { LearnedMap } from '../analysis/map/learned-map.ts'
import type { ShownTsne } from '../model.ts'

const metrics = ['euclidean', 'cosine', 'manhattan'] as const
export const metricLabels = { euclidean: 'Euclidean', cosine: 'cosine', manhattan: 'Manhattan' } as const

type PurityProps = NonNullable<ShownTsne['purity']> & { of: 'input' | 'learned' }

/** What the neighbours say: the picture is no evidence. */
export function Purity({ space: before, map, neighbours, of }: PurityProps) {
  return (
    <span role="status">
      ; of {neighbours} nearest, {formatWithError(before.value, before.error)} are of the same class in the{' '}
      {of} space, {formatWithError(map.value, map.error)} on the map
    </span>
  )
}

/** The same for both spaces, without a map. */
export function SpacePurity({ purity, neighbours, title, heldOut }: LearnedMap) {
  return (
    <span>
      ; of {neighbours} nearest of the same class, input → learned ({title}):{' '}
      {metrics
        .map((metric) => {
          const { input, learned } = purity[metric]
          return `${metricLabels[metric]} ${formatWithError(input.value, input.error)} → ${formatWithError(learned.value, learned.error)}`
        })
        .join('; ')}
      {!heldOut && '; with this seed it may have been trained on some of these events'}
    </span>
  )
}
