import type { Study } from '../../core/study.ts'
import { datasetOf, eventsDatasets } from './datasets.ts'
import { eventsDefaults } from './default-intent.ts'
import type { EventsParts } from './open.ts'
import { ownDataset } from './own-dataset.ts'
import { emptyEvents, nothingShown } from './state/events-state.ts'

/** Models of new physics by their events: sets of events on a map that an encoder learns. */
export const events: Study<EventsParts> = {
  id: 'events',
  title: 'Events',
  datasets: [...eventsDatasets, ownDataset],
  defaults: eventsDefaults,
  emptyState: emptyEvents,
  views: {
    explore: {
      phrase: 'Explore the map of models',
      load: async () => (await import('./views/explore/ExploreView.tsx')).ExploreView,
    },
    compare: {
      phrase: 'Maps of models side by side',
      load: async () => (await import('./views/compare/CompareView.tsx')).CompareView,
    },
    interpret: {
      phrase: 'Tell models apart',
      load: async () => (await import('./views/interpret/InterpretView.tsx')).InterpretView,
    },
    train: {
      phrase: 'Train an encoder of sets of events',
      load: async () => (await import('./views/train/TrainView.tsx')).TrainView,
    },
    data: {
      phrase: 'Samples of events',
      load: async () => (await import('./views/data/DataView.tsx')).DataView,
    },
  },
  open: async (context) => (await import('./open.ts')).openEvents(context),
  linkPart: async () => (await import('./link-part.ts')).eventsLinkPart,
  datasetOf: ({ dataset }) => (datasetOf(dataset) || dataset === ownDataset.id ? dataset : null),
  showDataset: (_intent, id) => ({ dataset: id, files: [], ...nothingShown }),
  notCarried: async (state, intent) =>
    (await import('./state/not-carried.ts')).eventsNotCarried(state, intent),
  check: async (intent, platform) => (await import('./state/known-ids.ts')).checkIds(intent, platform),
  lacking: async (lacks, asked, context) =>
    (await import('./state/lacking.ts')).eventsLacking(lacks, asked, context),
  bundled: ({ bundling }) => bundling.bundled(),
  unbundle: (items, { bundling }) => bundling.unbundle(items),
  takes: [
    {
      owns: async (files) => (await import('./analysis/own-files/choose-events.ts')).ownModelFiles(files),
      choose: async (files) =>
        (await import('./analysis/own-files/choose-events.ts')).chooseModelFiles(files),
      take: (files, { dropEncoder }) => dropEncoder(files),
    },
    {
      owns: async (files) => (await import('./analysis/own-files/choose-events.ts')).ownEvents(files),
      choose: async (files) => (await import('./analysis/own-files/choose-events.ts')).chooseEvents(files),
      take: (files, { dropFiles }) => dropFiles(files),
    },
  ],
  commands: async (open) => (await import('./views/commands.ts')).eventsCommands(open),
  // Samples lie side by side in one folder.
  keepOffline: ({ map: { status, value } }) =>
    status === 'ready' && value && datasetOf(value.dataset) ? `samples/${value.ids[0]}.json` : undefined,
  describe: ({ map }) => (map.value ? `encoder ${map.value.encoder.id}` : ''),
}
