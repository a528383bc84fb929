import type { Catalogue } from '../state/app-state.ts'

// Addresses of the shipped models as the build names them; the dataset folders keep their names under data/.
const cards = import.meta.glob<string>('../../models/*/card.json', {
  query: '?url',
  import: 'default',
  eager: true,
})
const models = import.meta.glob<string>('../../models/*/model.json', {
  query: '?url',
  import: 'default',
  eager: true,
})
const weights = import.meta.glob<string>('../../models/*/weights.bin', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** What this copy of the app ships. Addresses are absolute, because workers resolve relative ones elsewhere. */
export function shippedCatalogue(page: string): Catalogue {
  const absolute = (path: string): string => new URL(path, page).href
  return {
    datasets: [
      { id: 'dy-nc-13tev', title: 'Drell-Yan, 13 TeV', order: 'linear' as const },
      { id: 'cms-dy-13tev', title: 'CMS Drell-Yan measurement, 13 TeV', order: 'quadratic' as const },
    ].map((entry) => ({ ...entry, manifestUrl: absolute(`data/${entry.id}/manifest.json`) })),
    models: Object.keys(cards).map((path) => ({
      id: path.split('/').at(-2) ?? path,
      cardUrl: absolute(cards[path]),
      modelUrl: absolute(models[path.replace('card.json', 'model.json')]),
      weightsUrl: absolute(weights[path.replace('card.json', 'weights.bin')]),
    })),
    defaultModel: { 'dy-nc-13tev': 'dy-supcon-2d', 'cms-dy-13tev': 'cms-supcon-2d' },
  }
}
