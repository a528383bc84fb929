import { join } from 'node:path'
import { defaultTraining } from '../default-training.ts'
import type { Command } from '../command.ts'
import { classifierFolder, modelFolder } from '../files.ts'
import { openDatasetFolder } from '../open-files.ts'
import { trainClassifierAndWrite, type ClassifierToTrain } from '../train-classifier-and-write.ts'
import { trainAndWrite, type ModelToTrain } from '../train-and-write.ts'

const shipped: (ModelToTrain & { dataset: string })[] = [
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
    config: {
      ...defaultTraining,
      latentDim: 5,
      widths: [256, 128, 64],
      steps: 2500,
      learningRate: 3e-3,
      patience: 25,
    },
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
    id: 'cms-supcon-2d',
    dataset: 'cms-dy-13tev',
    title: 'Contrastive map of the CMS bins, 2-D',
    description:
      'Euclidean SupCon on the 24 bins of the CMS measurement from 106 GeV, whitened with the covariance enlarged by K-factor, PDF and scale.',
    config: { ...defaultTraining, widths: [64, 32], steps: 2000, learningRate: 3e-3, patience: 25 },
  },
]

const shippedClassifiers: (ClassifierToTrain & { dataset: string })[] = [
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

export const trainModelsCommand: Command = {
  summary: 'trains every encoder and classifier that the page ships, into models/ (seeded)',
  options: { only: { help: 'id of one model; absent: all' } },
  run: async (options, log) => {
    const results = []
    for (const { dataset, ...spec } of shipped) {
      if (options.only !== undefined && options.only !== spec.id) continue
      log(`== ${spec.id}`)
      const header = await openDatasetFolder(dataset)
      results.push(await trainAndWrite(spec, header, join(modelFolder, spec.id), log))
    }
    for (const { dataset, ...spec } of shippedClassifiers) {
      if (options.only !== undefined && options.only !== spec.id) continue
      log(`== ${spec.id}`)
      const header = await openDatasetFolder(dataset)
      results.push(await trainClassifierAndWrite(spec, header, join(classifierFolder, spec.id), log))
    }
    return results
  },
}
