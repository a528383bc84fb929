import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { trainingConfigSchema } from '../../ml/training-config-schema.ts'
import { required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { defaultTraining } from '../default-training.ts'
import { openDatasetFolder } from '../open-files.ts'
import { trainAndWrite } from '../train-and-write.ts'

// Option name -> field of the configuration; the page has the same settings.
const fields = {
  seed: 'seed',
  loss: 'loss',
  temperature: 'temperature',
  margin: 'margin',
  'latent-dim': 'latentDim',
  widths: 'widths',
  dropout: 'dropout',
  'learning-rate': 'learningRate',
  optimiser: 'optimiser',
  'weight-decay': 'weightDecay',
  'universes-per-batch': 'universesPerBatch',
  replicas: 'replicasPerUniverse',
  steps: 'steps',
  universes: 'universes',
  'fixed-universes': 'fixedUniverses',
  patience: 'patience',
  backend: 'backend',
} as const

export const trainEncoderCommand: Command = {
  summary: 'trains a contrastive encoder on a dataset and writes card.json, model.json, weights.bin',
  options: {
    dataset: { default: 'dy-nc-13tev', help: 'shipped dataset id, or a folder with manifest.json' },
    out: { help: 'folder to write' },
    id: { default: 'my-encoder', help: 'model id' },
    title: { default: 'My encoder', help: 'title on the card' },
    ...Object.fromEntries(
      Object.entries(fields).map(([option, field]) => [
        option,
        { default: String(defaultTraining[field]), help: `training setting ${field}` },
      ]),
    ),
  },
  run: async (options, log) => {
    const raw = Object.fromEntries(
      Object.entries(fields).map(([option, field]) => [
        field,
        typed(required(options, option), defaultTraining[field]),
      ]),
    )
    const parsed = trainingConfigSchema.safeParse(raw)
    if (!parsed.success)
      throw new AppError('input/invalid', `The training cannot be set up: ${z.prettifyError(parsed.error)}.`)
    const header = await openDatasetFolder(required(options, 'dataset'))
    const spec = {
      id: required(options, 'id'),
      title: required(options, 'title'),
      description: `Trained with the command line on ${header.manifest.id}.`,
      config: parsed.data,
    }
    return trainAndWrite(spec, header, required(options, 'out'), log)
  },
}

function typed(text: string, like: unknown): unknown {
  if (Array.isArray(like)) return text.split(',').map(Number)
  return typeof like === 'number' ? Number(text) : text
}
