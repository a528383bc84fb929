import { readClassifierFiles, writeClassifierFiles } from '../../ml/classifier/classifier-files.ts'
import { readModelFiles } from '../../ml/model-files.ts'
import { readRatioModelFiles, writeRatioModelFiles } from '../../ml/ratio/ratio-model-files.ts'
import { countRatioParameters, initialiseRatio } from '../../ml/ratio/ratio-parameters.ts'
import { presetTraining, ratioPresets } from '../../ml/ratio/ratio-presets.ts'
import { createRng } from '../../numerics/rng.ts'
import { openSealed, sealBytes } from '../../numerics/sealed-bytes.ts'
import { smallModelFiles } from '../small-encoder.ts'
import { sameShape, textOf, utf8, type Reader } from './reader.ts'

const encoder = await smallModelFiles(3)
const rng = createRng(5)
const training = { ...presetTraining(ratioPresets.parton, 'td8', 1), widths: [4] }
const ratio = await writeRatioModelFiles(
  {
    ...{ id: 'ratio-td8', title: 'td8', features: ['m_tt', 'y_tt'], terms: ['td8'], outputs: 1, training },
    scaler: { centre: [1800, 0], scale: [400, 0.8] },
    decoder: { kind: 'classifier', scale: 0.07, trainingPoint: null },
    epochs: { best: 3, done: 5 },
    setup: {
      ...{ sqrtSGeV: 13_000, mttMinGeV: 1450, muGeV: 172.5, alphaS: 0.1077, ctG: 'dim6top' },
      ...{ selection: 'none' as const, smearing: 'none' as const, operators: ['td8'] },
      pdf: { id: 'toy', sha256: 'ab'.repeat(32) },
    },
    made: {
      ...{ preset: 'parton', seed: 1, replica: 3, points: 500, events: 500 },
      ...{ source: null, product: 'test' },
    },
    metrics: { 'loss td8': 0.66 },
    engine: 'kernels-simd',
  },
  initialiseRatio({ inputs: 2, widths: [4], outputs: 1 }, rng),
)
const rule = { level: 0.95, calibrationRows: 40, quantile: 0.9 }
const size = countRatioParameters({ inputs: 3, widths: [4], outputs: 2 })
const classifier = await writeClassifierFiles(
  {
    ...{ id: 'toy', title: 'Toy', description: '', features: 3, latent: null, universes: [0, 5] },
    training: {
      ...{ method: 'ensemble', seed: 1, members: 1, widths: [4], steps: 10, batch: 8 },
      ...{ learningRate: 0.01, betaIn: 100, outWeight: 1, epochSteps: 100 },
    },
    calibration: {
      ...{ temperature: 1.1, none: { threshold: 0.2, falseAlarms: 0.01 }, rows: 40 },
      sets: { lac: { method: 'lac', ...rule }, aps: { method: 'aps', ...rule } },
    },
    dataset: { id: 'toy-data', manifestSha256: 'a'.repeat(64) },
    ...{ metrics: {}, engine: 'kernels-simd' },
  },
  {
    whitening: {
      mean: Float32Array.of(1, 2, 3),
      whitening: Float32Array.of(2, 0, 0, 0.5, 1, 0, -1, 0.3, 0.7),
    },
    latent: null,
    members: [Float32Array.from({ length: size }, () => rng.normal())],
  },
)
const cardWords = 'the words and settings of a card carry no checksum; the network does'

export const networkReaders: Record<string, Reader> = {
  'card of an encoder': {
    file: utf8(encoder.card),
    read: async (bytes) => {
      const { card, parameters } = await readModelFiles({ ...encoder, card: textOf(bytes) })
      return { shape: JSON.stringify([card.architecture, card.weightsSha256]), card, parameters }
    },
    listed: { why: cardWords, may: sameShape as never },
  },
  'model.json of an encoder': {
    file: utf8(encoder.model),
    read: async (bytes) => (await readModelFiles({ ...encoder, model: textOf(bytes) })).parameters,
  },
  'weights of an encoder': {
    file: encoder.weights,
    read: async (bytes) => (await readModelFiles({ ...encoder, weights: bytes })).parameters,
  },
  'card of a classifier': {
    file: utf8(classifier.card),
    read: async (bytes) => {
      const { card, members } = await readClassifierFiles({ ...classifier, card: textOf(bytes) })
      return {
        shape: JSON.stringify([card.features, card.weightsSha256, card.universes.length]),
        card,
        members,
      }
    },
    listed: { why: cardWords, may: sameShape as never },
  },
  'weights of a classifier': {
    file: classifier.weights,
    read: async (bytes) => (await readClassifierFiles({ ...classifier, weights: bytes })).members,
  },
  'card of a ratio': {
    file: utf8(ratio.card),
    read: async (bytes) => {
      const { card } = await readRatioModelFiles({ ...ratio, card: textOf(bytes) })
      return { shape: JSON.stringify([card.features.length, card.training.widths, card.weightsSha256]), card }
    },
    listed: { why: cardWords, may: sameShape as never },
  },
  'weights of a ratio': {
    file: ratio.weights,
    read: async (bytes) => (await readRatioModelFiles({ ...ratio, weights: bytes })).network,
  },
  'a checkpoint': {
    file: await sealBytes('test-1\n', { step: 3 }, [Uint8Array.of(1, 2, 3, 4)]),
    read: (bytes) => openSealed('test-1\n', bytes, { code: 'data/corrupt', cure: 'Start again.' }),
  },
}
