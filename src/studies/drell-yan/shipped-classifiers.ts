const cards = import.meta.glob<string>('../../../models/classifiers/*/card.json', {
  query: '?url',
  import: 'default',
  eager: true,
})
const weights = import.meta.glob<string>('../../../models/classifiers/*/weights.bin', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** Classifiers that this copy of the app ships; addresses are absolute, because workers resolve relative ones elsewhere. */
export function shippedClassifiers(page: string): { id: string; cardUrl: string; weightsUrl: string }[] {
  const absolute = (path: string): string => new URL(path, page).href
  return Object.keys(cards).map((path) => ({
    id: path.split('/').at(-2) ?? path,
    cardUrl: absolute(cards[path]),
    weightsUrl: absolute(weights[path.replace('card.json', 'weights.bin')]),
  }))
}
