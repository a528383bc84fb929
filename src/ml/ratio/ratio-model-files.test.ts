import * as tf from '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import type { RatioCard } from './ratio-card.ts'
import { writeRatioModelFiles, readRatioModelFiles } from './ratio-model-files.ts'
import { predictRatios } from './ratio-network.ts'
import { initialiseRatio } from './ratio-parameters.ts'
import { presetTraining, ratioPresets } from './ratio-presets.ts'

const rng = createRng(8)
const training = { ...presetTraining(ratioPresets.parton, 'td8', 1), widths: [6, 5] }
const parameters = initialiseRatio({ inputs: 2, widths: [6, 5], outputs: 1 }, rng)
for (let i = 0; i < parameters.length; i++) parameters[i] += 0.1 * rng.normal()
const card = {
  id: 'ratio-td8',
  title: 'c_td8',
  features: ['m_tt', 'y_tt'],
  terms: ['td8'],
  scaler: { centre: [1800, 0], scale: [400, 0.8] },
  decoder: { kind: 'classifier' as const, scale: 0.07, trainingPoint: null },
  training,
  outputs: 1,
  epochs: { best: 3, done: 5 },
  setup: {
    ...{ sqrtSGeV: 13_000, mttMinGeV: 1450, muGeV: 172.5, alphaS: 0.1077, ctG: 'dim6top' },
    ...{ selection: 'none' as const, smearing: 'none' as const, operators: ['td8'] },
    pdf: { id: 'toy', sha256: 'ab'.repeat(32) },
  },
  made: {
    ...{ preset: 'parton', seed: 1, replica: 3, points: 500, events: 500 },
    ...{ source: null, product: 'theoryscape test' },
  },
  metrics: { 'loss td8': 0.66 },
  engine: 'kernels-simd',
}
const files = await writeRatioModelFiles(card, parameters)
const x = Float32Array.from({ length: 14 }, (_, i) => (i % 2 ? rng.normal() : 1500 + 900 * rng.uniform()))

