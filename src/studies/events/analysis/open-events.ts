import type { HttpOptions } from '../../../dataset/http.ts'
import { loadSample } from '../../../dataset/event-samples/load-sample.ts'
import { streamSample } from '../../../dataset/event-samples/stream-sample.ts'
import { drawMap, setsOfModel, type DrawnEvent, type DrawSettings } from './draw-map.ts'
import { eventFeatures, featuresPerEvent } from './features/event-features.ts'
import { loadEncodeSets, type MapEncoder } from './map-encoder.ts'
import type { ModelEvents } from './models.ts'

export interface OpenRequest extends DrawSettings {
  /** Addresses of the manifests of the samples, in the order of the models. */
  samples: readonly { id: string; title: string; manifestUrl: string }[]
  /** null: the best linear map, once all events are here */
  encoder: MapEncoder | null
}

export type OpenedEvent =
  /** Read so far, 0..1. */
  { kind: 'stage'; label: string; fraction: number } | { kind: 'model'; model: ModelEvents } | DrawnEvent

/**
 * Events of models as they stream in, each block verified by its hash, as features; and the sets of each model on the map, as
 * soon as its events are here.
 *
 * @throws AppError as streamSample
 */
export async function* openEvents(
  { samples, encoder, ...settings }: OpenRequest,
  http: HttpOptions,
): AsyncGenerator<OpenedEvent, { sets: number }> {
  const encode = encoder && (await loadEncodeSets(encoder))
  if (encoder) yield { kind: 'encoder', encoder }
  const models: ModelEvents[] = []
  for (const [m, { id, title, manifestUrl }] of samples.entries()) {
    const manifest = await loadSample(manifestUrl, http)
    const features = new Float32Array(manifest.events * featuresPerEvent)
    let read = 0
    for await (const block of streamSample(manifest, manifestUrl, http)) {
      features.set(eventFeatures(block), read * featuresPerEvent)
      read += block.events
      const fraction = (m + read / manifest.events) / samples.length
      yield { kind: 'stage', label: `Reading ${title}`, fraction }
    }
    const model: ModelEvents = { id, title, features, events: manifest.events }
    models.push(model)
    yield { kind: 'model', model }
    if (encoder && encode) yield setsOfModel(model, m, encoder, encode, settings)
  }
  if (!encoder) yield* drawMap({ models, encoder, ...settings })
  return { sets: samples.length * settings.sets }
}
