import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { compareSets } from './analysis/compare-sets.ts'
import { distanceReport } from './analysis/distances/distance-report.ts'
import { fileRatios } from './analysis/own-files/file-ratios.ts'
import { setSizeCurve } from './analysis/distances/set-size-curve.ts'
import { drawMap } from './analysis/draw-map.ts'
import { encoderLimits } from './analysis/encoder/encoder-limits.ts'
import { exportTrained, importEncoder } from './analysis/encoder/export-trained.ts'
import { loadShipped } from './analysis/encoder/load-shipped.ts'
import { featureImportance } from './analysis/feature-importance.ts'
import { liveEvents, warmed } from './analysis/live/live-events.ts'
import { openEvents } from './analysis/open-events.ts'
import { placeFile } from './analysis/own-files/place-file.ts'
import { readOwnFile } from './analysis/own-files/read-own-file.ts'
import { readSamples } from './analysis/read-samples.ts'
import { twinTest } from './analysis/twin-test.ts'
import type { EventsJobs } from './jobs.ts'

/** Found by the compute worker; a job without a handler does not compile. */
export const handlers: JobHandlers<EventsJobs> = {
  'open-events': (request, { signal }) => openEvents(request, { signal }),
  'draw-map': (request) => drawMap(request),
  'load-encoder': (request, { signal }) => loadShipped(request, { signal }),
  'export-encoder': (request) => exportTrained(request),
  'import-encoder': (request) => importEncoder(request),
  'encoder-limits': (request) => encoderLimits(request),
  'read-events': (request) => readOwnFile(request),
  'place-file': (request) => placeFile(request),
  'read-samples': (request, { signal }) => readSamples(request, { signal }),
  'compare-maps': compareSets,
  'feature-importance': (request) => featureImportance(request),
  distances: (request) => distanceReport(request),
  'set-size-curve': (request) => setSizeCurve(request),
  'twin-test': (request) => twinTest(request),
  'warm-live': () => warmed(),
  'live-model': (request) => liveEvents(request),
  'event-ratio': (request) => fileRatios(request),
}
