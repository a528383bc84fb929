// Addresses of the shipped transformer as the build names them.
const files = import.meta.glob<string>('../../../models/transformers/multi-top-small-5h/*.{json,bin}', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** Id of the transformer that this copy of the app ships. */
export const shippedTransformerId = 'multi-top-small-5h'

/** Where its files lie. */
export function shippedTransformer(page: string): { cardUrl: string; weightsUrl: string } {
  const address = (name: string): string => {
    const path = Object.keys(files).find((each) => each.endsWith(`/${name}`)) ?? name
    return new URL(files[path], page).href
  }
  return { cardUrl: address('card.json'), weightsUrl: address('weights.bin') }
}
