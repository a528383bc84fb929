import * as z from 'zod'
import { AppError, describeIssues } from '../../../errors.ts'
import { trainingConfigSchema } from '../../../ml/training-config-schema.ts'
import { trainingSchema, type TrainingIntent } from '../intent.ts'
import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { defineCommand } from '../../../cli/command.ts'
import { defaultTraining } from './default-training.ts'
import { datasetOption } from '../../../cli/folder-options.ts'
import type { Option } from '../../../cli/options/option.ts'
import { rangeOf } from '../../../cli/options/ranges.ts'
import { openDatasetFolder } from './open-files.ts'
import { resumable, resumeOptions } from '../../../cli/resumable-run.ts'
import { trainAndWrite } from './train-and-write.ts'
import { modelFileNames } from '../../../ml/model-files.ts'

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

const fieldNames = Object.keys(fields) as (keyof typeof fields)[]
const settingOptions = Object.fromEntries(
  fieldNames.map((option) => [option, settingOption(fields[option])]),
) as Record<keyof typeof fields, Option>

export const trainEncoderCommand = defineCommand({
  summary: 'trains a contrastive encoder on a dataset and writes card.json, model.json, weights.bin',
  options: {
    dataset: datasetOption,
    out: {
      kind: 'output',
      what: 'folder',
      required: true,
      help: 'where card.json, model.json and weights.bin are written',
    },
    id: { kind: 'id', default: 'my-encoder', help: 'of the model' },
    title: { kind: 'text', most: 200, default: 'My encoder', help: 'on the card' },
    ...settingOptions,
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const raw = Object.fromEntries(fieldNames.map((option) => [fields[option], options[option]]))
    const parsed = trainingConfigSchema.safeParse(raw)
    if (!parsed.success)
      throw new AppError(
        'input/invalid',
        `The training cannot be set up: ${describeIssues(parsed.error.issues)}.`,
      )
    const header = await openDatasetFolder(options.dataset)
    const spec = {
      id: options.id,
      title: options.title,
      description: `Trained with the command line on ${header.manifest.id}.`,
      config: parsed.data,
    }
    const { out } = options
    checkFolderContent('out', out, modelFileNames)
    const rests = { 'the dataset of sha256': header.manifestHash }
    return resumable({ command: 'train-encoder', options, texts, rests }, log, (run) =>
      trainAndWrite(spec, header, out, log, run),
    )
  },
})

/** Range, choices and default of a training setting, those of the page. */
function settingOption(field: keyof TrainingIntent): Option {
  const schema = trainingSchema.shape[field].unwrap()
  const said = { default: String(defaultTraining[field]), help: `training setting ${field}` }
  if (schema instanceof z.ZodNumber) return { kind: 'number', ...rangeOf(schema), ...said }
  if (schema instanceof z.ZodEnum) return { kind: 'choice', choices: schema.options, ...said }
  return { kind: 'numbers', least: 1, most: 5, ...rangeOf(schema.element), ...said }
}
