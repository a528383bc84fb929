import { createProduct, slotOf, type Make } from '../../core/product.ts'
import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import type { ComparedMaps } from '../../numerics/compared-maps.ts'
import type { SetsToCompare } from './analysis/compare-sets.ts'
import type { EventsContext, EventsModel } from './model.ts'
import type { FeatureImportance, ImportanceRequest } from './analysis/feature-importance.ts'
import { shippedEncoders } from './catalogue.ts'
import { sampleUrl } from './datasets.ts'
import { onOtherMap } from './state/events-state.ts'
import { createEventsTrainings } from './state/events-trainings.ts'
import { createOwnFiles } from './state/own-files.ts'
import { createFileActions } from './state/file-actions.ts'
import { startLiveEffect } from './state/live-effect.ts'
import { startMapEffect } from './state/map-effect.ts'
import { createPairActions } from './state/pair-actions.ts'
import { trainedId } from './state/trained-encoder.ts'

/** Starts this study: events are read, and its views get what they act with. */
export function openEvents(context: EventsContext) {
  const { store, jobs, platform } = context
  const compute = jobs('compute')
  const encoders = shippedEncoders(platform.page)
  const files = createOwnFiles(platform)
  // Those of earlier visits come when they are read: a map of samples does not wait for them.
  files.watch((list) => store.setState({ ownFiles: list }))
  void files.known().then((list) => store.setState({ ownFiles: list }))
  const { retry } = startMapEffect(context, compute, encoders, files)
  startLiveEffect(context)
  return {
    ...{ context, store, retry, encoders },
    training: createEventsTrainings(context, jobs('ml')),
    /** The map through the encoder that was trained; pressed again, the newest one. */
    useTrained(): void {
      context.change({ model: trainedId, ...onOtherMap })
      retry()
    },
    samples: createProduct(slotOf(store, 'samples')),
    readSamples(ids: readonly string[]): Make<SampleManifest[]> {
      const manifestUrls = ids.map((id) => sampleUrl(platform.page, id))
      return (making) => compute.run('read-samples', { manifestUrls }, making).promise
    },
    ...createPairActions(context),
    ...createFileActions(context, files),
    importance: createProduct(slotOf(store, 'importance')),
    askImportance(request: ImportanceRequest): Make<FeatureImportance> {
      return (making) => compute.run('feature-importance', request, making).promise
    },
    compared: createProduct(slotOf(store, 'compared')),
    compare(request: SetsToCompare): Make<ComparedMaps> {
      return (making) => compute.run('compare-maps', request, making).promise
    },
  }
}

/** All types of this study. */
export interface EventsParts extends EventsModel {
  handle: ReturnType<typeof openEvents>
}
