import { createProduct, slotOf, type Make } from '../../core/product.ts'
import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import type { EventsContext, EventsModel } from './model.ts'
import type { FeatureImportance, ImportanceRequest } from './analysis/feature-importance.ts'
import { shippedEncoders } from './catalogue.ts'
import { sampleUrl } from './datasets.ts'
import { createBundling } from './state/bundling.ts'
import { createEncoderFiles } from './state/encoder-files.ts'
import { createCompareActions } from './state/compare-actions.ts'
import { createOwnFiles } from './state/own-files.ts'
import { createFileActions } from './state/file-actions.ts'
import { startLiveEffect } from './state/live-effect.ts'
import { startMapEffect } from './state/map-effect.ts'
import { createLoadEncoder } from './state/load-encoder.ts'
import { createOwnEncoders } from './state/own-encoders.ts'
import { createPairActions } from './state/pair-actions.ts'
import { createRatioActions } from './state/ratio-actions.ts'
import { createTrainingActions } from './state/training-actions.ts'

/** Starts this study: events are read, and its views get what they act with. */
export function openEvents(context: EventsContext) {
  const { store, jobs, platform } = context
  const compute = jobs('compute')
  const encoders = shippedEncoders(platform.page)
  const files = createOwnFiles(platform)
  // Those of earlier visits come when they are read: a map of samples does not wait for them.
  files.watch((list) => store.setState({ ownFiles: list }))
  void files.known().then((list) => store.setState({ ownFiles: list }))
  const own = createOwnEncoders(platform)
  own.watch((ownEncoders) => store.setState({ ownEncoders }))
  void own.known().then((ownEncoders) => store.setState({ ownEncoders }))
  const loadEncoder = createLoadEncoder(compute, encoders, own)
  const { retry } = startMapEffect(context, compute, encoders, files, loadEncoder)
  const live = startLiveEffect(context)
  return {
    ...{ context, store, retry, encoders },
    training: createTrainingActions(context, own),
    warmLive: () => live.warm(),
    samples: createProduct(slotOf(store, 'samples')),
    readSamples(ids: readonly string[]): Make<SampleManifest[]> {
      const manifestUrls = ids.map((id) => sampleUrl(platform.page, id))
      return (making) => compute.run('read-samples', { manifestUrls }, making).promise
    },
    ...createPairActions(context),
    ...createRatioActions(context),
    ...createFileActions(context, files),
    ...createEncoderFiles(context, compute, own, encoders),
    bundling: createBundling({ context, files, encoders: own, compute, shipped: encoders }),
    importance: createProduct(slotOf(store, 'importance')),
    askImportance(request: ImportanceRequest): Make<FeatureImportance> {
      return (making) => compute.run('feature-importance', request, making).promise
    },
    ...createCompareActions(context, compute, loadEncoder),
  }
}

/** All types of this study. */
export interface EventsParts extends EventsModel {
  handle: ReturnType<typeof openEvents>
}
