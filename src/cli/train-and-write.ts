import { exportEncoder } from '../analysis/model-bundle.ts'
import { tfjsVersion } from '../ml/backends.ts'
import { encoderLimits } from '../analysis/drell-yan/encoder-limits.ts'
import type { DatasetHeader, TrainingOutcome } from '../analysis/job-map.ts'
import { trainEncoderJob } from '../analysis/train-encoder-job.ts'
import { finish } from '../analysis/drell-yan/corpus.ts'
import type { TrainingConfig } from '../ml/training-config.ts'
import { writeFiles } from './files.ts'

export interface ModelToTrain {
  id: string
  title: string
  description: string
  config: TrainingConfig
}

/** Held-out universes behind the numbers on a model card. */
const scored = { universes: 100, replicas: 100, seed: 700_001 }

/** Trains, scores on held-out universes and writes card.json, model.json and weights.bin into a folder. */
export async function trainAndWrite(
  spec: ModelToTrain,
  header: DatasetHeader,
  folder: string,
  log: (line: string) => void,
): Promise<{ id: string; step: number; heldOutLoss: number; backend: string; metrics: object }> {
  const outcome = await train(spec.config, header, log)
  const limits = finish(encoderLimits(header.model, outcome.mlp, { ...scored, order: header.manifest.order }))
  const date = new Date().toISOString().slice(0, 10)
  const { manifest, manifestHash, model } = header
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
      date,
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
  config: TrainingConfig,
  header: DatasetHeader,
  log: (line: string) => void,
): Promise<TrainingOutcome> {
  const preview = header.whitenedMeans.slice(0, header.model.templates.sm.length)
  const training = trainEncoderJob({ model: header.model, order: header.manifest.order, config, preview }, {})
  for (;;) {
    const next = await training.next()
    if (next.done) return next.value
    const event = next.value
    if (event.kind === 'backend') log(`backend ${event.chosen}`)
    else if (event.kind === 'evaluation')
      log(`step ${event.step}: loss ${event.loss.toFixed(4)}, held-out ${event.heldOutLoss.toFixed(4)}`)
  }
}
