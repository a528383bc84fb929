import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../kernels/load-kernels.ts'
import { createRng } from '../numerics/rng.ts'
import type { EncoderEngine } from './encoder-engine.ts'
import { createKernelEngine } from './kernel-engine.ts'
import { createTfjsEngine } from './tfjs-engine.ts'
import type { TrainingConfig } from './training-config.ts'

const features = 6
const config: TrainingConfig = {
  seed: 5,
  loss: 'supcon-euclidean',
  temperature: 0.5,
  margin: 4,
  latentDim: 2,
  widths: [12, 9],
  dropout: 0.1,
  learningRate: 0.003,
  optimiser: 'adamw',
  weightDecay: 0.01,
  universesPerBatch: 8,
  replicasPerUniverse: 5,
  steps: 20,
  universes: 'fresh',
  fixedUniverses: 10,
  patience: 100,
  backend: 'cpu',
}
const rows = config.universesPerBatch * config.replicasPerUniverse

beforeAll(async () => void (await tf.setBackend('cpu')))

async function run(engine: EncoderEngine, from: number, to: number): Promise<number[]> {
  const losses: number[] = []
  for (let step = from; step < to; step++) {
    const rng = createRng(3).split(step)
    const x = Float32Array.from({ length: rows * features }, () => 2 * rng.normal())
    const labels = Int32Array.from({ length: rows }, (_, i) => i % config.universesPerBatch)
    losses.push(await engine.step(x, labels, rows, config.learningRate))
  }
  return losses
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0
  for (let i = 0; i < b.length; i++) worst = Math.max(worst, Math.abs(a[i] - b[i]))
  return worst
}

describe.each([true, false])('kernels (simd: %s)', (simd) => {
  it.each(['supcon-euclidean', 'supcon-cosine', 'pair'] as const)(
    'train 20 steps with %s as TensorFlow.js on its cpu backend does',
    async (loss) => {
      const changed = { ...config, loss }
      const ours = createKernelEngine(await loadKernels(simd), changed, features)
      const theirs = createTfjsEngine(changed, features)
      expect((await ours.parameters()).flat).toEqual((await theirs.parameters()).flat)
      const losses = await run(ours, 0, 20)
      expect(largestDifference(losses, await run(theirs, 0, 20))).toBeLessThan(1e-5 * losses[0])
      const [a, b] = [await ours.state(), await theirs.state()]
      // These losses do not see the output's bias: its gradient is rounding, which Adam scales up. Compare the rest.
      const trained = a.optimiser.first.length
      if (loss !== 'supcon-cosine') a.parameters.set(b.parameters.subarray(trained - 2, trained), trained - 2)
      const largest = Math.max(...b.parameters.map(Math.abs))
      expect(largestDifference(a.parameters, b.parameters)).toBeLessThan(1e-5 * largest)
      expect(a.steps).toBe(20)
      expect(a.optimiser.updates).toBe(20)
    },
  )
})

it('a training moves from one engine to the other and back', async () => {
  const kernels = await loadKernels()
  const alone = createTfjsEngine(config, features)
  const straight = await run(alone, 0, 12)
  const first = createTfjsEngine(config, features)
  const losses = await run(first, 0, 4)
  const second = createKernelEngine(kernels, config, features)
  await second.restore(await first.state())
  losses.push(...(await run(second, 4, 8)))
  const third = createTfjsEngine(config, features)
  await third.restore(await second.state())
  losses.push(...(await run(third, 8, 12)))
  expect(largestDifference(losses, straight)).toBeLessThan(1e-5 * straight[0])
})

it('returns NaN and keeps its state where the batch is not finite', async () => {
  const engine = createKernelEngine(await loadKernels(), config, features)
  await run(engine, 0, 2)
  const before = await engine.state()
  const x = new Float32Array(rows * features).fill(Number.NaN)
  expect(await engine.step(x, new Int32Array(rows), rows, 0.1)).toBeNaN()
  expect(await engine.state()).toEqual(before)
})
