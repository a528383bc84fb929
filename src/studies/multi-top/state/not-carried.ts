import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { MultiTopIntent } from '../intent.ts'
import type { MultiTopModel } from '../model.ts'

/** Transformers of one's own and a training: a link only names the one, and says nothing of the other. */
export function multiTopNotCarried(
  { ownModels, training }: Pick<MultiTopModel['state'], 'ownModels' | 'training'>,
  { model, compare }: Pick<MultiTopIntent, 'model' | 'compare'>,
): NotCarried[] {
  const shown = new Set<string | null>([model, ...compare.maps])
  return [
    ...ownModels.filter(({ id }) => shown.has(id)).map(({ id }) => notCarried('networks', id)),
    ...(!training.outcome && training.moments.length > 0 ? [notCarried('training')] : []),
  ]
}
