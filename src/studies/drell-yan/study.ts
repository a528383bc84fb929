import type { Study } from '../../core/study.ts'
import { shippedDatasets } from './datasets.ts'
import { drellYanDefaults } from './default-intent.ts'
import type { DrellYanParts } from './open.ts'
import { emptyResults, isExact } from './state/drell-yan-state.ts'
import { linkHashes } from './state/link-hashes.ts'
import { nothingShown } from './state/nothing-shown.ts'

/** SMEFT Drell-Yan: maps of universes, classification and anomalies, encoders trained in the page. */
export const drellYan: Study<DrellYanParts> = {
  id: 'drell-yan',
  title: 'Drell-Yan',
  datasets: shippedDatasets,
  defaults: drellYanDefaults,
  emptyState: emptyResults,
  views: {
    explore: {
      phrase: 'Explore the map',
      load: async () => (await import('./views/explore/ExploreView.tsx')).ExploreView,
    },
    compare: {
      phrase: 'Compare maps side by side',
      load: async () => (await import('./views/compare/CompareView.tsx')).CompareView,
    },
    interpret: {
      phrase: 'Interpret a spectrum',
      load: async () => (await import('./views/interpret/InterpretView.tsx')).InterpretView,
    },
    train: {
      phrase: 'Train an encoder',
      load: async () => (await import('./views/train/TrainView.tsx')).TrainView,
    },
    data: {
      phrase: 'Data, files and set-up',
      load: async () => (await import('./views/data/DataView.tsx')).DataView,
    },
  },
  open: async (context) => (await import('./open.ts')).openDrellYan(context),
  linkPart: async () => (await import('./link-part.ts')).drellYanLinkPart,
  datasetOf: ({ dataset, setup }) => (setup || dataset.startsWith('measured-') ? null : dataset),
  nameOfMade: ({ measured: { value } }, { dataset, setup }) =>
    value && !setup && value.id === dataset ? `${value.measurement.title}, measured` : null,
  showDataset(_intent, id) {
    const entry = shippedDatasets.find((each) => each.id === id)
    if (!entry) return {}
    return { dataset: id, model: entry.model, order: entry.order, ...nothingShown }
  },
  describe: ({ dataset }) => (dataset.value ? `encoder ${dataset.value.encoder.id}` : ''),
  check: async (intent, platform) => (await import('./state/known-ids.ts')).checkIds(intent, platform),
  hashes: linkHashes,
  async compareHashes(context, hashes, leave) {
    if (!hashes.dataHash && !hashes.modelHash) return
    const asked = context.store.getState().intent
    const { tellOtherContent } = await import('./state/other-than-link.ts')
    tellOtherContent(context, hashes, leave, asked)
  },
  notCarried: async (state, intent) =>
    (await import('./state/not-carried.ts')).drellYanNotCarried(state, intent),
  lacking: async (lacks, asked, context) =>
    (await import('./state/lacking.ts')).drellYanLacking(lacks, asked, context),
  bundled: async (handle) => (await handle.openBundling()).bundled(handle),
  unbundle: async (items, handle) => (await handle.openBundling()).unbundle(items, handle),
  takes: [
    {
      owns: async (files) => (await import('./analysis/dropped-kind.ts')).ownFiles(files),
      choose: (files) => files,
      take: (files, { files: actions }) => actions.drop(files),
    },
  ],
  commands: async (open) => (await import('./views/commands.ts')).drellYanCommands(open),
  facts: async () => (await import('./state/lesson-facts.ts')).drellYanFacts,
  keepOffline: (results, intent) =>
    isExact(results)
      ? results.catalogue.datasets.find(({ id }) => id === intent.dataset)?.manifestUrl
      : undefined,
}
