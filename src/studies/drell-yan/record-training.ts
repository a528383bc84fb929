import { recordRun } from '../../core/training/record-run.ts'
import { writeRecordedTraining } from '../../core/training/recorded-training-file.ts'
import type { Recorded } from '../../core/recorded.ts'
import type { DatasetHeader } from './analysis/dataset-types.ts'
import { trainEncoderJob } from './analysis/datasets/train-encoder-job.ts'
import { unitNoise } from './analysis/replicas.ts'
import { drellYanDefaults } from './default-intent.ts'
import { trainingKey } from './state/training-key.ts'

/** Universes on its pictures, and replicas of each beside the mean. */
const pictured = { universes: 400, replicas: 2 }

/** Pictures are kept every so many steps: while the map forms, and then. */
const every = { first: 25, until: 150, later: 100 }

/** The rows of its pictures: the first universes and some of their replicas, whitened, as the corpus has them. */
export function recordedRows({ whitenedMeans, universeModel, manifest, table }: DatasetHeader): {
  items: Int32Array
  rows: Float32Array
} {
  const { bins } = universeModel.templates
  const universes = Math.min(pictured.universes, table.count)
  const each = 1 + pictured.replicas
  const rows = new Float32Array(universes * each * bins)
  for (let u = 0; u < universes; u++)
    for (let r = 0; r < each; r++) {
      const noise = r === 0 ? null : unitNoise(bins, manifest.seed, u, r - 1)
      for (let b = 0; b < bins; b++)
        rows[(u * each + r) * bins + b] = whitenedMeans[u * bins + b] + (noise?.[b] ?? 0)
    }
  return { rows, items: Int32Array.from({ length: universes * each }, (_, row) => Math.floor(row / each)) }
}

/** The text of the training that Play of the page begins with, on our kernels. */
export async function recordTraining(
  header: DatasetHeader,
  stamp: Recorded,
  log: (line: string) => void,
): Promise<string> {
  const { order, training: config } = drellYanDefaults
  const { items, rows: preview } = recordedRows(header)
  const job = trainEncoderJob(
    { model: header.universeModel, order, config: { ...config, backend: 'kernels' }, preview },
    {},
  )
  const kept = (step: number): boolean => step % (step <= every.until ? every.first : every.later) === 0
  const run = await recordRun(job, { items, pictured: kept, log })
  return writeRecordedTraining({ ...stamp, key: trainingKey(header.manifestHash, order, config), run })
}
