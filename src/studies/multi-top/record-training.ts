import type { Recorded } from '../../core/recorded.ts'
import { recordRun } from '../../core/training/record-run.ts'
import { writeRecordedTraining } from '../../core/training/recorded-training-file.ts'
import type { HttpOptions } from '../../dataset/http.ts'
import { drainAsync } from '../../numerics/drain.ts'
import { mapEvents } from './analysis/map/map-events.ts'
import { trainTransformerJob, type TrainingNews } from './analysis/training/train-job.ts'
import type { TransformerSource } from './analysis/transformer-source.ts'
import { topClasses } from './datasets.ts'
import { multiTopDefaults } from './default-intent.ts'
import type { TransformerLosses } from './state/transformer-run.ts'
import { previewOf, trainingKey, trainingRequest } from './state/transformer-setup.ts'

/** Where what it reads lies: a folder of samples as a page serves it, and the transformer whose scaling is taken. */
interface Place {
  page: string
  model: TransformerSource
  http: HttpOptions
}

/** The text of the training that Play of the page begins with. */
export async function recordTraining(
  { page, model, http }: Place,
  sampleUrl: (id: string) => string,
  stamp: Recorded,
  log: (line: string) => void,
): Promise<string> {
  const { training: settings, perClass, seed: splitSeed } = multiTopDefaults
  const samples = topClasses.map(({ id }) => ({ id, manifestUrl: sampleUrl(id) }))
  const { items, events: preview } = previewOf(
    await drainAsync(mapEvents({ samples, perClass, seed: splitSeed }, http)),
  )
  const about = { config: { steps: 0, patience: 0 }, settings, model: null, splitSeed }
  const request = trainingRequest(about, model, page)
  let told: Partial<TransformerLosses> = {}
  async function* heard(job: AsyncGenerator<TrainingNews, unknown, void>) {
    for await (const news of job) {
      if (news.kind === 'backend') told = { ...told, levels: news.levels }
      if (news.kind === 'evaluation') told = { ...told, records: news.records }
      yield news
    }
  }
  const job = trainTransformerJob(
    { ...request, data: { ...request.data, samples }, backend: 'kernels', workers: 1, preview },
    http,
    {},
    () => {
      throw new Error('one worker shares with none')
    },
  )
  const run = await recordRun(heard(job), { items, pictured: () => true, log })
  const { records, levels } = told
  return writeRecordedTraining({
    ...{ ...stamp, key: trainingKey(settings, null, splitSeed), run },
    beside: { records, levels },
  })
}
