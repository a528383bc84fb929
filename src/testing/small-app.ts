import { createMemoryCheckpointStore, type CheckpointStore } from '../core/checkpoint-store.ts'
import { lendingProducts } from '../core/lending-products.ts'
import { createMemoryProducts } from '../core/product-store.ts'
import { createMemoryRecords } from '../core/record-store.ts'
import type { SeenIntent } from '../core/study-store.ts'
import { createWorkMeter } from '../core/work-meter.ts'
import { drellYanDefaults } from '../studies/drell-yan/default-intent.ts'
import type { DrellYanIntent } from '../studies/drell-yan/intent.ts'
import type { DrellYanJobs } from '../studies/drell-yan/jobs.ts'
import { createActions } from '../studies/drell-yan/state/actions.ts'
import { startDatasetEffects } from '../studies/drell-yan/state/dataset-effects.ts'
import type { Catalogue, OpenDataset, RowsOnMap } from '../studies/drell-yan/state/drell-yan-state.ts'
import { createOwnEncoders } from '../studies/drell-yan/state/own-encoders.ts'
import { startReplicaEffects } from '../studies/drell-yan/state/replica-effects.ts'
import type { Services } from '../studies/drell-yan/state/services.ts'
import { drellYan } from '../studies/drell-yan/study.ts'
import { fakeJobs, type Asked } from './fake-jobs.ts'
import { smallPage } from './small-page.ts'
import type { SmallCorpus } from './small-universes.ts'

const model = (id: string) => ({
  id,
  cardUrl: `https://x/models/${id}/card.json`,
  modelUrl: `https://x/models/${id}/model.json`,
  weightsUrl: `https://x/models/${id}/weights.bin`,
})

export const smallCatalogue: Catalogue = {
  datasets: [
    { id: 'first', title: 'First', order: 'linear', manifestUrl: 'https://x/data/first/manifest.json' },
    { id: 'second', title: 'Second', order: 'quadratic', manifestUrl: 'https://x/data/second/manifest.json' },
  ],
  models: [model('shipped-a'), model('shipped-b')],
  defaultModel: { first: 'shipped-a' },
}

export const smallIntent: SeenIntent<DrellYanIntent> = {
  ...drellYanDefaults,
  view: 'explore',
  dataset: 'first',
  model: 'pca-2',
}

/** A job of this study that was asked for. */
export type AskedJob<K extends keyof DrellYanJobs & string = keyof DrellYanJobs & string> = Asked<
  DrellYanJobs,
  K
>

/** A build that ships no answers. */
const nothingRecorded: Services['recorded'] = {
  find: () => Promise.resolve(null),
  classes: () => Promise.resolve(null),
  comparison: () => Promise.resolve(null),
}

/** The study of Drell-Yan with its effects over jobs that the test does itself. */
export function smallApp(
  patch: Partial<SeenIntent<DrellYanIntent>> = {},
  checkpoints: CheckpointStore = createMemoryCheckpointStore(),
  instead: Partial<Services> = {},
) {
  const compute = fakeJobs<DrellYanJobs>()
  const ml = fakeJobs<DrellYanJobs>()
  const classification = fakeJobs<DrellYanJobs>()
  const { view, ...intent } = { ...smallIntent, ...patch }
  const { appStore, shell, context, platform } = smallPage(drellYan, intent, view, checkpoints)
  const { store } = context
  store.setState({ catalogue: smallCatalogue })
  const { now, locks } = platform
  const services: Services = {
    ...{ compute, ml, classification, checkpoints, locks, now },
    encoders: createOwnEncoders(createMemoryRecords(), now),
    products: lendingProducts(createMemoryProducts()),
    work: { training: createWorkMeter(now), classifier: createWorkMeter(now) },
    recorded: nothingRecorded,
    page: platform.page,
    ...instead,
  }
  services.encoders.watch((ownEncoders) => store.setState({ ownEncoders }))
  store.setState({ ownEncoders: services.encoders.list() })
  const stops = [startDatasetEffects(store, services), startReplicaEffects(store, services)]
  const stop = () => stops.forEach((each) => each())
  const notices = () => appStore.getState().notices
  const actions = createActions(context)
  return { store, appStore, shell, context, notices, stop, services, compute, ml, classification, actions }
}

/** Says the header of a corpus, as an opening job does. */
export function reportHeader(
  job: Pick<AskedJob<'open-dataset'> | AskedJob<'build-dataset'>, 'report'>,
  { header, encoder, embedding }: SmallCorpus,
): void {
  job.report({
    kind: 'header',
    header,
    encoder,
    embedding,
  } satisfies DrellYanJobs['open-dataset']['progress'])
}

/** Answers an opening job to its end, in two chunks. */
export async function answerOpening(
  job: AskedJob<'open-dataset'> | AskedJob<'build-dataset'>,
  corpus: SmallCorpus,
): Promise<void> {
  reportHeader(job, corpus)
  const { spectra, header } = corpus
  const bins = header.universeModel.templates.bins
  const rows = spectra.length / bins
  const half = Math.floor(rows / 2)
  for (const [firstRow, count] of [
    [0, half],
    [half, rows - half],
  ])
    job.report({
      kind: 'rows',
      tier: 'exact',
      chunk: {
        firstRow,
        rows: count,
        spectra: spectra.slice(firstRow * bins, (firstRow + count) * bins),
        latent: new Float32Array(2 * count).fill(firstRow),
      },
    })
  await job.finish({ rows, fetches: 1 })
}

/** A corpus as it lies in the store once it is open. */
export function opened({ header, encoder, embedding }: SmallCorpus): OpenDataset {
  return { header, encoder, embedding }
}

/** Its rows once all have come. */
export function allRows({ header, spectra }: SmallCorpus): RowsOnMap {
  const count = spectra.length / header.universeModel.templates.bins
  return { shipped: { spectra, latent: new Float32Array(2 * count), count, exact: count }, drawn: undefined }
}
