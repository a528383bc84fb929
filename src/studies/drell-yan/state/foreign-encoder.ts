import { otherDataset } from '../../../ml/other-dataset.ts'
import type { Actions } from './actions.ts'
import type { DrellYanState } from './drell-yan-state.ts'
import type { DrellYanStore } from './drell-yan-state.ts'

/** What to say of the encoder on the map; null where it was trained on what the map shows, or in closed form. */
export function foreignEncoder({ dataset: { value: open } }: Pick<DrellYanState, 'dataset'>): string | null {
  if (!open?.encoder.card) return null
  const { manifest, manifestHash } = open.header
  const { id, card } = open.encoder
  return otherDataset({ id, dataset: card.dataset }, { id: manifest.id, manifestHash })
}

/** Tells of every encoder that the map comes to show on data of another kind, however it got there: drop, link, new dataset. */
export function tellForeignEncoder(store: DrellYanStore, actions: Pick<Actions, 'notify'>): () => void {
  return store.subscribe(foreignEncoder, (text) => {
    if (text !== null) actions.notify('warning', text)
  })
}
