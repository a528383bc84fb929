// Addresses of the shipped encoders of events as the build names them.
const cards = import.meta.glob<string>('../../../models/events-*/card.json', {
  query: '?url',
  import: 'default',
  eager: true,
})
const models = import.meta.glob<string>('../../../models/events-*/model.json', {
  query: '?url',
  import: 'default',
  eager: true,
})
const weights = import.meta.glob<string>('../../../models/events-*/weights.bin', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** Where the three files of a shipped encoder lie. */
export interface EncoderAddress {
  id: string
  cardUrl: string
  modelUrl: string
  weightsUrl: string
}

/** Encoders of events that this copy of the app ships. */
export function shippedEncoders(page: string): EncoderAddress[] {
  const absolute = (path: string): string => new URL(path, page).href
  return Object.keys(cards).map((path) => ({
    id: path.split('/').at(-2) ?? path,
    cardUrl: absolute(cards[path]),
    modelUrl: absolute(models[path.replace('card.json', 'model.json')]),
    weightsUrl: absolute(weights[path.replace('card.json', 'weights.bin')]),
  }))
}
