import { linearEncoder, linearEncoderId } from '../analysis/drell-yan/linear-encoder.ts'
import type { DatasetEvent, LoadedEncoder, ModelLocation, RowChunk } from '../analysis/job-map.ts'
import { AppError } from '../errors.ts'
import type { Intent } from '../share/schema.ts'
import type { Catalogue, OpenDataset } from './app-state.ts'
import type { Store } from './create-app-store.ts'
import { failed, ready, running } from './loadable.ts'
import { storedFilesReader } from './own-encoders.ts'
import type { Services } from './services.ts'

/** Part of the intent that decides which rows are on the map. */
export function datasetKey(intent: Intent): string {
  return JSON.stringify(intent.setup ? { setup: intent.setup } : { dataset: intent.dataset })
}

/**
 * Keeps the open dataset and its encoder in step with the intent: latest wins, and what was loaded stays on the
 * map until the newcomer's header has arrived.
 */
export function startDatasetEffects(store: Store, services: Services): () => void {
  let abort = new AbortController()
  let opening = false
  /** What is on the map is not what was asked for, because that could not be opened. */
  let openFailed = false

  async function open(): Promise<void> {
    abort.abort()
    const own = (abort = new AbortController())
    opening = true
    openFailed = false
    const { intent, catalogue, dataset, pdf } = store.getState()
    store.setState({ dataset: running(dataset, intent.setup ? 'Building templates' : 'Opening dataset') })
    const onProgress = (event: DatasetEvent) => {
      if (!own.signal.aborted) receive(store, event)
    }
    try {
      // An encoder of one's own is put on once the rows are here; until then the closed-form map shows them.
      const model = services.encoders.has(intent.model) ? null : findModel(catalogue, intent)
      if (intent.setup) {
        const request = { setup: intent.setup, pdf: pdf.files }
        await services.compute.run('build-dataset', request, { signal: own.signal, onProgress }).promise
      } else {
        const location = catalogue.datasets.find((entry) => entry.id === intent.dataset)
        if (!location)
          throw new AppError(
            'data/not-found',
            `There is no dataset "${intent.dataset}" here; this page has ${catalogue.datasets.map((d) => d.id).join(', ')}. Choose one in Data.`,
          )
        const request = { manifestUrl: location.manifestUrl, model }
        await services.compute.run('open-dataset', request, { signal: own.signal, onProgress }).promise
      }
      const { value } = store.getState().dataset
      if (own.signal.aborted || !value) return
      opening = false
      store.setState({ dataset: ready(value) })
      await changeEncoder() // another model may have been asked for while rows came in
    } catch (thrown) {
      if (own.signal.aborted) return
      opening = false
      openFailed = true
      store.setState((state) => ({ dataset: failed(state.dataset, AppError.from(thrown).toPlain()) }))
    }
  }

  async function changeEncoder(): Promise<void> {
    const { intent, dataset } = store.getState()
    if (opening) return // looked at again when the rows are here
    if (openFailed) return open() // perhaps it was the model that was in the way
    const shown = dataset.value
    if (!shown) return
    abort.abort() // an encoding under way is for a model that is no longer wanted
    if (shown.encoder.id === intent.model) {
      if (dataset.status !== 'ready') store.setState({ dataset: ready(shown) })
      return
    }
    const own = (abort = new AbortController())
    store.setState({ dataset: running(dataset, 'Encoding') })
    try {
      const encoder = await findEncoder(shown, own.signal)
      await embed(shown, encoder, own.signal)
    } catch (thrown) {
      if (own.signal.aborted) return
      store.setState((state) => ({ dataset: failed(state.dataset, AppError.from(thrown).toPlain()) }))
    }
  }

  async function findEncoder(open: OpenDataset, signal: AbortSignal): Promise<LoadedEncoder> {
    const { intent, catalogue } = store.getState()
    if (intent.model === linearEncoderId) return linearEncoder(open.header)
    const { manifest } = open.header
    if (services.encoders.has(intent.model))
      return services.encoders.load(intent.model, storedFilesReader(services.compute, manifest, signal))
    const model = findModel(catalogue, intent)
    if (!model) return linearEncoder(open.header)
    const request = { model, manifest }
    return services.compute.run('load-encoder', request, { signal }).promise
  }

  async function embed(open: OpenDataset, encoder: LoadedEncoder, signal: AbortSignal): Promise<void> {
    const { header, spectra, rows } = open
    const next: OpenDataset = {
      ...open,
      encoder,
      latent: new Float32Array(0),
      rows: 0,
      version: open.version + 1,
    }
    await services.compute.run(
      'embed-rows',
      { header, encoder: encoder.mlp, spectra, rows },
      {
        signal,
        onProgress: (event) => {
          if (event.kind === 'embedding') {
            next.embedding = event.embedding
            next.latent = new Float32Array(rows * event.embedding.latentDim)
          } else {
            next.latent.set(event.chunk.latent, event.chunk.firstRow * next.embedding.latentDim)
            next.rows = event.chunk.firstRow + event.chunk.rows
          }
        },
      },
    ).promise
    // Shown in one piece: a map half in the old and half in the new latent space would be a lie.
    if (!signal.aborted) store.setState({ dataset: ready({ ...next, version: next.version + 1 }) })
  }

  const stops = [
    store.subscribe(
      (state) => `${datasetKey(state.intent)} ${state.attempt}`,
      () => void open(),
    ),
    store.subscribe(
      (state) => state.intent.model,
      () => void changeEncoder(),
    ),
  ]
  void open()
  return () => {
    abort.abort()
    stops.forEach((stop) => stop())
  }
}

