import { AppError } from '../../../errors.ts'
import type { Loadable } from '../../../core/loadable.ts'
import { createProduct, slotOf, type Making } from '../../../core/product.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import { mlpOutputs } from '../../../ml/mlp.ts'
import type { DrawnEvent } from '../analysis/draw-map.ts'
import type { OpenedEvent } from '../analysis/open-events.ts'
import type { ModelEvents } from '../analysis/models.ts'
import { linearEncoderId, type MapEncoder } from '../analysis/map-encoder.ts'
import type { EncoderAddress } from '../catalogue.ts'
import { datasetOf, sampleUrl, type EventsDataset } from '../datasets.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsJobs } from '../jobs.ts'
import type { EventsContext } from '../model.ts'
import { fewestOwnFiles } from '../limits.ts'
import { ownDataset } from '../own-dataset.ts'
import type { EventsMap, EventsState } from './events-state.ts'
import { createFileModels } from './file-models.ts'
import type { LoadedEncoder, LoadEncoder } from './load-encoder.ts'
import { filesOfDataset, type OwnFiles } from './own-files.ts'
import { startEncoder } from './start-encoder.ts'

type Seen = Pick<EventsState, 'ownFiles'> & { intent: EventsIntent }

/** Names the events that a map is of. */
function contentOf({ intent: { dataset, files, channel }, ownFiles }: Seen): string {
  if (dataset !== ownDataset.id) return dataset
  return JSON.stringify([dataset, channel, filesOfDataset(ownFiles ?? [], files).map(({ id }) => id)])
}

/** All that decides what is on the map. */
const keyOf = (state: Seen): string => {
  const { model, perSet, sets, seed } = state.intent
  return JSON.stringify([contentOf(state), model, perSet, sets, seed])
}

/**
 * Keeps the map in step with the intent: the latest question wins. Events that are here are not fetched again; what was on the
 * map stays there until the first sets of the newcomer come.
 */
export function startMapEffect(
  { store, platform }: Pick<EventsContext, 'store' | 'platform'>,
  compute: JobClient<EventsJobs>,
  shipped: readonly EncoderAddress[],
  files: OwnFiles,
  loadEncoder: LoadEncoder,
) {
  const product = createProduct(slotOf(store, 'map'))
  const fileModels = createFileModels(files, compute)
  /** Events that were read whole, by what they are: the last ones only. */
  let read: { content: string; models: readonly ModelEvents[] } | undefined

  async function make(making: Making<EventsMap>): Promise<EventsMap | null> {
    const { signal, tell } = making
    const state = store.getState()
    const { intent } = state
    const { sets, seed } = intent
    const content = contentOf(state)
    const loaded = await encoderFor(intent, signal)
    const encoder = loaded?.encoder ?? null
    const card = loaded?.card ?? null
    const perSet = encoder?.perSet ?? intent.perSet
    const settings = { perSet, sets, seed, encoder }
    const { dataset, leftOut, models } =
      intent.dataset === ownDataset.id
        ? await ownModels(state, perSet, making)
        : { dataset: datasetFor(intent), leftOut: [], models: null }
    const draft = createDraft({ ...dataset, content, leftOut, card }, perSet, sets, () => signal.aborted)
    const onProgress = (event: OpenedEvent) => {
      const news = draft.take(event)
      if (news) tell(() => news)
    }
    const here = models ?? (read?.content === content ? read.models : null)
    if (here) {
      draft.models.push(...here)
      await compute.run('draw-map', { models: here, ...settings }, { signal, onProgress }).promise
    } else {
      const samples = dataset.models.map(({ id, label }) => ({
        ...{ id, title: label },
        manifestUrl: sampleUrl(platform.page, id),
      }))
      await compute.run('open-events', { samples, ...settings }, { signal, onProgress }).promise
    }
    const map = draft.map()
    if (map) read = { content, models: map.models }
    return map
  }

  /** One's own files as a dataset. @throws AppError as createFileModels */
  async function ownModels(state: Seen, perSet: number, { signal, tell }: Making<EventsMap>) {
    const wanted = filesOfDataset(state.ownFiles ?? [], state.intent.files)
    const { models, leftOut } = await fileModels({
      ...{ wanted, perSet, signal, channel: state.intent.channel },
      reading: ({ title }, done) =>
        tell(() => ({ label: `Reading ${title}`, fraction: done / wanted.length })),
    })
    const listed = models.map(({ id, title }) => ({ id, label: title }))
    return { dataset: { id: ownDataset.id, models: listed }, leftOut, models }
  }

  /** The encoder asked for; null for the best linear map. @throws AppError 'model/mismatch' for one that is not here */
  async function encoderFor(
    { dataset, model, perSet }: EventsIntent,
    signal: AbortSignal,
  ): Promise<LoadedEncoder | null> {
    const id = model ?? startEncoder(dataset, shipped)
    return id === linearEncoderId ? null : loadEncoder(id, perSet, signal)
  }

  function open(): void {
    const state = store.getState()
    if (state.intent.dataset === ownDataset.id) {
      // Of files that are dropped together there is one map, once all are read.
      if (!state.ownFiles || state.reading.status === 'running') return
      // What a map needs is said where files are dropped.
      if (filesOfDataset(state.ownFiles, state.intent.files).length < fewestOwnFiles) return product.clear()
    }
    void product.ensure(keyOf(state), 'Reading events', make)
  }
  const stop = store.subscribe(
    (state) => `${state.ownFiles === null} ${state.reading.status} ${keyOf(state)}`,
    open,
  )
  open()
  return {
    retry: () => void product.make('Reading events', make, { key: keyOf(store.getState()) }),
    stop() {
      stop()
      product.cancel()
    },
  }
}

