// Addresses of the shipped transformer as the build names them.
const files = import.meta.glob<string>('../../../models/transformers/multi-top-small-5h/*.{json,bin}', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** Where the files of a transformer lie. */
export interface TransformerAddress {
  cardUrl: string
  weightsUrl: string
}

/** The transformer that this copy of the app ships. */
export function shippedTransformer(page: string): TransformerAddress {
  const address = (name: string): string => {
    const path = Object.keys(files).find((each) => each.endsWith(`/${name}`)) ?? name
    return new URL(files[path], page).href
  }
  return { cardUrl: address('card.json'), weightsUrl: address('weights.bin') }
}
