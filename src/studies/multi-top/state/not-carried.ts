import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { MultiTopIntent } from '../intent.ts'
import type { MultiTopModel } from '../model.ts'
import type { OwnTransformer } from './own-transformer.ts'

type State = MultiTopModel['state']
type Chosen = Pick<MultiTopIntent, 'model' | 'compare'>

/** Transformers of one's own that the views ask. */
export function shownTransformers(
  { ownModels }: Pick<State, 'ownModels'>,
  { model, compare }: Chosen,
): OwnTransformer[] {
  return ownModels.filter(({ id }) => id === model || compare.maps.includes(id))
}

/** Dropped events, transformers of one's own and a training: a link names the second, and says nothing of the others. */
export function multiTopNotCarried(
  state: Pick<State, 'ownModels' | 'training' | 'dropped'>,
  chosen: Chosen,
): NotCarried[] {
  const { training, dropped } = state
  return [
    ...(dropped.value ? [notCarried('events', dropped.value.name)] : []),
    ...shownTransformers(state, chosen).map(({ id }) => notCarried('networks', id)),
    ...(!training.outcome && training.moments.length > 0 ? [notCarried('training')] : []),
  ]
}