function datasetFor({ dataset }: EventsIntent): EventsDataset {
  const found = datasetOf(dataset)
  if (found) return found
  throw new AppError(
    'data/not-found',
    `There are no events called "${dataset}" here. Choose Gluinos, Dark matter or ${ownDataset.title} in the menu above.`,
    { dataset },
  )
}

interface DraftDataset extends Pick<EventsMap, 'content' | 'leftOut' | 'card'> {
  id: string
  models: readonly { id: string }[]
}

/** The map as it fills. */
function createDraft(
  { id, content, leftOut, card, models: listed }: DraftDataset,
  perSet: number,
  sets: number,
  over: () => boolean,
) {
  const models: ModelEvents[] = []
  const total = listed.length * sets
  const model = new Uint8Array(total)
  const places = new Uint32Array(total * perSet)
  let latent = new Float32Array(0)
  let encoder: MapEncoder | undefined
  let count = 0

  function map(): EventsMap | null {
    if (!encoder) return null
    const ids = listed.map((each) => each.id)
    return {
      ...{
        dataset: id,
        content,
        leftOut,
        card,
        ids,
        models: [...models],
        encoder,
        perSet,
        dimensions: mlpOutputs(encoder.mlp),
      },
      ...{ count, total, model, places, latent },
    }
  }

  function take(event: OpenedEvent | DrawnEvent): Partial<Loadable<EventsMap>> | null {
    if (over()) return null
    if (event.kind === 'stage') return { label: event.label, fraction: event.fraction }
    if (event.kind === 'model') {
      models.push(event.model)
      return null
    }
    if (event.kind === 'encoder') {
      encoder = event.encoder
      latent = new Float32Array(total * mlpOutputs(encoder.mlp))
      return null
    }
    const first = event.model * sets
    model.fill(event.model, first, first + sets)
    places.set(event.places, first * perSet)
    latent.set(event.latent, (first * latent.length) / total)
    count = first + sets
    const now = map()
    return now && { value: now }
  }

  return { models, map, take }
}
