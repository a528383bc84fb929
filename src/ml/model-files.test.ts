import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '../numerics/sha256.ts'
import { createRng } from '../numerics/rng.ts'
import { foldBatchNorm, initialiseParameters } from './encoder-parameters.ts'
import { runMlp } from './mlp.ts'
import { checkModelFits } from './model-card.ts'
import { readModelFiles, writeModelFiles, type ModelFiles } from './model-files.ts'
import { whitenRows } from './whitening.ts'

const architecture = { features: 4, widths: [6, 5], latentDim: 2 }
const rng = createRng(31)
const parameters = initialiseParameters(architecture, rng)
for (const { gamma, beta, movingMean, movingVariance } of parameters.blocks)
  for (let j = 0; j < gamma.length; j++) {
    gamma[j] = rng.normal()
    beta[j] = rng.normal()
    movingMean[j] = rng.normal()
    movingVariance[j] = 0.1 + rng.uniform()
  }
const whitening = {
  mean: Float32Array.of(10, 20, 30, 40),
  whitening: Float32Array.from({ length: 16 }, (_, i) => (i % 4 <= i >> 2 ? rng.normal() : 0)),
}
const metadata = {
  id: 'toy',
  title: 'Toy',
  description: 'A network of random numbers',
  training: {
    seed: 1,
    loss: 'pair',
    temperature: 0.5,
    margin: 4,
    latentDim: 2,
    widths: [6, 5],
    dropout: 0.1,
    learningRate: 1e-3,
    optimiser: 'adam',
    weightDecay: 0,
    universesPerBatch: 4,
    replicasPerUniverse: 2,
    steps: 10,
    universes: 'fresh',
    fixedUniverses: 10,
    patience: 3,
    backend: 'auto',
  },
  whitening: { description: 'none' },
  dataset: { id: 'toy-data', manifestSha256: 'a'.repeat(64) },
  steps: { best: 5, planned: 10 },
  metrics: { accuracy: { value: 0.5, error: 0.1, description: 'of nothing' } },
  engine: 'tfjs-cpu',
  tfjsVersion: tf.version['tfjs-core'],
  appVersion: '0.1.0',
  date: '2026-01-31',
} as const

let files: ModelFiles
beforeAll(async () => {
  await tf.setBackend('cpu')
  files = await writeModelFiles(
    { ...metadata, training: { ...metadata.training, widths: [6, 5] } },
    parameters,
    whitening,
  )
})

async function predictionsOf({ model, weights }: ModelFiles, x: Float32Array, rows: number) {
  const json = JSON.parse(model) as tf.io.ModelJSON
  const handler = tf.io.fromMemory({
    modelTopology: json.modelTopology,
    weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer,
  })
  const layers = await tf.loadLayersModel(handler)
  return (layers.predict(tf.tensor2d(x, [rows, 4])) as tf.Tensor).dataSync()
}

