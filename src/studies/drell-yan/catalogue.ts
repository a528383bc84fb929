import { shippedDatasets } from './datasets.ts'
import type { Catalogue } from './state/drell-yan-state.ts'

// Addresses of the shipped models as the build names them; the dataset folders keep their names under data/.
const cards = import.meta.glob<string>(['../../../models/*/card.json', '!**/models/events-*/**'], {
  query: '?url',
  import: 'default',
  eager: true,
})
const models = import.meta.glob<string>(['../../../models/*/model.json', '!**/models/events-*/**'], {
  query: '?url',
  import: 'default',
  eager: true,
})
const weights = import.meta.glob<string>(['../../../models/*/weights.bin', '!**/models/events-*/**'], {
  query: '?url',
  import: 'default',
  eager: true,
})

/** What this copy of the app ships. Addresses are absolute, because workers resolve relative ones elsewhere. */
export function shippedCatalogue(page: string): Catalogue {
  const absolute = (path: string): string => new URL(path, page).href
  return {
    datasets: shippedDatasets.map(({ id, title, order, earlier }) => ({
      ...{ id, title, order, ...(earlier && { earlier }) },
      manifestUrl: absolute(`data/${id}/manifest.json`),
    })),
    models: Object.keys(cards).map((path) => ({
      id: path.split('/').at(-2) ?? path,
      cardUrl: absolute(cards[path]),
      modelUrl: absolute(models[path.replace('card.json', 'model.json')]),
      weightsUrl: absolute(weights[path.replace('card.json', 'weights.bin')]),
    })),
    defaultModel: Object.fromEntries(shippedDatasets.map(({ id, model }) => [id, model])),
  }
}
