import { createRoot } from 'react-dom/client'
import type { JobMap } from './analysis/job-map.ts'
import { App } from './app/App.tsx'
import { shippedCatalogue } from './app/catalogue.ts'
import { guardUnsaved } from './app/guard-unsaved.ts'
import { lazily } from './app/lazily.ts'
import { tellOtherContent } from './app/link-hashes.ts'
import { startOffline } from './app/offline.ts'
import { intentFromAddress, startLinkSync } from './app/link-sync.ts'
import './app/theme.css'
import './app/shell.css'
import { createJobClient } from './jobs/job-client.ts'
import { createJobPool } from './jobs/job-pool.ts'
import { createActions } from './state/actions.ts'
import { createAppStore } from './state/create-app-store.ts'
import { laterCheckpoints } from './state/later-checkpoints.ts'
import { createFileActions } from './state/file-actions.ts'
import { createOwnEncoders } from './state/own-encoders.ts'
import { deferredRecords, openRecords } from './state/record-store.ts'
import type { Services } from './state/services.ts'
import { createWorkMeter } from './state/work-meter.ts'
import { AppContext } from './views/app-context.tsx'

/** Networks trained at once; beyond that memory and heat cost more than they bring. */
const mostFitWorkers = 8

/** One for each member of an ensemble: with fewer cores their turns even out better than queues would. */
const ensembleWorkers = 5

const now = () => Date.now()

async function start(): Promise<void> {
  const host = document.getElementById('root')
  if (!host) throw new Error('index.html has no #root')
  const fitWorkers = Math.max(1, Math.min(navigator.hardwareConcurrency || 2, mostFitWorkers))
  const services: Services = {
    compute: createJobClient<JobMap>(
      () => new Worker(new URL('./workers/compute.worker.ts', import.meta.url), { type: 'module' }),
    ),
    ml: createJobClient<JobMap>(
      () => new Worker(new URL('./workers/ml.worker.ts', import.meta.url), { type: 'module' }),
    ),
    fit: createJobPool<JobMap>(
      () => new Worker(new URL('./workers/fit.worker.ts', import.meta.url), { type: 'module' }),
      fitWorkers,
    ),
    classification: createJobPool<JobMap>(
      () => new Worker(new URL('./workers/classification.worker.ts', import.meta.url), { type: 'module' }),
      ensembleWorkers,
    ),
    fitWorkers,
    checkpoints: laterCheckpoints(deferredRecords(openRecords('theoryscape', 'checkpoints')), now),
    encoders: createOwnEncoders(deferredRecords(openRecords('theoryscape-encoders', 'encoders')), now),
    work: { training: createWorkMeter(now), classifier: createWorkMeter(now) },
    now,
  }
  guardUnsaved(window, Object.values(services.work))
  const catalogue = shippedCatalogue(new URL('.', document.baseURI).href)
  const opened = await intentFromAddress(window.location.hash, catalogue, services.encoders)
  const { store } = createAppStore(opened.intent, catalogue, services)
  const actions = createActions(store)
  const links = startLinkSync(store, actions, services.encoders)
  const openClassification = lazily(async () => {
    const [{ createClassificationActions }, { shippedClassifiers }] = await Promise.all([
      import('./state/classification-actions.ts'),
      import('./app/shipped-classifiers.ts'),
    ])
    return createClassificationActions(store, services, shippedClassifiers(document.baseURI), actions)
  })
  const value = {
    store,
    actions,
    files: createFileActions(store, services, actions, links.open, async (files) =>
      (await openClassification()).adopt(files),
    ),
    openTraining: lazily(async () =>
      (await import('./state/training-actions.ts')).createTrainingActions(store, services, actions),
    ),
    openClassification,
    openLatent: lazily(async () =>
      (await import('./state/latent-actions.ts')).createLatentActions(store, services, actions),
    ),
    openFit: lazily(async () =>
      (await import('./state/fit-actions.ts')).createFitActions(store, services, actions),
    ),
    openAnomaly: lazily(async () => {
      const [{ createAnomalyActions }, { shippedClassifiers }] = await Promise.all([
        import('./state/anomaly-actions.ts'),
        import('./app/shipped-classifiers.ts'),
      ])
      return createAnomalyActions(store, services, shippedClassifiers(document.baseURI))
    }),
  }
  if (import.meta.env.PROD) startOffline(store, './offline.js')
  tellOtherContent(store, actions, opened.hashes)
  for (const message of opened.messages) actions.notify('warning', message)
  createRoot(host).render(
    <AppContext value={value}>
      <App />
    </AppContext>,
  )
  void services.encoders.known() // for the lists of encoders, which may fill later
}

void start()
