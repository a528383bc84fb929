import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadKernels } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { runMlp } from '../mlp.ts'
import type { RatioTrainingConfig } from './ratio-config.ts'
import { architectureOf, type RatioEngine, type RatioTable } from './ratio-engine.ts'
import { createRatioKernelEngine } from './ratio-kernel-engine.ts'
import { ratioLoss } from './ratio-loss.ts'
import { ratioMlp } from './ratio-parameters.ts'
import { createRatioTfjsEngine } from './ratio-tfjs-engine.ts'

beforeAll(async () => void (await tf.setBackend('cpu')))

const config: RatioTrainingConfig = {
  seed: 4,
  widths: [11, 7],
  loss: 'cross-entropy',
  optimiser: 'adamw',
  weightDecay: 0.01,
  learningRate: 0.003,
  schedule: 'constant',
  batches: { rows: 37 },
  epochs: 3,
  validationShare: 0.2,
  patience: 100,
  patienceFrom: 0,
}

/** Rows with weights of both signs and targets outside (0, 1), as events of negative interference make them. */
function smallTable(outputs = 2): RatioTable {
  const rng = createRng(9)
  const rows = 200
  const features = 3
  return {
    rows,
    features,
    outputs,
    inputs: Float32Array.from({ length: rows * features }, () => rng.normal()),
    targets: Float32Array.from({ length: rows * outputs }, () => 1.2 * rng.uniform()),
    weights: Float32Array.from({ length: rows }, () => 1 + rng.normal()),
  }
}

/** Rows whose targets are polynomials of squared amplitudes, as those of events are. */
function positiveTable(): RatioTable {
  const rng = createRng(5)
  const targets = new Float32Array(200 * 6)
  for (let i = 0; i < 200; i++) {
    const [a, b, c, d] = Array.from({ length: 4 }, () => rng.normal())
    targets.set([1, 2 * a, 2 * b, a * a + c * c, 2 * (a * b + c * d), b * b + d * d], 6 * i)
  }
  const points = [
    [1, 0],
    [-0.3, 0.2],
    [0, -1],
  ]
  const head = { operators: 2, points, rates: [2, 1.1, 3], weights: [1, 5, 1] }
  return {
    ...smallTable(5),
    targets,
    weights: Float32Array.from({ length: 200 }, () => 0.5 + rng.uniform()),
    head,
  }
}

function batch(step: number): Int32Array {
  const rng = createRng(1).split(step)
  return Int32Array.from({ length: 37 }, () => rng.integer(200))
}

async function run(engine: RatioEngine, from: number, to: number): Promise<number[]> {
  const losses: number[] = []
  for (let step = from; step < to; step++) losses.push(await engine.step(batch(step), config.learningRate))
  return losses
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0
  for (let i = 0; i < b.length; i++) worst = Math.max(worst, Math.abs(a[i] - b[i]))
  return worst
}

