import { subscribeWithSelector } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import type { Intent } from '../share/schema.ts'
import { emptyAnomaly } from './anomaly-state.ts'
import { emptyTraining, type AppState, type Catalogue } from './app-state.ts'
import { startDatasetEffects } from './dataset-effects.ts'
import { emptyClassification } from './classification-state.ts'
import { emptyFit } from './fit-state.ts'
import { idle } from './loadable.ts'
import { startReplicaEffects } from './replica-effects.ts'
import type { Services } from './services.ts'

export type Store = ReturnType<typeof createBareStore>

function createBareStore(intent: Intent, catalogue: Catalogue) {
  return createStore<AppState>()(
    subscribeWithSelector((): AppState => ({
      intent,
      past: [],
      future: [],
      catalogue,
      attempt: 0,
      dataset: idle,
      extra: idle,
      limits: idle,
      training: emptyTraining,
      fit: emptyFit,
      classification: emptyClassification,
      anomaly: emptyAnomaly,
      backends: idle,
      pdf: { files: null, summary: idle },
      query: idle,
      shelf: idle,
      ownEncoders: [],
      imported: idle,
      wcxf: idle,
      notices: [],
    })),
  )
}

/** The store with its effects running. `stop` cancels every job. */
export function createAppStore(
  intent: Intent,
  catalogue: Catalogue,
  services: Services,
): { store: Store; stop: () => void } {
  const store = createBareStore(intent, catalogue)
  services.encoders.watch((ownEncoders) => store.setState({ ownEncoders }))
  store.setState({ ownEncoders: services.encoders.list() })
  const stops = [startDatasetEffects(store, services), startReplicaEffects(store, services)]
  return { store, stop: () => stops.forEach((stop) => stop()) }
}
