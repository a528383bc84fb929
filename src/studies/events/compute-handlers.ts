import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { drawMap } from './analysis/draw-map.ts'
import { liveEvents } from './analysis/live/live-events.ts'
import { openEvents } from './analysis/open-events.ts'
import type { EventsJobs } from './jobs.ts'

/** Found by the compute worker; a job without a handler does not compile. */
export const handlers: JobHandlers<EventsJobs> = {
  'open-events': (request, { signal }) => openEvents(request, { signal }),
  'draw-map': (request) => drawMap(request),
  'live-model': (request) => liveEvents(request),
}
