import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import { runMlp } from '../mlp.ts'
import { countRatioParameters, ratioMlp } from '../ratio/ratio-parameters.ts'
import { whitenRows } from '../whitening.ts'
import { readClassifierFiles, writeClassifierFiles } from './classifier-files.ts'

const rng = createRng(4)
const normals = (length: number) => Float32Array.from({ length }, () => rng.normal())
const features = 3
const whitening = {
  mean: Float32Array.of(10, 20, 30),
  whitening: Float32Array.of(2, 0, 0, 0.5, 1, 0, -1, 0.3, 0.7),
}
const rule = { level: 0.95, calibrationRows: 40 }
const card = {
  id: 'toy',
  title: 'Toy',
  description: '',
  features,
  latent: null,
  universes: [0, 5],
  training: {
    ...{ method: 'ensemble' as const, seed: 1, members: 2, widths: [4], steps: 10, batch: 8 },
    ...{ learningRate: 0.01, betaIn: 100, outWeight: 1, epochSteps: 100 },
  },
  calibration: {
    temperature: 1.1,
    sets: {
      lac: { method: 'lac' as const, quantile: 0.9, ...rule },
      aps: { method: 'aps' as const, quantile: null, ...rule },
    },
    none: { threshold: 0.2, falseAlarms: 0.01 },
    rows: 40,
  },
  dataset: { id: 'toy-data', manifestSha256: 'a'.repeat(64) },
  metrics: { accuracy: { value: 0.9, error: 0.1, description: '' } },
  engine: 'kernels-simd',
  date: '2026-11-22',
}
const architecture = { inputs: features, widths: [4], outputs: 2 }
const size = countRatioParameters(architecture)
const members = [normals(size), normals(size)]
const plain = { whitening, latent: null, members }
const files = await writeClassifierFiles(card, plain)

const encoder = {
  layers: [
    { inputs: 3, outputs: 5, kernel: normals(15), bias: normals(5), activation: 'relu' as const },
    { inputs: 5, outputs: 2, kernel: normals(10), bias: normals(2), activation: 'linear' as const },
  ],
}
const latent = { encoder, centre: Float64Array.of(0.25, -1), scale: Float64Array.of(2, 0.5) }
const ofLatent = {
  card: { ...card, latent: { id: 'map', hash: 'pca-0123', units: [5, 2] } },
  parts: { whitening, latent, members: [normals(22), normals(22)] },
}

describe('files of a classifier', () => {
  it('come back to the last bit', async () => {
    const read = await readClassifierFiles(files)
    expect(read).toMatchObject(plain)
    expect(read.card).toMatchObject({ id: 'toy', kind: 'classifier', universes: [0, 5] })
    expect(files.weights).toHaveLength(4 * (2 * features + features ** 2 + 2 * size))
  })

  it('come back with the encoder whose coordinates they read', async () => {
    const written = await writeClassifierFiles(ofLatent.card, ofLatent.parts)
    expect(await readClassifierFiles(written)).toMatchObject(ofLatent.parts)
  })

  it('may be named by the content of their weights', async () => {
    const named = await writeClassifierFiles({ ...card, id: (sha256) => `c-${sha256.slice(0, 12)}` }, plain)
    expect((await readClassifierFiles(named)).card.id).toBe(
      `c-${(await sha256Hex(files.weights)).slice(0, 12)}`,
    )
  })

  it.each([
    [
      'a bit flipped',
      () => ({ ...files, weights: files.weights.map((b, i) => (i === 9 ? b ^ 1 : b)) }),
      /sha256/,
    ],
    ['a member missing', () => ({ ...files, weights: files.weights.slice(0, 4 * size) }), /its card needs/],
    ['no JSON', () => ({ ...files, card: '{' }), /not JSON/],
    [
      'another kind',
      () => ({ ...files, card: files.card.replace('"classifier"', '"ratio"') }),
      /not as expected/,
    ],
    [
      'a model without what whitens spectra',
      () => ({ ...files, model: files.model.replaceAll('"whiten/kernel"', '"dense/kernel"') }),
      /whiten\/kernel \[3, 3\] is missing/,
    ],
    [
      'weights of the networks alone, as version 1 had them',
      () => ({ ...files, card: files.card.replace('"schemaVersion": 2', '"schemaVersion": 1') }),
      /card.json is not as expected.*schemaVersion/s,
    ],
  ])('with %s are refused', async (_, broken, message) => {
    await expect(readClassifierFiles(broken())).rejects.toMatchObject({
      code: 'model/corrupt',
      message: expect.stringMatching(message) as string,
    })
  })

  it('with a number that is none are refused, hash or not', async () => {
    const spoilt = members.map((flat) => flat.slice())
    spoilt[1][3] = Number.NaN
    const written = await writeClassifierFiles(card, { ...plain, members: spoilt })
    await expect(readClassifierFiles(written)).rejects.toThrow(/must be finite/)
  })
})

describe('TensorFlow.js opens them as a network from spectra', () => {
  beforeAll(() => tf.setBackend('cpu'))

  it.each([
    ['to the logits of each member', card, plain],
    ['through an encoder', ofLatent.card, ofLatent.parts],
  ])('%s', async (_, what, parts) => {
    const written = await writeClassifierFiles(what, parts)
    const json = JSON.parse(written.model) as tf.io.ModelJSON
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
        weightData: written.weights.buffer,
      }),
    )
    const rows = 6
    const x = Float32Array.from({ length: rows * features }, (_, i) => whitening.mean[i % 3] + rng.normal())
    const outputs = model.predict(tf.tensor2d(x, [rows, features])) as tf.Tensor[]
    let inputs = whitenRows(whitening, x, rows)
    if (parts.latent) {
      const { centre, scale } = parts.latent
      inputs = runMlp(parts.latent.encoder, inputs, rows).map((z, i) => (z - centre[i % 2]) / scale[i % 2])
    }
    parts.members.forEach((flat, m) => {
      const ours = runMlp(ratioMlp({ ...architecture, inputs: inputs.length / rows }, flat), inputs, rows)
      const theirs = outputs[m].dataSync()
      expect(theirs).toHaveLength(ours.length)
      ours.forEach((value, i) => expect(theirs[i]).toBeCloseTo(value, 4))
      expect(Math.max(...ours) - Math.min(...ours)).toBeGreaterThan(0.1)
    })
  })
})