/** The model asked for; null for the closed-form map. @throws AppError 'model/mismatch' for an unknown id */
function findModel(catalogue: Catalogue, intent: Intent): ModelLocation | null {
  if (intent.model === linearEncoderId) return null
  const model = catalogue.models.find(({ id }) => id === intent.model)
  if (model) return model
  throw new AppError(
    'model/mismatch',
    `There is no model "${intent.model}" here; this page has ${[linearEncoderId, ...catalogue.models.map((m) => m.id)].join(', ')}. Choose one in Data.`,
  )
}

function receive(store: Store, event: DatasetEvent): void {
  store.setState((state) => {
    if (event.kind === 'stage')
      return {
        dataset: { ...state.dataset, status: 'running', label: event.label, fraction: event.fraction },
      }
    if (event.kind === 'header') {
      const { header, encoder, embedding } = event
      const capacity = header.manifest.universes * header.manifest.replicasPerUniverse
      const bins = header.model.templates.sm.length
      const value: OpenDataset = {
        header,
        encoder,
        embedding,
        spectra: new Float32Array(capacity * bins),
        latent: new Float32Array(capacity * embedding.latentDim),
        rows: 0,
        version: (state.dataset.value?.version ?? 0) + 1,
      }
      return { dataset: { status: 'running', value, label: 'Streaming spectra', fraction: 0 } }
    }
    const open = state.dataset.value
    if (!open) return {}
    return {
      dataset: {
        ...state.dataset,
        value: withRows(open, event.chunk),
        fraction: fractionOf(open, event.chunk),
      },
    }
  })
}

function withRows(open: OpenDataset, chunk: RowChunk): OpenDataset {
  const bins = open.header.model.templates.sm.length
  open.spectra.set(chunk.spectra, chunk.firstRow * bins)
  open.latent.set(chunk.latent, chunk.firstRow * open.embedding.latentDim)
  return { ...open, rows: chunk.firstRow + chunk.rows, version: open.version + 1 }
}

function fractionOf(open: OpenDataset, chunk: RowChunk): number {
  const { universes, replicasPerUniverse } = open.header.manifest
  return (chunk.firstRow + chunk.rows) / (universes * replicasPerUniverse)
}
