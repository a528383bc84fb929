import type { Study } from '../../../core/study.ts'
import { blobsDefaults } from './default-intent.ts'
import { noPoints } from './model.ts'
import type { BlobsParts } from './open.ts'

/** Three Gaussian classes in four dimensions: what a study of maps is made of, and nothing else. */
export const blobs: Study<BlobsParts> = {
  id: 'blobs',
  title: 'Gaussian blobs',
  datasets: [{ id: 'blobs-4d', title: 'Three Gaussian classes in four dimensions' }],
  defaults: blobsDefaults,
  emptyState: noPoints,
  views: {
    explore: {
      phrase: 'Explore the blobs',
      load: async () => (await import('./views/ExploreView.tsx')).ExploreView,
    },
    compare: {
      phrase: 'Maps of blobs side by side',
      load: async () => (await import('./views/CompareView.tsx')).CompareView,
    },
    train: {
      phrase: 'Train an encoder of blobs',
      load: async () => (await import('./views/TrainView.tsx')).TrainView,
    },
    data: {
      phrase: 'Draw blobs, drop points',
      load: async () => (await import('./views/DataView.tsx')).DataView,
    },
  },
  open: async (context) => (await import('./open.ts')).openBlobs(context),
  linkPart: async () => (await import('./intent.ts')).blobsLinkPart,
  datasetOf: () => 'blobs-4d',
  showDataset: () => ({}),
  takes: [
    {
      choose: async (files) => (await import('./analysis/draw-blobs.ts')).pointsFile.choose(files),
      take: async ([file], { drop }) => drop(file),
    },
  ],
  commands: async (open) => [
    {
      id: 'blobs-next-seed',
      group: 'Blobs',
      label: 'Draw the blobs from the next seed',
      run: () =>
        void open().then(({ context }) => context.change({ seed: context.store.getState().intent.seed + 1 })),
    },
  ],
}
