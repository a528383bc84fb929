import { compareDefaults, mapDefaults } from '../../share/map-defaults.ts'
import type { EventsIntent } from './intent.ts'

/** The schema's defaults, written out so that the first paint does not wait for the schema. */
export const eventsDefaults: EventsIntent = {
  ...{
    dataset: 'gluinos',
    files: [],
    channel: null,
    model: null,
    perSet: 10,
    sets: 400,
    seed: 1,
    hidden: [],
  },
  ...{ focused: null, reference: null, feature: 'met', contours: true },
  ...mapDefaults,
  ...{
    neighbourSpace: 'latent',
    setTab: 'events',
    cursor: null,
    tab: 'distances',
    measure: 'energy',
    representatives: 3,
    pair: null,
  },
  live: {
    ...{ on: false, mGluino: 1250, deltaM: 600 },
    ...{ mediator: 'vector', mMediator: 800, mChi: 50 },
  },
  training: {
    ...{ encoder: 'mlp', loss: 'pair', latentDim: 2, epochs: 12 },
    ...{ learningRate: 1e-3, seed: 1, backend: 'auto' },
  },
  trainTab: 'limits',
  compare: { maps: ['shown', 'pca-2'], ...compareDefaults },
}
