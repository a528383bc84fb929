import '../testing/matchers.ts'
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../kernels/load-kernels.ts'
import { createRng } from '../numerics/rng.ts'
import { encoderGradientOnTensors } from './encoder-gradient-tfjs.ts'
import {
  architectureOf,
  countParameters,
  describeArchitecture,
  foldBatchNorm,
  initialiseParameters,
  type EncoderArchitecture,
} from './encoder-parameters.ts'
import { createKernelEngine } from './kernel-engine.ts'
import { contrastiveLoss } from './losses/contrastive-loss.ts'
import { mlpInputs, runMlp } from './mlp.ts'
import { createRowEncoder } from './row-encoder.ts'
import { createTfjsEngine } from './tfjs-engine.ts'
import { usualTraining, type TrainingConfig } from './training-config.ts'

const features = 12
const rows = 12
const config: TrainingConfig = {
  ...usualTraining,
  ...{ seed: 5, loss: 'pair', margin: 1, widths: [9, 4], blocks: 'bias', optimiser: 'adamw' },
  ...{ learningRate: 3e-3, universesPerBatch: 3, replicasPerUniverse: 4 },
}
const deepSet: TrainingConfig = { ...config, pool: { items: 3, widths: [7, 5] } }
const kinds: [string, TrainingConfig][] = [
  ['layers', config],
  ['layers with dropout', { ...config, dropout: 0.2 }],
  ['a deep set', deepSet],
  ['a deep set with SupCon, mean before the output', { ...deepSet, loss: 'supcon-euclidean', widths: [] }],
]
const labels = Int32Array.from({ length: rows }, (_, i) => i >> 2)
const batch = (seed: number): Float32Array => {
  const rng = createRng(seed)
  return Float32Array.from(
    { length: rows * features },
    (_, i) => rng.normal() + 0.5 * labels[Math.floor(i / features)],
  )
}

beforeAll(async () => void (await tf.setBackend('cpu')))

/** Latents from the definition in double precision, item by item. */
function latents(
  { features: all, widths, latentDim, pool }: EncoderArchitecture,
  numbers: number[],
  x: Float32Array,
) {
  let at = 0
  const layer = (from: number[][], width: number, relu: boolean): number[][] => {
    const inputs = from[0].length
    const kernel = numbers.slice(at, (at += inputs * width))
    const bias = numbers.slice(at, (at += width))
    return from.map((row) =>
      bias.map((b, j) => {
        const sum = row.reduce((total, value, k) => total + value * kernel[k * width + j], b)
        return relu ? Math.max(0, sum) : sum
      }),
    )
  }
  const items = pool?.items ?? 1
  const width = all / items
  let h = Array.from({ length: x.length / width }, (_, i) => [...x.subarray(i * width, (i + 1) * width)])
  for (const units of pool?.widths ?? []) h = layer(h, units, true)
  if (pool)
    h = Array.from({ length: h.length / items }, (_, set) =>
      h[0].map((_, j) => {
        const own = h.slice(set * items, (set + 1) * items)
        return own.reduce((sum, row) => sum + row[j], 0) / items
      }),
    )
  for (const units of widths) h = layer(h, units, true)
  return layer(h, latentDim, false).flat()
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0)

it.each([kinds[0], kinds[2], kinds[3]])(
  'gradient of %s equals central differences of the definition',
  async (_, own) => {
    const architecture = architectureOf(own, features)
    const parameters = initialiseParameters(architecture, createRng(2))
    const x = batch(7)
    const masks = architecture.widths.map(() => null)
    const { loss, gradient } = await encoderGradientOnTensors(parameters, own, x, labels, masks)
    const numbers = [...parameters.flat]
    const lossAt = (i: number, by: number): number => {
      const moved = numbers.with(i, numbers[i] + by)
      return contrastiveLoss(own, latents(architecture, moved, x), labels, architecture.latentDim).value
    }
    expect(loss).toBeCloseTo(lossAt(0, 0), 5)
    expect(gradient.length).toBe(parameters.trainable)
    const h = 1e-6
    const expected = numbers.map((_, i) => (lossAt(i, h) - lossAt(i, -h)) / (2 * h))
    expect(largest(gradient, expected)).toBeLessThan(2e-5)
  },
)

