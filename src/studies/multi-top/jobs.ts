import type { SampleManifest } from '../../dataset/event-samples/sample-manifest.ts'
import type { HiddenEvent, HiddenEventRequest } from './analysis/interpret/hidden-event.ts'
import type { MapEvents, MapRequest } from './analysis/map/map-events.ts'
import type { TsneMapRequest, TsneNews, TsneOnMap } from './analysis/map/tsne-map.ts'

/** What the compute script does for this study. */
export type MultiTopJobs = {
  'map-events': { request: MapRequest; progress: number; result: MapEvents }
  'hidden-event': { request: HiddenEventRequest; progress: number; result: HiddenEvent }
  'tsne-map': { request: TsneMapRequest; progress: TsneNews; result: TsneOnMap }
  'read-samples': { request: { manifestUrls: readonly string[] }; progress: never; result: SampleManifest[] }
}
