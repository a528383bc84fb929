import cardPath from '../../../models/transformers/multi-top-small-5h/card.json?url'
import weightsPath from '../../../models/transformers/multi-top-small-5h/weights.bin?url'

/** Where the files of a transformer lie. */
export interface TransformerAddress {
  cardUrl: string
  weightsUrl: string
}

/** The transformer that this copy of the app ships. */
export function shippedTransformer(page: string): TransformerAddress {
  const absolute = (path: string): string => new URL(path, page).href
  return { cardUrl: absolute(cardPath), weightsUrl: absolute(weightsPath) }
}
