import type { Study } from '../../core/study.ts'
import { topPairDefaults } from './default-intent.ts'
import type { TopPairParts } from './open.ts'
import { emptyFit } from './state/fit-state.ts'

const datasetId = 'tt-13tev'

/** Top-quark pairs: from events to Wilson coefficients, by counts, learned and exact ratios. */
export const topPair: Study<TopPairParts> = {
  id: 'top-pair',
  title: 'Top-quark pairs',
  datasets: [{ id: datasetId, title: 'Top-quark pairs' }],
  defaults: topPairDefaults,
  emptyState: { fit: emptyFit },
  views: {
    fit: {
      phrase: 'Fit Wilson coefficients to top pairs',
      load: async () => (await import('./views/FitView.tsx')).FitView,
    },
  },
  open: async (context) => (await import('./open.ts')).openTopPair(context),
  linkPart: async () => (await import('./link-part.ts')).topPairLinkPart,
  datasetOf: () => datasetId,
  showDataset: () => ({}),
  notCarried: async ({ fit }) => (await import('./state/not-carried.ts')).topPairNotCarried(fit),
  lacking: async (lacks, _asked, context) =>
    (await import('./state/lacking.ts')).topPairLacking(lacks, context),
  bundled: async ({ store }) => (await import('./state/fit-bundle.ts')).bundledFit(store.getState().fit),
  unbundle: async (items, handle) => (await import('./state/fit-bundle.ts')).unbundledFit(items, handle),
  takes: [
    {
      folders: true,
      packed: /plan[^/\\]*\.json/,
      owns: async (files) => (await import('./state/planned-files.ts')).choosePlanned(files),
      choose: () => [],
      take: async (files, { fit }) => fit.takePlan(files),
    },
    {
      owns: async (files) => (await import('./analysis/choose-networks.ts')).chooseNetworks(files),
      choose: async (files) => (await import('./analysis/choose-networks.ts')).chooseNetworks(files),
      take: async (files, { fit }) => fit.dropNetworks(files),
    },
    {
      owns: async (files) => (await import('./analysis/choose-chain.ts')).ownChain(files),
      choose: () => [],
      take: async (files, { fit }) => fit.dropChain(files),
    },
    {
      owns: async (files, front) => (await import('./analysis/choose-events.ts')).ownEvents(files, front),
      choose: async (files) => (await import('./analysis/choose-events.ts')).chooseEvents(files),
      take: async ([file], { fit }) => fit.drop(file),
    },
  ],
  commands: async (open) => (await import('./views/commands.ts')).topPairCommands(open),
}
