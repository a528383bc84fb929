import { describe, expect, it } from 'vitest'
import { countRatioParameters } from '../ratio/ratio-parameters.ts'
import { readClassifierFiles, writeClassifierFiles } from './classifier-files.ts'

const architecture = { inputs: 3, widths: [4], outputs: 2 }
const size = countRatioParameters(architecture)
const members = [0, 1].map((m) => Float32Array.from({ length: size }, (_, i) => m + i / 7))
const rule = { level: 0.95, calibrationRows: 40 }
const files = await writeClassifierFiles(
  {
    id: 'toy',
    title: 'Toy',
    description: '',
    features: 3,
    universes: [0, 5],
    training: {
      method: 'ensemble',
      seed: 1,
      members: 2,
      widths: [4],
      steps: 10,
      batch: 8,
      learningRate: 0.01,
      betaIn: 100,
      outWeight: 1,
      epochSteps: 100,
    },
    calibration: {
      temperature: 1.1,
      sets: {
        lac: { method: 'lac', quantile: 0.9, ...rule },
        aps: { method: 'aps', quantile: null, ...rule },
      },
      none: { threshold: 0.2, falseAlarms: 0.01 },
      rows: 40,
    },
    dataset: { id: 'toy-data', manifestSha256: 'a'.repeat(64) },
    metrics: { accuracy: { value: 0.9, error: 0.1, description: '' } },
    engine: 'kernels-simd',
    date: '2026-11-22',
  },
  members,
)

describe('files of a classifier', () => {
  it('come back to the last bit', async () => {
    const read = await readClassifierFiles(files)
    expect(read.members).toEqual(members)
    expect(read.card).toMatchObject({ id: 'toy', kind: 'classifier', universes: [0, 5] })
    expect(files.weights).toHaveLength(4 * 2 * size)
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
  ])('with %s are refused', async (_, broken, message) => {
    await expect(readClassifierFiles(broken())).rejects.toThrow(message)
  })

  it('with a number that is none are refused, hash or not', async () => {
    const spoilt = members.map((flat) => flat.slice())
    spoilt[1][3] = Number.NaN
    const { card } = await readClassifierFiles(files)
    await expect(writeClassifierFiles(card, spoilt).then(readClassifierFiles)).rejects.toThrow(
      /must be finite/,
    )
  })
})