describe.each(['cross-entropy', 'squared'] as const)('%s', (loss) => {
  const changed = { ...config, loss }

  // Central differences of the f64 value.
  it('has the gradient of its value', () => {
    const rng = createRng(2)
    const logits = Float64Array.from({ length: 6 }, () => 3 * rng.normal())
    const targets = Float64Array.from({ length: 6 }, () => rng.uniform())
    const weights = [0.5, -0.2, 2]
    const { gradient } = ratioLoss(loss, logits, targets, weights, 3)
    logits.forEach((z, i) => {
      const h = 1e-5
      const at = (value: number) => ratioLoss(loss, logits.with(i, value), targets, weights, 3).value
      expect(gradient[i]).toBeCloseTo((at(z + h) - at(z - h)) / (2 * h), 9)
    })
  })

  it.each([true, false])('kernels (simd: %s) train 20 steps as TensorFlow.js does', async (simd) => {
    const table = smallTable()
    const ours = createRatioKernelEngine(await loadKernels(simd), changed, table)
    const theirs = createRatioTfjsEngine(changed, table)
    expect(ours.state().parameters).toEqual(theirs.state().parameters)
    const losses = await run(theirs, 0, 20)
    expect(largestDifference(await run(ours, 0, 20), losses)).toBeLessThan(1e-5 * losses[0])
    const [a, b] = [ours.state(), theirs.state()]
    expect(largestDifference(a.parameters, b.parameters)).toBeLessThan(1e-5 * Math.max(...b.parameters))
    const all = Int32Array.from({ length: 200 }, (_, i) => i)
    expect(await ours.loss(all)).toBeCloseTo(await theirs.loss(all), 6)
  })

  it('engines report the reference loss of a batch', async () => {
    const table = smallTable()
    const { state, step } = createRatioTfjsEngine(changed, table)
    const rows = batch(0)
    const { parameters } = state()
    const take = (from: Float32Array, width: number): Float32Array =>
      Float32Array.from(
        { length: rows.length * width },
        (_, i) => from[rows[Math.floor(i / width)] * width + (i % width)],
      )
    const x = take(table.inputs, 3)
    const logits = runMlp(ratioMlp(architectureOf(changed, table), parameters), x, rows.length)
    const expected = ratioLoss(loss, logits, take(table.targets, 2), take(table.weights, 1), rows.length)
    expect(await step(rows, 0.001)).toBeCloseTo(expected.value, 6)
  })
})

describe('a positive head', () => {
  const table = positiveTable()

  it.each([true, false])('kernels (simd: %s) train 20 steps as TensorFlow.js does', async (simd) => {
    const ours = createRatioKernelEngine(await loadKernels(simd), config, table)
    const theirs = createRatioTfjsEngine(config, table)
    const losses = await run(theirs, 0, 20)
    expect(largestDifference(await run(ours, 0, 20), losses)).toBeLessThan(1e-5 * losses[0])
    const [a, b] = [ours.state(), theirs.state()]
    expect(largestDifference(a.parameters, b.parameters)).toBeLessThan(1e-5 * Math.max(...b.parameters))
    const all = Int32Array.from({ length: 200 }, (_, i) => i)
    expect(await ours.loss(all)).toBeCloseTo(await theirs.loss(all), 5)
  })

  it('is refused with another number of outputs or targets', async () => {
    const kernels = await loadKernels()
    const make = (change: Partial<RatioTable>) => () =>
      createRatioKernelEngine(kernels, config, { ...table, ...change })
    expect(make({ outputs: 6 })).toThrow(/of 2 operators needs 5 outputs, got 6/)
    expect(make({ targets: new Float32Array(3) })).toThrow(
      /need 600, 1200 and 200 numbers, got 600, 3 and 200/,
    )
  })
})

it('a training moves from one engine to the other and back', async () => {
  const kernels = await loadKernels()
  const table = smallTable()
  const straight = await run(createRatioTfjsEngine(config, table), 0, 12)
  const first = createRatioTfjsEngine(config, table)
  const losses = await run(first, 0, 4)
  const second = createRatioKernelEngine(kernels, config, table)
  second.restore(first.state())
  losses.push(...(await run(second, 4, 8)))
  const third = createRatioTfjsEngine(config, table)
  third.restore(second.state())
  losses.push(...(await run(third, 8, 12)))
  expect(largestDifference(losses, straight)).toBeLessThan(1e-5 * straight[0])
})

describe('a table', () => {
  const make = async (change: Partial<RatioTable>): Promise<RatioEngine> =>
    createRatioKernelEngine(await loadKernels(), config, { ...smallTable(), ...change })

  it('with NaN is refused with the row', async () => {
    const inputs = smallTable().inputs.with(7, Number.NaN)
    await expect(make({ inputs })).rejects.toThrow(/Number 7 of the inputs is NaN.*row 3/)
  })

  it('of negative total weight is refused', async () => {
    const weights = new Float32Array(200).fill(-1)
    await expect(make({ weights })).rejects.toThrow(/total weight -200, must be positive/)
  })

  it('of the wrong size is refused with both numbers', async () => {
    await expect(make({ targets: new Float32Array(7) })).rejects.toThrow(
      /need 600, 400 and 200 numbers, got 600, 7 and 200/,
    )
  })
})
