import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { MultiTopIntent } from '../intent.ts'
import type { MultiTopModel } from '../model.ts'

/** Dropped events, transformers of one's own and a training: a link names the second, and says nothing of the others. */
export function multiTopNotCarried(
  { ownModels, training, dropped }: Pick<MultiTopModel['state'], 'ownModels' | 'training' | 'dropped'>,
  { model, compare }: Pick<MultiTopIntent, 'model' | 'compare'>,
): NotCarried[] {
  const shown = new Set<string | null>([model, ...compare.maps])
  return [
    ...(dropped.value ? [notCarried('events', dropped.value.name)] : []),
    ...ownModels.filter(({ id }) => shown.has(id)).map(({ id }) => notCarried('networks', id)),
    ...(!training.outcome && training.moments.length > 0 ? [notCarried('training')] : []),
  ]
}