describe.each([true, false])('kernels (simd: %s)', (simd) => {
  it.each(kinds)('train %s as TensorFlow.js does', async (_, own) => {
    const ours = createKernelEngine(await loadKernels(simd), own, features)
    const theirs = createTfjsEngine(own, features)
    expect((await ours.parameters()).flat).toEqual((await theirs.parameters()).flat)
    for (let step = 0; step < 12; step++) {
      const x = batch(step)
      const loss = await ours.step(x, labels, rows, own.learningRate)
      expect(loss).toBeCloseToRel(await theirs.step(x, labels, rows, own.learningRate), 1e-4)
    }
    const [a, b] = [await ours.state(), await theirs.state()]
    // Moments and not parameters: where a gradient is nothing but rounding, Adam scales it up.
    const scale = Math.max(...b.optimiser.first.map(Math.abs))
    expect(largest(a.optimiser.first, b.optimiser.first)).toBeLessThan(1e-3 * scale)
    expect([a.steps, a.optimiser.updates]).toEqual([12, 12])
  })
})

it('a deep set goes on from its state to the bit, and keeps it where a batch is not finite', async () => {
  const engine = createKernelEngine(await loadKernels(), deepSet, features)
  const other = createKernelEngine(await loadKernels(), { ...deepSet, seed: 6 }, features)
  await engine.step(batch(1), labels, rows, 1e-3)
  const state = await engine.state()
  await other.restore(state)
  expect(await other.step(batch(2), labels, rows, 1e-3)).toBe(await engine.step(batch(2), labels, rows, 1e-3))
  expect(await other.state()).toEqual(await engine.state())
  const before = await engine.state()
  expect(await engine.step(batch(1).fill(Number.NaN), labels, rows, 1e-3)).toBeNaN()
  expect(await engine.state()).toEqual(before)
})

it('encodes sets of any size, in the loop and on the kernels, in any order of their items', async () => {
  const architecture = architectureOf(deepSet, features)
  const mlp = foldBatchNorm(initialiseParameters(architecture, createRng(3)))
  const x = batch(4)
  const expected = latents(architecture, [...initialiseParameters(architecture, createRng(3)).flat], x)
  expect(largest(runMlp(mlp, x, rows), expected)).toBeLessThan(1e-5)
  const kernels = await loadKernels()
  expect(largest(createRowEncoder(mlp, kernels)(x, rows), expected)).toBeLessThan(1e-5)
  // The same events as sets of six are means of two sets before the second network.
  const larger = { ...mlp, pool: { layers: 2, items: 6 } }
  expect(mlpInputs(larger)).toBe(24)
  expect(runMlp(larger, x, rows / 2).length).toBe(rows)
  const turned = x.slice()
  for (let i = 0; i < rows; i++) {
    turned.copyWithin(i * 12, i * 12 + 4, i * 12 + 12)
    turned.set(x.subarray(i * 12, i * 12 + 4), i * 12 + 8)
  }
  expect(largest(runMlp(mlp, turned, rows), expected)).toBeLessThan(1e-5)
})

it('counts the numbers of the encoder of ten events', () => {
  const wide = { ...config, widths: [384, 512, 256, 128, 64, 32, 16, 8, 4] }
  expect(countParameters(architectureOf(wide, 160))).toEqual({ trainable: 434_214, total: 434_214 })
  expect(describeArchitecture(architectureOf(deepSet, 12))).toBe('3 × 4 → 7 → mean of 5 → 9 → 4 → 2')
})

it('refuses a pool that cannot be', () => {
  expect(() => architectureOf({ ...deepSet, blocks: 'batch-norm' }, 12)).toThrow(/Set blocks to bias/)
  expect(() => architectureOf({ ...deepSet, dropout: 0.1 }, 12)).toThrow(/dropout to 0/)
  expect(() => architectureOf(deepSet, 13)).toThrow(/13 features are no 3 items/)
})
