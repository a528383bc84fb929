import { keepMade } from '../../core/keep-made.ts'
import { createProduct, slotOf, type Make } from '../../core/product.ts'
import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import type { HiddenEvent, HiddenEventRequest } from './analysis/interpret/hidden-event.ts'
import { shippedTransformer } from './catalogue.ts'
import { sampleUrl, topClasses } from './datasets.ts'
import type { MultiTopContext, MultiTopModel } from './model.ts'
import { makeTsne, tsneKey } from './state/tsne-effect.ts'

/** Starts this study: events are read, laid on a map, and its views get what they act with. */
export function openMultiTop(context: MultiTopContext) {
  const { store, jobs, platform } = context
  const compute = jobs('compute')
  const urls = topClasses.map(({ id }) => sampleUrl(platform.page, id))
  const events = createProduct(slotOf(store, 'events'))
  keepMade(store, events, 'Reading events', ({ intent: { perClass, seed } }) => ({
    key: JSON.stringify([perClass, seed]),
    make: ({ signal, onProgress }) => {
      const samples = topClasses.map(({ id }, c) => ({ id, manifestUrl: urls[c] }))
      return compute.run('map-events', { samples, perClass, seed }, { signal, onProgress }).promise
    },
  }))
  keepMade(store, createProduct(slotOf(store, 'tsne')), 'Laying events out', (state) => ({
    key: tsneKey(state),
    make: makeTsne(state, compute),
  }))
  return {
    context,
    events,
    samples: createProduct(slotOf(store, 'samples')),
    seen: createProduct(slotOf(store, 'seen')),
    transformer: shippedTransformer(platform.page),
    /** Shows the transformer an event of the map without some of its numbers. */
    hide:
      (request: HiddenEventRequest): Make<HiddenEvent> =>
      ({ signal, onProgress }) =>
        compute.run('hidden-event', request, { signal, onProgress }).promise,
    readSamples: (): Make<SampleManifest[]> => (making) =>
      compute.run('read-samples', { manifestUrls: urls }, making).promise,
  }
}

/** All types of this study. */
export interface MultiTopParts extends MultiTopModel {
  handle: ReturnType<typeof openMultiTop>
}
