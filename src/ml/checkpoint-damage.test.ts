import { expect, it } from 'vitest'
import { loadKernels } from '../kernels/load-kernels.ts'
import { checkpointFromBytes, checkpointToBytes } from './checkpoint.ts'
import {
  checkClassifierResumable,
  classifierCheckpointFromBytes,
  classifierCheckpointToBytes,
} from './classifier/classifier-checkpoint.ts'
import type { ClassifierConfig } from './classifier/classifier-config.ts'
import { createClassifierEngine } from './classifier/classifier-engine.ts'
import { trainClassifier, type ClassifierStep } from './classifier/train-classifier.ts'
import { countParameters } from './encoder-parameters.ts'
import { ratioCheckpointFromBytes, ratioCheckpointToBytes } from './ratio/ratio-checkpoint.ts'
import { countRatioParameters } from './ratio/ratio-parameters.ts'
import { ratioPresets, presetTraining } from './ratio/ratio-presets.ts'
import type { TrainingConfig } from './training-config.ts'

const ramp = (length: number) => Float32Array.from({ length }, (_, i) => i / 7)

const encoderConfig: TrainingConfig = {
  ...{
    seed: 1,
    loss: 'supcon-euclidean',
    temperature: 0.5,
    margin: 4,
    latentDim: 2,
    widths: [4],
    dropout: 0,
  },
  ...{ learningRate: 0.01, optimiser: 'adam', weightDecay: 0, universesPerBatch: 6, replicasPerUniverse: 4 },
  ...{ steps: 20, universes: 'fresh', fixedUniverses: 10, patience: 10, backend: 'cpu' },
}

function encoderBytes(): Promise<Uint8Array> {
  const { trainable, total } = countParameters({ features: 3, widths: [4], latentDim: 2 })
  const optimiser = { updates: 5, first: ramp(trainable), second: ramp(trainable) }
  return checkpointToBytes({
    config: encoderConfig,
    features: 3,
    engine: { steps: 5, parameters: ramp(total), optimiser },
    best: { step: 4, heldOutLoss: 1, parameters: ramp(total) },
    evaluationsSinceBest: 1,
    lossSum: 2,
    history: [],
  })
}

function ratioBytes(): Promise<Uint8Array> {
  const config = { ...presetTraining(ratioPresets.parton, 'td8', 1), widths: [3] }
  const count = countRatioParameters({ inputs: 2, widths: [3], outputs: 1 })
  return ratioCheckpointToBytes({
    ...{ config, features: 2, outputs: 1, dataKey: 'a', step: 5 },
    engine: { parameters: ramp(count), optimiser: { updates: 5, first: ramp(count), second: ramp(count) } },
    ...{ best: null, epochsSinceBest: 0, lossSum: 0, history: [] },
  })
}

const classifierConfig: ClassifierConfig = {
  ...{ method: 'softmax', seed: 1, members: 1, widths: [4], steps: 40, batch: 8, learningRate: 0.01 },
  ...{ betaIn: 300, outWeight: 1, epochSteps: 100 },
}
const architecture = { inputs: 2, widths: [4], outputs: 2 }
const batches = {
  next: (step: number) => ({
    x: Float32Array.from({ length: 16 }, (_, i) => Math.sin(7 * step + i)),
    labels: Int32Array.from({ length: 8 }, (_, i) => (step + i) % 2),
  }),
}

async function trainedClassifier(stopAt: number, from?: Uint8Array) {
  const engine = createClassifierEngine(await loadKernels(), architecture, 1)
  const saved = from && (await classifierCheckpointFromBytes(from))
  const run = trainClassifier(classifierConfig, engine, batches, saved)
  let last: ClassifierStep | undefined
  for (;;) {
    const next = run.next()
    if (next.done) return { parameters: next.value, bytes: new Uint8Array(0) }
    last = next.value
    if (last.step === stopAt)
      return {
        parameters: null,
        bytes: await classifierCheckpointToBytes({
          config: classifierConfig,
          step: last.step,
          state: last.takeState(),
        }),
      }
  }
}

it.each<[string, () => Promise<Uint8Array>, (bytes: Uint8Array) => Promise<unknown>]>([
  ['an encoder', encoderBytes, checkpointFromBytes],
  ['a ratio network', ratioBytes, ratioCheckpointFromBytes],
  ['a classifier', async () => (await trainedClassifier(9)).bytes, classifierCheckpointFromBytes],
])('a checkpoint of %s is refused where any byte has a flipped bit', async (_, make, read) => {
  const whole = await make()
  await read(whole)
  for (let at = 0; at < whole.length; at++) {
    const damaged = whole.slice()
    damaged[at] ^= 1 << (at % 8)
    await expect(read(damaged)).rejects.toMatchObject({ code: 'model/corrupt' })
  }
})

it('a classifier goes on from its checkpoint to the same parameters, and only with the same settings', async () => {
  const whole = await trainedClassifier(Infinity)
  const { bytes } = await trainedClassifier(23)
  expect((await trainedClassifier(Infinity, bytes)).parameters).toEqual(whole.parameters)
  const saved = await classifierCheckpointFromBytes(bytes)
  const count = countRatioParameters(architecture)
  checkClassifierResumable(saved, classifierConfig, count)
  expect(() => checkClassifierResumable(saved, { ...classifierConfig, batch: 16 }, count)).toThrow(
    /batch 8, this one 16/,
  )
})
