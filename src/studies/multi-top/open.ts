import { keepMade } from '../../core/keep-made.ts'
import { createProduct, slotOf, type Make } from '../../core/product.ts'
import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import type { ComparedMaps } from '../../numerics/compared-maps.ts'
import type { HiddenEvent, HiddenEventRequest } from './analysis/interpret/hidden-event.ts'
import type { SearchNews, SearchView } from './analysis/search/search-view.ts'
import type { TransformerSource } from './analysis/transformer-source.ts'
import type { TransformerCard } from '../../ml/transformer/transformer-files.ts'
import { sampleUrl, topClasses } from './datasets.ts'
import type { MultiTopIntent } from './intent.ts'
import type { MultiTopContext, MultiTopModel } from './model.ts'
import { learnedKey, makeLearned } from './state/learned-effect.ts'
import { createBundling } from './state/bundling.ts'
import { createOwnEventFiles } from './state/own-event-file.ts'
import { createOwnTransformers } from './state/own-transformers.ts'
import { createTransformerDrops } from './state/transformer-drops.ts'
import { createFileActions } from './state/file-actions.ts'
import { createModelActions } from './state/model-actions.ts'
import { createTransformerTrainings } from './state/transformer-trainings.ts'
import { makeTsne, tsneKey } from './state/tsne-effect.ts'

/** Starts this study: events are read, laid on a map, and its views get what they act with. */
export function openMultiTop(context: MultiTopContext) {
  const { store, jobs, platform } = context
  const compute = jobs('compute')
  const ml = jobs('ml')
  const urls = topClasses.map(({ id }) => sampleUrl(platform.page, id))
  const transformers = createOwnTransformers(context)
  const transformer = createProduct(slotOf(store, 'transformer'))
  const wantedTransformer = ({ intent: { model } }: { intent: Pick<MultiTopIntent, 'model'> }) => ({
    key: model ?? 'shipped',
    make: async () => ({ id: model, source: await transformers.source(model) }),
  })
  const looking = 'Looking for the transformer'
  keepMade(store, transformer, looking, wantedTransformer)
  /** Once more for one that was not here, and is now. */
  const lookAgain = () => {
    const { key, make } = wantedTransformer(store.getState())
    if (transformer.get().status === 'failed') void transformer.make(looking, make, { key })
  }
  const files = createFileActions(context, compute, createOwnEventFiles(platform))
  const events = createProduct(slotOf(store, 'events'))
  keepMade(store, events, 'Reading events', ({ intent: { perClass, seed } }) => ({
    key: JSON.stringify([perClass, seed]),
    make: ({ signal, onProgress }) => {
      const samples = topClasses.map(({ id }, c) => ({ id, manifestUrl: urls[c] }))
      return compute.run('map-events', { samples, perClass, seed }, { signal, onProgress }).promise
    },
  }))
  keepMade(store, createProduct(slotOf(store, 'learned')), 'Asking the transformer', (state) => ({
    key: learnedKey(state),
    make: makeLearned(state, compute),
  }))
  keepMade(store, createProduct(slotOf(store, 'tsne')), 'Laying events out', (state) => ({
    key: tsneKey(state),
    make: makeTsne(state, compute),
  }))
  return {
    ...{ context, events, cores: platform.cores },
    /** False where trained transformers are gone with the page. */
    isDurable: () => transformers.durable,
    training: createTransformerTrainings(context, ml),
    ...files,
    ...createTransformerDrops(context, compute, transformers, lookAgain),
    bundling: createBundling({ context, transformers, compute, ...files, lookAgain }),
    ...createModelActions(context, ml, transformers),
    /** What a transformer says of itself. */
    cardOf: (source: TransformerSource): Promise<TransformerCard> =>
      compute.run('read-transformer', { source }).promise,
    samples: createProduct(slotOf(store, 'samples')),
    seen: createProduct(slotOf(store, 'seen')),
    /** Shows the transformer an event of the map without some of its numbers. */
    hide:
      (request: HiddenEventRequest): Make<HiddenEvent> =>
      ({ signal, tell }) =>
        compute.run('hidden-event', request, {
          signal,
          onProgress: ({ fraction, seen }) => tell(() => ({ fraction, ...(seen && { value: seen }) })),
        }).promise,
    found: createProduct(slotOf(store, 'found')),
    /** Scores the Standard Model, the signal that is chosen and the events of the map. */
    search:
      (): Make<SearchView> =>
      async ({ signal, tell }) => {
        const { events: shown, transformer, intent } = store.getState()
        if (!shown.value || !transformer.value) return null
        const { raw, filled, labels, events: count } = shown.value
        const sample = (id: string) => ({ id, manifestUrl: sampleUrl(platform.page, id) })
        const request = {
          ...{ transformer: transformer.value.source, samples: topClasses.map(({ id }) => sample(id)) },
          ...{ signal: sample(intent.signal), map: { raw, filled, labels, events: count } },
          ...{ splitSeed: intent.seed, seed: intent.seed },
          own: store.getState().ownFile && files.shownFile(),
        }
        const onProgress = ({ doing, fraction }: SearchNews) => tell(() => ({ label: doing, fraction }))
        return compute.run('search-view', request, { signal, onProgress }).promise
      },
    readSamples: (): Make<SampleManifest[]> => (making) =>
      compute.run('read-samples', { manifestUrls: urls }, making).promise,
    compared: createProduct(slotOf(store, 'compared')),
    /** Lays the input space and learned ones beside one another; "learned" is of the transformer that is chosen. */
    compare:
      (ids: readonly string[]): Make<ComparedMaps> =>
      async (making) => {
        const { events: shown, transformer, intent } = store.getState()
        if (!shown.value || !transformer.value) return null
        const sources = await Promise.all(
          ids
            .filter((id) => id !== 'input')
            .map(
              async (id) =>
                [id, id === 'learned' ? transformer.value!.source : await transformers.source(id)] as const,
            ),
        )
        const { raw, filled, labels, events: count, components } = shown.value
        const request = {
          ...{ ids, transformers: Object.fromEntries(sources), neighbours: intent.neighbours },
          events: { raw, filled, labels, events: count },
          input: Float32Array.from(components),
        }
        return compute.run('compare-maps', request, making).promise
      },
  }
}

/** All types of this study. */
export interface MultiTopParts extends MultiTopModel {
  handle: ReturnType<typeof openMultiTop>
}