describe('model files', () => {
  it('are read back to the bit', async () => {
    const model = await readModelFiles(files)
    expect(model.parameters).toEqual(parameters)
    expect(model.whitening).toEqual(whitening)
    expect(model.card.metrics).toEqual(metadata.metrics)
  })

  it('open in tf.loadLayersModel, which maps spectra to the same latent points', async () => {
    const rows = 7
    const x = Float32Array.from({ length: rows * 4 }, (_, i) => whitening.mean[i % 4] + rng.normal())
    const theirs = await predictionsOf(files, x, rows)
    const ours = runMlp(foldBatchNorm(parameters), whitenRows(whitening, x, rows), rows)
    ours.forEach((value, i) => expect(theirs[i]).toBeCloseTo(value, 4))
    expect(Math.max(...ours) - Math.min(...ours)).toBeGreaterThan(0.1)
  })

  it.each([
    ['without batch norm', { ...architecture, blocks: 'bias' as const }],
    ['of sets', { ...architecture, blocks: 'bias' as const, pool: { items: 2, widths: [7, 3] } }],
  ])('of encoders %s are read back, and open there as well', async (_, own) => {
    const made = initialiseParameters(own, createRng(4))
    made.biasBlocks.forEach(({ bias }) => bias.forEach((_, j) => (bias[j] = rng.normal())))
    const training = { ...metadata.training, widths: [6, 5], dropout: 0 }
    const written = await writeModelFiles({ ...metadata, training }, made, whitening)
    const model = await readModelFiles(written)
    expect(model.parameters).toEqual(made)
    const x = Float32Array.from({ length: 7 * 4 }, (_, i) => whitening.mean[i % 4] + rng.normal())
    const ours = runMlp(foldBatchNorm(made), whitenRows(whitening, x, 7), 7)
    const theirs = await predictionsOf(written, x, 7)
    ours.forEach((value, i) => expect(theirs[i]).toBeCloseTo(value, 4))
  })

  const withWeights = async (change: (view: DataView) => void): Promise<ModelFiles> => {
    const weights = files.weights.slice()
    change(new DataView(weights.buffer))
    const card = { ...(JSON.parse(files.card) as object), weightsSha256: await sha256Hex(weights) }
    return { ...files, weights, card: JSON.stringify(card) }
  }

  it.each<[string, () => ModelFiles | Promise<ModelFiles>, RegExp]>([
    [
      'truncated weights',
      () => ({ ...files, weights: files.weights.slice(0, -4) }),
      /has 532 bytes, its card needs 536/,
    ],
    [
      'altered weights',
      () => ({ ...files, weights: files.weights.map((b, i) => (i === 9 ? b ^ 1 : b)) }),
      /sha256/,
    ],
    [
      'NaN',
      () => withWeights((view) => view.setFloat32(4 * 24, Number.NaN, true)),
      /number 0 of dense_1\/kernel is NaN/,
    ],
    [
      'a negative variance',
      () => withWeights((view) => view.setFloat32(16, -1, true)),
      /variance 0 of centre/,
    ],
    [
      'a full whitening matrix',
      () => withWeights((view) => view.setFloat32(4 * (8 + 4), 1, true)),
      /lower triangular/,
    ],
    [
      'other shapes',
      () => ({ ...files, model: files.model.replace(/"dense_2\/kernel"/, '"dense_3/kernel"') }),
      /dense_3\/kernel/,
    ],
    ['HTML', () => ({ ...files, card: '<!doctype html>' }), /card.json is not JSON/],
    [
      'a card without metrics',
      () => ({ ...files, card: files.card.replace('"metrics"', '"marks"') }),
      /metrics/,
    ],
  ])('are refused with %s', async (_, damaged, message) => {
    await expect(readModelFiles(await damaged())).rejects.toMatchObject({
      code: 'model/corrupt',
      message: expect.stringMatching(message),
    })
  })

  it('with 60,000 wrong entries are refused in a sentence, with three times as many too', async () => {
    const wrong = (entry: object) =>
      JSON.stringify({
        format: 'layers-model',
        weightsManifest: [{ paths: ['weights.bin'], weights: new Array(60_000).fill(entry) }],
      })
    const one = { ...files, model: wrong({ name: 'x', shape: '?', dtype: 'float32' }) }
    await expect(readModelFiles(one)).rejects.toThrow(/weights\.0\.shape: .*; and 59,997 more$/)
    const three = readModelFiles({ ...files, model: wrong({ shape: '?' }) })
    await expect(three).rejects.toMatchObject({ code: 'model/corrupt' })
    await expect(three).rejects.toThrow(/and 179,997 more$|more is wrong than can be counted$/)
  })

  it('do not fit a dataset with other bins, and both numbers are said', async () => {
    const { card } = await readModelFiles(files)
    checkModelFits(card, { id: 'toy-data', features: 4 })
    expect(() => checkModelFits(card, { id: 'cms', features: 24 })).toThrow(
      /expects 4 bins, dataset cms has 24/,
    )
  })
})