describe('files of a ratio network', () => {
  it('come back as the same network', async () => {
    const { network, card: read } = await readRatioModelFiles(files)
    expect(read.training).toEqual(training)
    expect(network.features).toEqual(['m_tt', 'y_tt'])
    if (read.schemaVersion !== 2) throw new Error('was written as version 2')
    const again = await writeRatioModelFiles(read, parameters)
    expect(again).toEqual(files)
    expect(new Set(predictRatios(network, x)).size).toBe(7)
  })

  // g = 1/(1 + r/scale) of unscaled features.
  it('open in tf.loadLayersModel as the classifier behind the ratio', async () => {
    const json = JSON.parse(files.model) as tf.io.ModelJSON
    const handler = tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
      weightData: files.weights.buffer,
    })
    const layers = await tf.loadLayersModel(handler)
    const g = (layers.predict(tf.tensor2d(x, [7, 2])) as tf.Tensor).dataSync()
    const { network } = await readRatioModelFiles(files)
    predictRatios(network, x).forEach((r, i) => expect(g[i]).toBeCloseTo(1 / (1 + r / 0.07), 5))
  })

  it('in half precision are half as long, and open in tf.loadLayersModel too', async () => {
    const half = await writeRatioModelFiles({ ...card, precision: 'float16' }, parameters)
    expect(half.weights.length).toBe(16 + 2 * parameters.length)
    const { network } = await readRatioModelFiles(half)
    const whole = predictRatios((await readRatioModelFiles(files)).network, x)
    const ratios = predictRatios(network, x)
    ratios.forEach((r, i) => expect(Math.abs(r / whole[i] - 1)).toBeLessThan(5e-3))
    expect(Array.from(ratios)).not.toEqual(Array.from(whole))
    const json = JSON.parse(half.model) as tf.io.ModelJSON
    const layers = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
        weightData: half.weights.buffer,
      }),
    )
    const g = (layers.predict(tf.tensor2d(x, [7, 2])) as tf.Tensor).dataSync()
    ratios.forEach((r, i) => expect(g[i]).toBeCloseTo(1 / (1 + r / 0.07), 5))
    const cut = { ...half, weights: half.weights.slice(0, -2) }
    await expect(readRatioModelFiles(cut)).rejects.toThrow(/weights.bin has \d+ bytes, its card needs/)
  })

  it('keep the logarithm of energies; cards from before it have none', async () => {
    const scaler = { centre: [7.5, 0], scale: [0.2, 0.8], log: [true, false] }
    const { network } = await readRatioModelFiles(await writeRatioModelFiles({ ...card, scaler }, parameters))
    expect(network.scaler).toEqual(scaler)
    const plain = await readRatioModelFiles(files)
    expect(plain.network.scaler.log).toBeUndefined()
    const logged = x.map((value, i) => (i % 2 ? value : Math.log1p(value)))
    const same = { ...network, scaler: { centre: scaler.centre, scale: scaler.scale } }
    predictRatios(same, logged).forEach((r, i) => expect(predictRatios(network, x)[i]).toBeCloseTo(r, 6))
  })

  it('of a positive ratio end in a linear layer', async () => {
    const architecture = { inputs: 2, widths: [6, 5], outputs: 2 }
    const decoder = { kind: 'positive' as const, units: [0.3], adjust: [[1.1, 0.02] as [number, number]] }
    const own = { ...card, terms: ['td8', 'td8^2'], decoder, outputs: 2 }
    const flat = initialiseRatio(architecture, rng)
    const written = await writeRatioModelFiles(own, flat)
    expect(written.model).not.toContain('sigmoid')
    const { network } = await readRatioModelFiles(written)
    const r = predictRatios(network, x)
    for (let i = 0; i < 7; i++) expect(r[2 * i + 1]).toBeGreaterThanOrEqual(r[2 * i] ** 2 / 4 - 1e-12)
    const wrong = await writeRatioModelFiles({ ...own, decoder: { ...decoder, units: [1, 1] } }, flat)
    await expect(readRatioModelFiles(wrong)).rejects.toThrow(/2 outputs cannot give the 2 terms td8, td8\^2/)
  })

  it('of version 1 are read, but leave open what they never knew', async () => {
    const { setup, made, ...rest } = JSON.parse(files.card) as RatioCard
    const data = { pdf: 'toy', sqrtSGeV: 13_000, mttMinGeV: 1450, muGeV: 172.5, alphaS: 0.1077 }
    const old = { ...rest, schemaVersion: 1, date: '2026-01-02', data }
    const { card: read, network } = await readRatioModelFiles({ ...files, card: JSON.stringify(old) })
    expect(read).toMatchObject({ schemaVersion: 1, made: null, terms: ['td8'] })
    const unknown = { selection: null, smearing: null, operators: null, ctG: null }
    expect(read.setup).toEqual({ ...setup, ...unknown, pdf: { id: 'toy', sha256: null } })
    expect(predictRatios(network, x)).toEqual(predictRatios((await readRatioModelFiles(files)).network, x))
    expect(made.replica).toBe(3)
  })

  it('of a later version, and without or with an unknown part of the set-up, are refused', async () => {
    const whole = JSON.parse(files.card) as RatioCard
    const read = (changed: object) =>
      readRatioModelFiles({ ...files, card: JSON.stringify({ ...whole, ...changed }) })
    await expect(read({ schemaVersion: 3 })).rejects.toMatchObject({
      code: 'model/mismatch',
      message: expect.stringMatching(/version 3, this app reads 1 and 2/) as string,
    })
    const { muGeV, ...lacking } = whole.setup
    expect(muGeV).toBe(172.5)
    await expect(read({ setup: lacking })).rejects.toThrow(/not as expected.*muGeV/s)
    await expect(read({ setup: { ...whole.setup, beam: 'ee' } })).rejects.toThrow(/beam/)
    await expect(read({ setup: { ...whole.setup, selection: { ptB: 30 } } })).rejects.toThrow(/selection/)
  })

  it('are refused where damaged, and where terms and heads disagree', async () => {
    const weights = files.weights.slice()
    weights[20] ^= 1
    await expect(readRatioModelFiles({ ...files, weights })).rejects.toThrow(/sha256 of weights.bin/)
    await expect(readRatioModelFiles({ ...files, weights: weights.slice(4) })).rejects.toThrow(
      /has 248 bytes, its card needs 252/,
    )
    await expect(readRatioModelFiles({ ...files, card: '{' })).rejects.toThrow(/not JSON/)
    const twoTerms = files.card.replace('"td8"', '"td8", "tq8"')
    await expect(readRatioModelFiles({ ...files, card: twoTerms })).rejects.toThrow(
      /1 outputs cannot give the 2 terms/,
    )
  })
})
