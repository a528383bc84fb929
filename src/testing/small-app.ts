import type { JobMap } from '../analysis/job-map.ts'
import { defaultIntent } from '../share/default-intent.ts'
import type { Intent } from '../share/schema.ts'
import { createActions } from '../state/actions.ts'
import type { Catalogue, OpenDataset } from '../state/app-state.ts'
import { createMemoryCheckpointStore, type CheckpointStore } from '../state/checkpoint-store.ts'
import { createAppStore } from '../state/create-app-store.ts'
import { createOwnEncoders } from '../state/own-encoders.ts'
import { createMemoryRecords } from '../state/record-store.ts'
import { createWorkMeter } from '../state/work-meter.ts'
import type { Services } from '../state/services.ts'
import { fakeJobs, type AskedJob } from './fake-jobs.ts'
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

export const smallIntent: Intent = { ...defaultIntent, dataset: 'first', model: 'pca-2' }

/** The store with its effects over jobs that the test does itself. */
export function smallApp(
  intent: Partial<Intent> = {},
  checkpoints: CheckpointStore = createMemoryCheckpointStore(),
  instead: Partial<Services> = {},
) {
  const compute = fakeJobs()
  const ml = fakeJobs()
  const fit = fakeJobs()
  const classification = fakeJobs()
  const now = () => Date.UTC(2026, 0, 2)
  const services: Services = {
    ...{ compute, ml, fit, classification, checkpoints },
    fitWorkers: 2,
    encoders: createOwnEncoders(createMemoryRecords(), now),
    work: { training: createWorkMeter(now), classifier: createWorkMeter(now) },
    now,
    ...instead,
  }
  const { store, stop } = createAppStore({ ...smallIntent, ...intent }, smallCatalogue, services)
  return { store, stop, services, compute, ml, fit, classification, actions: createActions(store) }
}

/** Says the header of a corpus, as an opening job does. */
export function reportHeader(
  job: Pick<AskedJob<'open-dataset'> | AskedJob<'build-dataset'>, 'report'>,
  { header, encoder, embedding }: SmallCorpus,
): void {
  job.report({ kind: 'header', header, encoder, embedding } satisfies JobMap['open-dataset']['progress'])
}

/** Answers an opening job to its end, in two chunks. */
export async function answerOpening(
  job: AskedJob<'open-dataset'> | AskedJob<'build-dataset'>,
  corpus: SmallCorpus,
): Promise<void> {
  reportHeader(job, corpus)
  const { spectra, header } = corpus
  const bins = header.model.templates.sm.length
  const rows = spectra.length / bins
  const half = Math.floor(rows / 2)
  for (const [firstRow, count] of [
    [0, half],
    [half, rows - half],
  ])
    job.report({
      kind: 'rows',
      chunk: {
        firstRow,
        rows: count,
        spectra: spectra.slice(firstRow * bins, (firstRow + count) * bins),
        latent: new Float32Array(2 * count).fill(firstRow),
      },
    })
  await job.finish({ rows, fetches: 1 })
}

/** A corpus as it lies in the store once all its rows have come. */
export function opened({ header, encoder, embedding, spectra }: SmallCorpus): OpenDataset {
  const rows = spectra.length / header.model.templates.sm.length
  return { header, encoder, embedding, spectra, latent: new Float32Array(2 * rows), rows, version: 1 }
}
