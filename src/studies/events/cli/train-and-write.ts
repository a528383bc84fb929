import { begunBackend } from '../../../cli/begun-backend.ts'
import { writeFiles } from '../../../cli/files.ts'
import type { ResumableRun } from '../../../cli/resumable-run.ts'
import type { EncoderOutcome } from '../../../ml/encoder-job.ts'
import type { TrainingConfig } from '../../../ml/training-config.ts'
import { exportEventsEncoder } from '../analysis/encoder/encoder-files.ts'
import { modelsHash } from '../analysis/encoder/models-hash.ts'
import { cloudsOf, mapQuality, type MapQuality } from '../analysis/encoder/map-quality.ts'
import { trainEventsJob, trainingScaling } from '../analysis/encoder/train-events-job.ts'
import type { MapEncoder } from '../analysis/map-encoder.ts'
import type { ModelEvents } from '../analysis/models.ts'
import type { EventsDataset } from '../datasets.ts'
import { openModels } from './open-models.ts'

/** Models of a dataset, with the SHA-256 of all their features. */
export interface SampledModels {
  models: ModelEvents[]
  hash: string
}

/** @throws AppError as openModels */
export async function readModels(folder: string, dataset: EventsDataset['id']): Promise<SampledModels> {
  const models = await openModels(dataset, undefined, folder)
  return { models, hash: await modelsHash(models) }
}

export interface EncoderToTrain {
  id: string
  title: string
  description: string
  dataset: string
  config: TrainingConfig
  /** Events of a set. */
  perSet: number
}

export interface TrainedEncoder {
  id: string
  step: number
  heldOutLoss: number
  backend: string
  quality: MapQuality
}

/** Trains, measures on test events and writes card.json, model.json and weights.bin into a folder: the same bytes whether
 * the run was interrupted or not. */
export async function trainEventsAndWrite(
  spec: EncoderToTrain,
  { models, hash }: SampledModels,
  folder: string,
  log: (line: string) => void,
  run: ResumableRun,
): Promise<TrainedEncoder> {
  const { outcome, encoder } = await trainEncoderOfSets(spec, models, log, run)
  const quality = mapQuality(await cloudsOf(models, encoder))
  const { checkpoint, backend, step, heldOutLoss } = outcome
  const files = await exportEventsEncoder({
    ...{ id: spec.id, title: spec.title, description: spec.description, checkpoint, backend },
    ...{ weights: 'best', dataset: { id: spec.dataset, manifestSha256: hash }, scaling: encoder.scaling },
    metrics: {
      meanAuc: {
        value: quality.meanAuc,
        description: `area under the curve of the 50 nearest sets of ${spec.perSet} test events, mean over ${quality.pairs} pairs of models`,
      },
    },
  })
  writeFiles(folder, [
    { name: 'card.json', bytes: files.card },
    { name: 'model.json', bytes: files.model },
    { name: 'weights.bin', bytes: files.weights },
  ])
  return { id: spec.id, step, heldOutLoss, backend, quality }
}

/** An encoder of these models, from where the run was interrupted. */
export async function trainEncoderOfSets(
  { id, title, config: asked, perSet }: Pick<EncoderToTrain, 'id' | 'title' | 'config' | 'perSet'>,
  models: readonly ModelEvents[],
  log: (line: string) => void,
  { stored, step }: ResumableRun,
): Promise<{ outcome: EncoderOutcome; encoder: MapEncoder }> {
  const backend = await begunBackend(asked.backend, stored.backend)
  const name = new TextEncoder().encode(backend)
  const training = trainEventsJob(
    {
      ...{ models, perSet, config: { ...asked, backend } },
      ...{ preview: new Float32Array(0), resumeFrom: stored.training },
    },
    {},
    ({ step: done, steps: total }, takeCheckpoint) =>
      step({ done, total, unit: 'step' }, async () => ({ backend: name, training: await takeCheckpoint() })),
  )
  for (;;) {
    const next = await training.next()
    if (next.done) {
      const encoder = { id, title, perSet, scaling: trainingScaling(models), mlp: next.value.mlp }
      return { outcome: next.value, encoder }
    }
    const event = next.value
    if (event.kind === 'backend') log(`backend ${event.chosen}`)
    else if (event.kind === 'evaluation')
      log(`step ${event.step}: loss ${event.loss.toFixed(4)}, held-out ${event.heldOutLoss.toFixed(4)}`)
  }
}
