import { beforeAll, describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { usualTransformerTraining } from './transformer-config.ts'
import { readTransformerFiles, writeTransformerFiles } from './transformer-files.ts'
import { initialiseTransformer, TransformerLayout } from './transformer-parameters.ts'

const spec = { tokens: 3, width: 4, heads: 1, blocks: 1, classes: 2 }
const layout = new TransformerLayout(spec)
const parameters = initialiseTransformer(layout, createRng(1))
const sha256 = 'ab'.repeat(32)
let files: { card: string; weights: Uint8Array<ArrayBuffer> }

beforeAll(async () => {
  files = await writeTransformerFiles(
    {
      ...{ id: 'small', title: 'Small', description: 'For this test.', tokens: ['a', 'b', 'c'] },
      ...{ classes: ['x', 'y'], training: { ...usualTransformerTraining, spec } },
      scaling: { mean: [0, 1, 2], deviation: [1, 2, 3] },
      data: {
        samples: [
          { id: 'x', sha256 },
          { id: 'y', sha256 },
        ],
        ...{ splitSeed: 1, most: null, events: { training: 70, validation: 15, test: 15 } },
      },
      ...{ epochs: { best: 1, done: 2 }, metrics: {}, engine: 'kernels-simd', product: 'test' },
    },
    parameters,
  )
})

it('what is read is what was written', async () => {
  const model = await readTransformerFiles(files.card, files.weights)
  expect(model.parameters).toEqual(parameters)
  expect(model.card.training.spec).toEqual(spec)
})

describe('refused as corrupt', () => {
  const altered = (change: (card: Record<string, unknown>) => void): string => {
    const card = JSON.parse(files.card) as Record<string, unknown>
    change(card)
    return JSON.stringify(card)
  }
  const cases: [string, () => string, string][] = [
    ['no JSON', () => '{', 'no JSON'],
    ['another kind', () => altered((card) => (card.kind = 'encoder')), 'kind'],
    [
      'a name too few',
      () => altered((card) => (card.tokens = ['a', 'b'])),
      '2 names of tokens, its architecture needs 3',
    ],
    ['another hash', () => altered((card) => (card.weightsSha256 = sha256)), 'its card says abababababab'],
  ]
  it.each(cases)('%s', async (_, card, message) => {
    await expect(readTransformerFiles(card(), files.weights)).rejects.toThrow(message)
  })
  it('weights that are too short, with both numbers', async () => {
    const short = readTransformerFiles(files.card, files.weights.subarray(4))
    await expect(short).rejects.toThrow(`${files.weights.length - 4} bytes of weights`)
  })
})
