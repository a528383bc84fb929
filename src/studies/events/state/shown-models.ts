import { datasetOf, type ShippedModel } from '../datasets.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsMap } from './events-state.ts'

/** A model of the map as the page calls it. */
export type ShownModel = Pick<ShippedModel, 'id' | 'label' | 'family'>

/** All models of the map, in the order of its places. */
export function shownModels({
  dataset,
  ids,
  models,
}: Pick<EventsMap, 'dataset' | 'ids' | 'models'>): ShownModel[] {
  const listed = datasetOf(dataset)?.models ?? []
  return ids.map((id) => {
    const title = models.find((model) => model.id === id)?.title ?? id
    return listed.find((model) => model.id === id) ?? { id, label: title, family: title }
  })
}

/** Places of the model whose features are drawn, and of that which it is compared with. */
export function comparedModels(
  { dataset, ids, model, count }: EventsMap,
  { focused, reference, focus }: Pick<EventsIntent, 'focused' | 'reference' | 'focus'>,
): { focused: number; reference: number } {
  const place = (id: string | null | undefined) => (id ? ids.indexOf(id) : -1)
  const asked = place(focused)
  const ofSet = focus !== null && focus < count ? model[focus] : -1
  const usual = place(datasetOf(dataset)?.reference)
  const beside = place(reference)
  return {
    focused: asked >= 0 ? asked : Math.max(ofSet, 0),
    reference: beside >= 0 ? beside : Math.max(usual, 0),
  }
}
