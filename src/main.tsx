import { createRoot } from 'react-dom/client'
import type { JobMap } from './analysis/job-map.ts'
import { App } from './app/App.tsx'
import { shippedCatalogue } from './app/catalogue.ts'
import { tellOtherContent } from './app/link-hashes.ts'
import { intentFromAddress, startLinkSync } from './app/link-sync.ts'
import './app/theme.css'
import './app/shell.css'
import { createJobClient } from './jobs/job-client.ts'
import { createActions } from './state/actions.ts'
import { createAppStore } from './state/create-app-store.ts'
import { createCheckpointStore, deferredCheckpointStore } from './state/checkpoint-store.ts'
import { createFileActions } from './state/file-actions.ts'
import type { Services } from './state/services.ts'
import { createTrainingActions } from './state/training-actions.ts'
import { AppContext } from './views/app-context.tsx'

async function start(): Promise<void> {
  const host = document.getElementById('root')
  if (!host) throw new Error('index.html has no #root')
  const services: Services = {
    compute: createJobClient<JobMap>(
      () => new Worker(new URL('./workers/compute.worker.ts', import.meta.url), { type: 'module' }),
    ),
    ml: createJobClient<JobMap>(
      () => new Worker(new URL('./workers/ml.worker.ts', import.meta.url), { type: 'module' }),
    ),
    checkpoints: deferredCheckpointStore(createCheckpointStore(() => Date.now())),
    trainedEncoders: new Map(),
  }
  const catalogue = shippedCatalogue(new URL('.', document.baseURI).href)
  const opened = await intentFromAddress(window.location.hash, catalogue)
  const { store } = createAppStore(opened.intent, catalogue, services)
  const actions = createActions(store)
  const value = {
    store,
    actions,
    files: createFileActions(store, services, actions),
    training: createTrainingActions(store, services, actions),
  }
  startLinkSync(store, actions, () => [...services.trainedEncoders.keys()])
  tellOtherContent(store, actions, opened.hashes)
  for (const message of opened.messages) actions.notify('warning', message)
  createRoot(host).render(
    <AppContext value={value}>
      <App />
    </AppContext>,
  )
}

void start()
