import { linearEncoder, linearEncoderId } from '../analysis/linear-encoder.ts'
import type { DatasetEvent, LoadedEncoder, ModelLocation, RowChunk } from '../analysis/dataset-types.ts'
import type { PdfFile } from '../../../physics/pdf/open-pdf.ts'
import { AppError } from '../../../errors.ts'
import type { DrellYanIntent } from '../intent.ts'
import type { Catalogue, DrellYanState, OpenDataset } from './drell-yan-state.ts'
import { openedSlot, type Opened } from './opened-slot.ts'
import type { DrellYanStore } from './drell-yan-state.ts'
import type { Loadable } from '../../../core/loadable.ts'
import { createProduct, type Making } from '../../../core/product.ts'
import { datasetKey } from './dataset-key.ts'
import { createExactRows } from './exact-rows.ts'
import { isMeasuredId, ownMeasured } from './own-measured.ts'
import { storedFilesReader } from './own-encoders.ts'
import type { Services } from './services.ts'

/**
 * Keeps the open dataset and its encoder in step with the intent: latest wins, and what was loaded stays on the
 * map until the newcomer's header has arrived.
 */
export function startDatasetEffects(store: DrellYanStore, services: Services): () => void {
  const product = createProduct<Opened>(openedSlot(store))
  const exact = createExactRows(store, services)
  let opening = false
  /** What is on the map is not what was asked for, because that could not be opened. */
  let openFailed = false

  async function open(): Promise<void> {
    opening = true
    openFailed = false
    const label = store.getState().intent.setup ? 'Building templates' : 'Opening dataset'
    const outcome = await product.make(
      label,
      async (making) => {
        try {
          return await readRows(making)
        } catch (thrown) {
          if (!making.signal.aborted) openFailed = true
          throw thrown
        } finally {
          if (!making.signal.aborted) opening = false
        }
      },
      { fraction: null },
    )
    if (outcome === 'ready') await changeEncoder() // another model may have been asked for while rows came in
  }

  /** The dataset of the intent, shown as its rows come in. */
  async function readRows({ signal, tell }: Making<Opened>): Promise<Opened | null> {
    const { intent, catalogue, pdf } = store.getState()
    const onProgress = (event: DatasetEvent) => tell((now) => received(now, event))
    // An encoder of one's own is put on once the rows are here; until then the closed-form map shows them.
    const model = services.encoders.has(intent.model) ? null : findModel(catalogue, intent)
    if (intent.setup) {
      const request = { setup: intent.setup, pdf: pdfFilesOf(intent, pdf) }
      await services.compute.run('build-dataset', request, { signal, onProgress }).promise
    } else if (isMeasuredId(intent.dataset)) {
      const { measurement } = await ownMeasured(store, services, intent.dataset, signal)
      await services.compute.run('open-measured', { measurement }, { signal, onProgress }).promise
    } else {
      const location = catalogue.datasets.find((entry) => entry.id === intent.dataset)
      if (!location)
        throw new AppError(
          'data/not-found',
          `There is no dataset "${intent.dataset}" here; this page has ${catalogue.datasets.map((d) => d.id).join(', ')}. Choose one in Data.`,
        )
      const request = { manifestUrl: location.manifestUrl, model }
      await services.compute.run('open-dataset', request, { signal, onProgress }).promise
    }
    return product.get().value ?? null
  }

  async function changeEncoder(): Promise<void> {
    const { intent, dataset } = store.getState()
    if (opening) return // looked at again when the rows are here
    if (openFailed) return open() // perhaps it was the model that was in the way
    const shown = product.get().value
    if (!shown) return
    // Also ends an encoding under way, which is for a model that is no longer wanted.
    if (shown.open.encoder.id === intent.model)
      return dataset.status === 'ready' ? undefined : product.put(shown)
    await product.make(
      'Encoding',
      async ({ signal }) => embed(shown, await findEncoder(shown.open, signal), signal),
      { fraction: null },
    )
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

  async function embed(shown: Opened, encoder: LoadedEncoder, signal: AbortSignal): Promise<Opened> {
    const { header } = shown.open
    const { spectra, count } = await exact.of(shown.open, signal)
    let { embedding } = shown.open
    let latent = new Float32Array(0)
    let encoded = 0
    await services.compute.run(
      'embed-rows',
      { header, encoder: encoder.mlp, spectra, rows: count },
      {
        signal,
        onProgress: (event) => {
          if (event.kind === 'embedding') {
            embedding = event.embedding
            latent = new Float32Array(count * embedding.latentDim)
          } else {
            latent.set(event.chunk.latent, event.chunk.firstRow * embedding.latentDim)
            encoded = event.chunk.firstRow + event.chunk.rows
          }
        },
      },
    ).promise
    // Shown in one piece: a map half in the old and half in the new latent space would be a lie.
    return { open: { header, encoder, embedding }, rows: { spectra, latent, count: encoded, exact: encoded } }
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
    stops.forEach((stop) => stop())
    exact.stop()
    product.cancel()
  }
}

/**
 * Files of the PDF that a set-up is built with; null for the app's own.
 * @throws AppError 'data/not-found' where it was dropped in another visit: another PDF would give other numbers
 */
function pdfFilesOf(
  { pdf, setup }: DrellYanIntent,
  { files, summary }: DrellYanState['pdf'],
): PdfFile[] | null {
  if (!pdf) return null
  if (files && summary.value?.hash === pdf.hash) return files
  const instead = files && summary.value ? ` ${summary.value.id} (${summary.value.hash}) is another one.` : ''
  throw new AppError(
    'data/not-found',
    `These templates${setup?.qcdOrder === 'nlo' ? ' of next-to-leading order' : ''} are built with the PDF ${pdf.id} (${pdf.hash}), which is not here: a link names it but does not carry it.${instead} Drop its files (.dat and .info) on the page; the templates are built then.`,
    { pdf: pdf.id, hash: pdf.hash },
  )
}

/** The model asked for; null for the closed-form map. @throws AppError 'model/mismatch' for an unknown id */
function findModel(catalogue: Catalogue, intent: DrellYanIntent): ModelLocation | null {
  if (intent.model === linearEncoderId) return null
  const model = catalogue.models.find(({ id }) => id === intent.model)
  if (model) return model
  throw new AppError(
    'model/mismatch',
    `There is no model "${intent.model}" here; this page has ${[linearEncoderId, ...catalogue.models.map((m) => m.id)].join(', ')}. Choose one in Data.`,
  )
}

type RowsCame = Extract<DatasetEvent, { kind: 'rows' }>

/** What is shown of a dataset that is being opened after its next news. */
function received({ value }: Loadable<Opened>, event: DatasetEvent): Partial<Loadable<Opened>> {
  if (event.kind === 'stage') return { label: event.label, fraction: event.fraction }
  if (event.kind === 'header') {
    const { header, encoder, embedding } = event
    const capacity = header.manifest.universes * header.manifest.replicasPerUniverse
    const rows = {
      spectra: new Float32Array(capacity * header.universeModel.templates.bins),
      latent: new Float32Array(capacity * embedding.latentDim),
      count: 0,
      exact: 0,
    }
    return { value: { open: { header, encoder, embedding }, rows }, label: 'Streaming spectra', fraction: 0 }
  }
  return value ? { value: withRows(value, event), fraction: fractionOf(value.open, event.chunk) } : {}
}

function withRows({ open, rows }: Opened, { tier, chunk }: RowsCame): Opened {
  rows.spectra.set(chunk.spectra, chunk.firstRow * open.header.universeModel.templates.bins)
  rows.latent.set(chunk.latent, chunk.firstRow * open.embedding.latentDim)
  const count = chunk.firstRow + chunk.rows
  return { open, rows: { ...rows, count, exact: tier === 'exact' ? count : 0 } }
}

function fractionOf(open: OpenDataset, chunk: RowChunk): number {
  const { universes, replicasPerUniverse } = open.header.manifest
  return (chunk.firstRow + chunk.rows) / (universes * replicasPerUniverse)
}
