import type { Study } from '../../core/study.ts'
import { multiTopDataset } from './datasets.ts'
import { multiTopDefaults } from './default-intent.ts'
import { emptyMultiTop } from './model.ts'
import type { MultiTopParts } from './open.ts'

/** Events of zero to four top quarks as a transformer is given them. */
export const multiTop: Study<MultiTopParts> = {
  id: 'multi-top',
  title: 'Top quarks in numbers',
  datasets: [multiTopDataset],
  defaults: multiTopDefaults,
  emptyState: emptyMultiTop,
  views: {
    explore: {
      phrase: 'Explore events of zero to four top quarks',
      load: async () => (await import('./views/ExploreView.tsx')).ExploreView,
    },
    interpret: {
      phrase: 'Hide numbers of an event from a transformer',
      load: async () => (await import('./views/interpret/InterpretView.tsx')).InterpretView,
    },
    compare: {
      phrase: 'Input and learned spaces side by side',
      load: async () => (await import('./views/compare/CompareView.tsx')).CompareView,
    },
    train: {
      phrase: 'Train a transformer of events',
      load: async () => (await import('./views/train/TrainView.tsx')).TrainView,
    },
    data: {
      phrase: 'Samples of zero to four top quarks',
      load: async () => (await import('./views/DataView.tsx')).DataView,
    },
  },
  open: async (context) => (await import('./open.ts')).openMultiTop(context),
  linkPart: async () => (await import('./link-part.ts')).multiTopLinkPart,
  datasetOf: () => multiTopDataset.id,
  showDataset: () => ({}),
  lacking: async (lacks, _asked, { platform }) =>
    (await import('./state/lacking.ts')).multiTopLacking(lacks, platform),
  bundled: ({ bundling }) => bundling.bundled(),
  unbundle: (items, { bundling }) => bundling.unbundle(items),
  takes: [
    {
      owns: async (files) =>
        (await import('./analysis/own-transformers/choose-transformer-files.ts')).chooseTransformerFiles(
          files,
        ),
      choose: async (files) =>
        (await import('./analysis/own-transformers/choose-transformer-files.ts')).chooseTransformerFiles(
          files,
        ),
      take: (files, { dropTransformer }) => dropTransformer(files),
    },
    {
      owns: async (files, front) =>
        (await import('./analysis/own-events/choose-own-events.ts')).ownEvents(files, front),
      choose: async (files) =>
        (await import('./analysis/own-events/choose-own-events.ts')).chooseOwnEvents(files),
      take: (files, { dropFile }) => dropFile(files),
    },
  ],
  notCarried: async (state, intent) =>
    (await import('./state/not-carried.ts')).multiTopNotCarried(state, intent),
  describe: ({ events }) => (events.value ? `${events.value.events} events` : ''),
}
