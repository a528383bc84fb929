import type { JobHandlers } from '../../jobs/serve-jobs.ts'
import { exactRows } from './analysis/datasets/stream-rows.ts'
import { beginOpening, opening } from './analysis/jobs/early-opening.ts'
import { shippedCatalogue } from './catalogue.ts'
import { drellYanDefaults } from './default-intent.ts'
import { loadRowEncoder } from '../../ml/row-encoder.ts'
import type { DrellYanComputeJobs } from './jobs.ts'

type OpeningJobs = Pick<DrellYanComputeJobs, 'open-dataset' | 'exact-rows'>

/** What a first visit waits for, apart from all other jobs: their code comes later. */
export const handlers: JobHandlers<OpeningJobs> = {
  'open-dataset': (request, { signal }) => opening(request, signal),
  async *'exact-rows'({ manifestUrl, header, encoder }, { signal }) {
    yield* exactRows(header, manifestUrl, await loadRowEncoder(encoder), { signal })
    const { universes, replicasPerUniverse } = header.manifest
    return { rows: universes * replicasPerUniverse }
  },
}

/** Opens what the page will ask for if its address says nothing else. */
export function begin(page: string): void {
  const { datasets, models } = shippedCatalogue(page)
  const dataset = datasets.find(({ id }) => id === drellYanDefaults.dataset)
  const model = models.find(({ id }) => id === drellYanDefaults.model)
  if (dataset && model) beginOpening({ manifestUrl: dataset.manifestUrl, model })
}
