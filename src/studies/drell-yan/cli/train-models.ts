import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatasetHeader } from '../analysis/dataset-types.ts'
import { trainingSchema } from '../intent.ts'
import { checkFolderContent } from '../../../cli/check-folder-content.ts'
import { defaultTraining } from './default-training.ts'
import { defineCommand } from '../../../cli/command.ts'
import { modelFolder } from '../../../cli/files.ts'
import { openDatasetFolder } from './open-files.ts'
import { rangeOf } from '../../../cli/options/ranges.ts'
import { trainClassifierAndWrite, type ClassifierToTrain } from './train-classifier-and-write.ts'
import { resumable, resumeOptions, type ResumableRun } from '../../../cli/resumable-run.ts'
import { runParts } from '../../../cli/run-parts.ts'
import { trainAndWrite, type ModelToTrain } from './train-and-write.ts'
import { modelFileNames } from '../../../ml/model-files.ts'

type Shipped<T> = T & { dataset: string }

const fiveDimensions = {
  ...defaultTraining,
  latentDim: 5,
  widths: [256, 128, 64],
  steps: 2500,
  learningRate: 3e-3,
  patience: 25,
}

const shipped: Shipped<ModelToTrain>[] = [
  {
    id: 'dy-supcon-2d',
    dataset: 'dy-nc-13tev',
    title: 'Contrastive map, 2-D',
    description: 'Euclidean SupCon on fresh universes; the map the page opens with.',
    config: { ...defaultTraining, steps: 2500, learningRate: 3e-3, patience: 25 },
  },
  {
    id: 'dy-supcon-5d',
    dataset: 'dy-nc-13tev',
    title: 'Contrastive latent space, 5-D',
    description:
      'Euclidean SupCon with five latent dimensions, as many as the spectra resolve; the map shows two.',
    config: fiveDimensions,
  },
  {
    id: 'dy-paper-like-2d',
    dataset: 'dy-nc-13tev',
    title: 'Fixed hundred universes, 2-D',
    description:
      'Trained as the paper does, on 100 fixed universes; early stopping on held-out universes keeps the step before it memorises them.',
    config: { ...defaultTraining, universes: 'fixed', fixedUniverses: 100, patience: 1000 },
  },
  {
    id: 'dy-fb-supcon-2d',
    dataset: 'dy-fb-13tev',
    title: 'Contrastive map with forward and backward, 2-D',
    description: 'Euclidean SupCon on fresh universes, forward and backward pairs apart.',
    config: { ...defaultTraining, steps: 2500, learningRate: 1e-3, patience: 40 },
  },
  {
    id: 'dy-fb-supcon-5d',
    dataset: 'dy-fb-13tev',
    title: 'Contrastive latent space with forward and backward, 5-D',
    description:
      'Euclidean SupCon with five latent dimensions, of the nine that forward and backward resolve; the map shows two.',
    config: fiveDimensions,
  },
  {
    id: 'cms-supcon-2d',
    dataset: 'cms-dy-13tev',
    title: 'Contrastive map of the CMS bins, 2-D',
    description:
      'Euclidean SupCon on the 24 bins of the CMS measurement from 106 GeV, whitened with the covariance enlarged by K-factor, PDF and scale.',
    config: { ...defaultTraining, widths: [64, 32], steps: 2000, learningRate: 3e-3, patience: 25 },
  },
  {
    id: 'cms-43-supcon-2d',
    dataset: 'cms-dy-13tev-43',
    title: 'Contrastive map of all CMS bins, 2-D',
    description:
      'Euclidean SupCon on all 43 bins of the CMS measurement, whitened with the covariance enlarged by photon radiation, K-factor, PDF and scale.',
    config: { ...defaultTraining, widths: [128, 64], steps: 2500, learningRate: 3e-3, patience: 25 },
  },
]

const shippedClassifiers: Shipped<ClassifierToTrain>[] = [
  {
    id: 'dy-nc-13tev-dpn',
    dataset: 'dy-nc-13tev',
    title: 'Dirichlet prior network, 100 universes',
    description:
      'Reverse KL with spectra outside the prior box, resonances, kinks and wrong slopes as out-of-distribution set.',
    method: 'dpn',
    classes: 100,
    seed: 1,
  },
  {
    id: 'dy-nc-13tev-ensemble',
    dataset: 'dy-nc-13tev',
    title: 'Deep ensemble of five, 100 universes',
    description: 'Five cross-entropy networks of different seeds, probabilities averaged.',
    method: 'ensemble',
    classes: 100,
    seed: 1,
  },
]

export const trainModelsCommand = defineCommand({
  summary: 'trains every encoder and classifier that the page ships, into models/ (seeded)',
  options: {
    only: {
      kind: 'choices',
      choices: [...shipped, ...shippedClassifiers].map(({ id }) => id),
      help: 'some of the models; absent: all',
    },
    out: {
      kind: 'output',
      what: 'folder',
      default: modelFolder,
      help: 'folder that holds a folder for each model',
    },
    steps: {
      kind: 'number',
      ...rangeOf(trainingSchema.shape.steps),
      help: "training steps of each; default: each model's own",
    },
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { out } = options
    const models = all
      .filter(({ id }) => options.only === undefined || options.only.includes(id))
      .map((model) => ({ ...model, folder: join(out, model.place) }))
    const { steps } = options
    for (const { folder } of models) checkFolderContent('out', folder, modelFileNames)
    const headers = new Map<string, DatasetHeader>()
    for (const { spec } of models)
      if (!headers.has(spec.dataset)) headers.set(spec.dataset, await openDatasetFolder(spec.dataset))
    const rests = Object.fromEntries(
      [...headers].map(([id, { manifestHash }]) => [`the dataset ${id} of sha256`, manifestHash]),
    )
    return resumable({ command: 'train-models', options, texts, rests }, log, (run) =>
      runParts(run, models, isWritten, (model, own) => {
        log(`== ${model.id}`)
        const header = headers.get(model.spec.dataset)!
        return model.train(header, model.folder, steps, log, own)
      }),
    )
  },
})

/** One model of either kind. */
interface ModelPart {
  id: string
  spec: { dataset: string }
  /** Below models/. */
  place: string
  train(
    header: DatasetHeader,
    folder: string,
    steps: number | undefined,
    log: (line: string) => void,
    run: ResumableRun,
  ): Promise<unknown>
}

const all: ModelPart[] = [
  ...shipped.map((spec): ModelPart => ({
    id: spec.id,
    spec,
    place: spec.id,
    train: (header, folder, steps, log, run) =>
      trainAndWrite(
        { ...spec, config: { ...spec.config, ...(steps !== undefined && { steps }) } },
        header,
        folder,
        log,
        run,
      ),
  })),
  ...shippedClassifiers.map((spec): ModelPart => ({
    id: spec.id,
    spec,
    place: join('classifiers', spec.id),
    train: (header, folder, steps, log, run) =>
      trainClassifierAndWrite({ ...spec, ...(steps !== undefined && { steps }) }, header, folder, log, run),
  })),
]

function isWritten({ folder }: { folder: string }): boolean {
  return existsSync(join(folder, 'card.json')) && existsSync(join(folder, 'weights.bin'))
}
