import { encoderLimits } from '../analysis/encoder-limits.ts'
import type { DatasetHeader } from '../analysis/dataset-types.ts'
import type { EncoderOutcome } from '../../../ml/encoder-job.ts'
import { trainEncoderJob } from '../analysis/datasets/train-encoder-job.ts'
import { finish } from '../analysis/corpus.ts'
import { exportEncoder } from '../analysis/datasets/model-bundle.ts'
import { tfjsVersion } from '../../../ml/backends.ts'
import type { TrainingConfig } from '../../../ml/training-config.ts'
import { begunBackend } from '../../../cli/begun-backend.ts'
import { writeFiles } from '../../../cli/files.ts'
import type { ResumableRun } from '../../../cli/resumable-run.ts'

export interface ModelToTrain {
  id: string
  title: string
  description: string
  config: TrainingConfig
}

/** Held-out universes behind the numbers on a model card. */
const scored = { universes: 100, replicas: 100, seed: 700_001 }

/**
 * Trains, scores on held-out universes and writes card.json, model.json and weights.bin into a folder: the same bytes
 * whether the run was interrupted or not.
 */
export async function trainAndWrite(
  spec: ModelToTrain,
  header: DatasetHeader,
  folder: string,
  log: (line: string) => void,
  run: ResumableRun,
): Promise<{ id: string; step: number; heldOutLoss: number; backend: string; metrics: object }> {
  const outcome = await train(spec.config, header, log, run)
  const limits = finish(
    encoderLimits(header.universeModel, outcome.mlp, { ...scored, order: header.manifest.order }),
  )
  const { manifest, manifestHash, universeModel: model } = header
  const { checkpoint, backend } = outcome
  const { files } = await exportEncoder(
    {
      id: spec.id,
      title: spec.title,
      description: spec.description,
      checkpoint,
      weights: 'best',
      manifest,
      manifestHash,
      whitening: model.whitening,
      limits,
      backend,
    },
    tfjsVersion,
  )
  writeFiles(folder, [
    { name: 'card.json', bytes: files.card },
    { name: 'model.json', bytes: files.model },
    { name: 'weights.bin', bytes: files.weights },
  ])
  const { step, heldOutLoss } = outcome
  return { id: spec.id, step, heldOutLoss, backend, metrics: { bayes: limits.bayes, scores: limits.scores } }
}

async function train(
  asked: TrainingConfig,
  header: DatasetHeader,
  log: (line: string) => void,
  { stored, step }: ResumableRun,
): Promise<EncoderOutcome> {
  const preview = header.whitenedMeans.slice(0, header.universeModel.templates.bins)
  const backend = await begunBackend(asked.backend, stored.backend)
  const config = { ...asked, backend }
  const name = new TextEncoder().encode(backend)
  const training = trainEncoderJob(
    {
      model: header.universeModel,
      order: header.manifest.order,
      config,
      preview,
      resumeFrom: stored.training,
    },
    {},
    ({ step: done, steps: total }, takeCheckpoint) =>
      step({ done, total, unit: 'step' }, async () => ({ backend: name, training: await takeCheckpoint() })),
  )
  for (;;) {
    const next = await training.next()
    if (next.done) return next.value
    const event = next.value
    if (event.kind === 'backend') log(`backend ${event.chosen}`)
    else if (event.kind === 'evaluation')
      log(`step ${event.step}: loss ${event.loss.toFixed(4)}, held-out ${event.heldOutLoss.toFixed(4)}`)
  }
}
