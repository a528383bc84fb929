import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { hiddenEvent } from './analysis/interpret/hidden-event.ts'
import { compareEvents } from './analysis/compare-events.ts'
import { learnedMap } from './analysis/map/learned-map.ts'
import { mapEvents } from './analysis/map/map-events.ts'
import { importTransformer } from './analysis/own-transformers/import-transformer.ts'
import { readOwnEvents } from './analysis/own-events/read-own-events.ts'
import { placeEvents } from './analysis/own-events/place-events.ts'
import { searchView } from './analysis/search/search-view.ts'
import { tsneMap } from './analysis/map/tsne-map.ts'
import { loadTransformer } from './analysis/transformer-source.ts'
import { readSamples } from './analysis/read-samples.ts'
import type { MultiTopJobs } from './jobs.ts'

/** Found by the compute worker; a job without a handler does not compile. */
export const handlers: JobHandlers<MultiTopJobs> = {
  'map-events': (request, { signal }) => mapEvents(request, { signal }),
  'read-transformer': async ({ source }, { signal }) => (await loadTransformer(source, { signal })).card,
  'learned-map': (request, { signal }) => learnedMap(request, { signal }),
  'compare-maps': (request, { signal }) => compareEvents(request, { signal }),
  'hidden-event': (request, { signal }) => hiddenEvent(request, { signal }),
  'place-events': (request, { signal }) => placeEvents(request, { signal }),
  'count-events': async ({ name, bytes }) => (await readOwnEvents(name, bytes)).raw.events,
  'import-transformer': ({ files }) => importTransformer(files),
  'search-view': (request, { signal }) => searchView(request, { signal }),
  'tsne-map': (request) => tsneMap(request),
  'read-samples': (request, { signal }) => readSamples(request, { signal }),
}
