import { AppError } from '../../../errors.ts'
import type { Loadable } from '../../../core/loadable.ts'
import { createProduct, slotOf, type Making } from '../../../core/product.ts'
import type { JobClient } from '../../../jobs/job-client.ts'
import { mlpOutputs } from '../../../ml/mlp.ts'
import type { DrawnEvent } from '../analysis/draw-map.ts'
import type { OpenedEvent } from '../analysis/open-events.ts'
import type { ModelEvents } from '../analysis/models.ts'
import { forSetsOf, linearEncoderId, type MapEncoder } from '../analysis/map-encoder.ts'
import type { EncoderAddress } from '../catalogue.ts'
import { datasetOf, sampleUrl, type EventsDataset } from '../datasets.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsJobs } from '../jobs.ts'
import type { EventsContext } from '../model.ts'
import type { EventsMap } from './events-state.ts'
import { startEncoder } from './start-encoder.ts'
import { trainedEncoder, trainedId } from './trained-encoder.ts'

/** All that decides what is on the map. */
const keyOf = ({ dataset, model, perSet, sets, seed }: EventsIntent): string =>
  JSON.stringify([dataset, model, perSet, sets, seed])

/**
 * Keeps the map in step with the intent: the latest question wins. Events that are here are not fetched again; what was on the
 * map stays there until the first sets of the newcomer come.
 */
export function startMapEffect(
  { store, platform }: Pick<EventsContext, 'store' | 'platform'>,
  compute: JobClient<EventsJobs>,
  shipped: readonly EncoderAddress[],
) {
  const product = createProduct(slotOf(store, 'map'))
  /** Events that were read whole, by dataset: the last one only. */
  let read: { dataset: string; models: readonly ModelEvents[] } | undefined

  async function make({ signal, tell }: Making<EventsMap>): Promise<EventsMap | null> {
    const { intent } = store.getState()
    const { sets, seed } = intent
    const dataset = datasetFor(intent)
    const encoder = await encoderFor(intent, signal)
    const perSet = encoder?.perSet ?? intent.perSet
    const draft = createDraft(dataset, perSet, sets, () => signal.aborted)
    const onProgress = (event: OpenedEvent) => {
      const news = draft.take(event)
      if (news) tell(() => news)
    }
    const settings = { perSet, sets, seed, encoder }
    if (read?.dataset === dataset.id) {
      draft.models.push(...read.models)
      await compute.run('draw-map', { models: read.models, ...settings }, { signal, onProgress }).promise
    } else {
      const samples = dataset.models.map(({ id, label }) => ({
        ...{ id, title: label },
        manifestUrl: sampleUrl(platform.page, id),
      }))
      await compute.run('open-events', { samples, ...settings }, { signal, onProgress }).promise
    }
    const map = draft.map()
    if (map) read = { dataset: dataset.id, models: map.models }
    return map
  }

  /** The encoder asked for; null for the best linear map. @throws AppError 'model/mismatch' for one that is not here */
  async function encoderFor(
    { dataset, model, perSet }: EventsIntent,
    signal: AbortSignal,
  ): Promise<MapEncoder | null> {
    const id = model ?? startEncoder(dataset, shipped)
    if (id === linearEncoderId) return null
    const trained = id === trainedId ? trainedEncoder(store.getState()) : null
    if (trained) return forSetsOf(trained, perSet)
    const address = shipped.find((each) => each.id === id)
    if (address) {
      const { encoder } = await compute.run('load-encoder', address, { signal }).promise
      return forSetsOf(encoder, perSet)
    }
    throw new AppError(
      'model/mismatch',
      id === trainedId
        ? 'The encoder of this link was trained in a page: train it here (Train, Play), or choose another in Data.'
        : `There is no encoder "${id}" here; this page has ${[linearEncoderId, ...shipped.map((each) => each.id)].join(', ')}. Choose one in Data.`,
      { model: id },
    )
  }

  const open = () => void product.ensure(keyOf(store.getState().intent), 'Reading events', make)
  const stop = store.subscribe(({ intent }) => keyOf(intent), open)
  open()
  return {
    retry: () => void product.make('Reading events', make, { key: keyOf(store.getState().intent) }),
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
    `There are no events called "${dataset}" here. Choose Gluinos or Dark matter in the menu above.`,
    { dataset },
  )
}

/** The map as it fills. */
function createDraft(
  { id, models: listed }: EventsDataset,
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
      ...{ dataset: id, ids, models: [...models], encoder, perSet, dimensions: mlpOutputs(encoder.mlp) },
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
