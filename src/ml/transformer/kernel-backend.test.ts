import { describe, expect, it } from 'vitest'
import { loadTransformerKernel } from '../../kernels/load-kernels.ts'
import { TransformerKernel } from '../../kernels/transformer-kernel.ts'
import { createRng } from '../../numerics/rng.ts'
import { createKernelBackend } from './kernel-backend.ts'
import { forwardEvent } from './reference-forward.ts'
import { referenceGradient } from './reference-gradient.ts'
import { randomBatch, randomParameters } from './small-batches.ts'
import type { TransformerGradient } from './transformer-backend.ts'
import { partOf, sharesOf, totalLoss, transformerTasks, type TransformerTask } from './transformer-loss.ts'
import { TransformerLayout } from './transformer-parameters.ts'
import type { TransformerSpec } from './transformer-spec.ts'
import type { TokenBatch } from './token-source.ts'

const module = await loadTransformerKernel()
if (!module) throw new Error('this machine has no SIMD128')

/** Of the largest derivative of each parameter's region; float32 carries 6e-8. */
const tolerance = 1e-5

function kernelGradient(
  layout: TransformerLayout,
  parameters: Float32Array,
  batch: TokenBatch,
  task: TransformerTask = 'multi-task',
) {
  const backend = createKernelBackend(module!, layout)
  return (backend.gradients(parameters, task, [batch], sharesOf(batch)) as TransformerGradient[])[0]
}

function checkGradient(spec: TransformerSpec, change: (batch: TokenBatch) => void = () => {}): void {
  const layout = new TransformerLayout(spec)
  const rng = createRng(5)
  const parameters = randomParameters(layout, rng)
  const batch = randomBatch(layout, 3, rng)
  change(batch)
  for (const task of transformerTasks) {
    const ours = kernelGradient(layout, parameters, batch, task)
    const reference = referenceGradient(layout, parameters, task, batch)
    const loss = totalLoss(task, reference.losses)
    expect(Math.abs(totalLoss(task, ours.losses) - loss)).toBeLessThan(1e-6 * Math.max(1, loss))
    expect(ours.losses.scalars).toBe(reference.losses.scalars)
    const size = (numbers: Float64Array): number =>
      numbers.reduce((most, g) => Math.max(most, Math.abs(g)), 0)
    const largest = size(reference.gradient)
    for (const { name, start } of layout.regions) {
      // Biases of keys move all scores of a query alike: their derivative is 0 by softmax, held against that of the keys.
      const scale = Math.max(
        size(layout.view(reference.gradient, name.replace('keys/bias', 'keys'))),
        1e-3 * largest,
      )
      const difference = layout.view(reference.gradient, name).map((g, i) => g - ours.gradient[start + i])
      expect(size(difference), `${task} ${name}`).toBeLessThanOrEqual(tolerance * scale)
    }
  }
}

const small = { tokens: 7, width: 8, heads: 2, blocks: 2, classes: 3 }

describe('gradient of every parameter against float64', () => {
  it('heads of four numbers', () => checkGradient(small))
  it('heads of three, whose padding stays out', () => checkGradient({ ...small, width: 6 }))
  it('heads of five and a width of ten', () => checkGradient({ ...small, tokens: 9, width: 10 }))
  it('one head of sixteen', () => checkGradient({ ...small, width: 16, heads: 1 }))
  it('one token', () => checkGradient({ ...small, tokens: 1, width: 3, heads: 1, blocks: 1 }))
  it('all masked', () => checkGradient(small, ({ masked }) => masked.fill(1)))
  it('nothing masked: no reconstruction to learn', () => checkGradient(small, ({ masked }) => masked.fill(0)))
  it('empty events', () =>
    checkGradient(small, ({ filled, values }) => {
      filled.fill(0)
      values.fill(0)
    }))
  it('residuals beyond Huber’s bound', () =>
    checkGradient(small, ({ values }) => values.forEach((x, i) => (values[i] = 8 * x))))
  it('weights of zero', () => checkGradient(small, ({ weights }) => weights.fill(0)))
})

it('scores far beyond the range of exp', () => {
  const layout = new TransformerLayout(small)
  const rng = createRng(3)
  const parameters = randomParameters(layout, rng)
  for (const name of ['block-0/queries', 'block-0/keys'])
    layout.view(parameters, name).forEach((x, i, all) => (all[i] = 12 * x))
  const batch = randomBatch(layout, 2, rng)
  const { logits } = createKernelBackend(module, layout).outputs(parameters, batch.values, 2, null) as {
    logits: Float32Array
  }
  for (let row = 0; row < 2; row++) {
    const tape = forwardEvent(layout, parameters, batch.values.subarray(7 * row, 7 * row + 7), null)
    // Here attention is all on one token: the test is of overflow, and scores of hundreds have errors of 1e-5.
    expect(Math.max(...tape.blocks[0].attention)).toBeGreaterThan(0.999)
    tape.logits.forEach((logit, k) => expect(Math.abs(logits[3 * row + k] - logit)).toBeLessThan(2e-3))
  }
})

it('gradients of parts add up to that of the batch, whatever their number', () => {
  const layout = new TransformerLayout(small)
  const rng = createRng(6)
  const parameters = randomParameters(layout, rng)
  const batch = randomBatch(layout, 70, rng)
  const whole = kernelGradient(layout, parameters, batch)
  const parts = [partOf(batch, 0, 11), partOf(batch, 11, 70)]
  const backend = createKernelBackend(module, layout)
  const [a, b] = backend.gradients(parameters, 'multi-task', parts, sharesOf(batch)) as TransformerGradient[]
  const largest = whole.gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0)
  whole.gradient.forEach((g, i) =>
    expect(Math.abs(a.gradient[i] + b.gradient[i] - g)).toBeLessThan(2e-6 * largest),
  )
  expect(a.losses.reconstruction + b.losses.reconstruction).toBeCloseTo(whole.losses.reconstruction, 6)
  expect(a.losses.scalars + b.losses.scalars).toBe(whole.losses.scalars)
})

it('a number that is not finite makes the loss of its batch one', () => {
  const layout = new TransformerLayout(small)
  const batch = randomBatch(layout, 3, createRng(4))
  batch.values[4] = Number.NaN
  const { losses } = kernelGradient(layout, randomParameters(layout, createRng(4)), batch)
  expect(losses.classification).toBeNaN()
})

it('outputs and features are those of float64, and memory is that of one event', () => {
  const spec = { tokens: 101, width: 20, heads: 5, blocks: 2, classes: 5 }
  const layout = new TransformerLayout(spec)
  const parameters = randomParameters(layout, createRng(7))
  const kernel = new TransformerKernel(module, spec, layout.regions)
  kernel.writeParameters(parameters)
  const rows = 66
  const { values, masked } = randomBatch(layout, rows, createRng(8))
  const { logits, reconstruction, features } = kernel.predict(rows, values, masked, true)
  const row = 65
  const of = (width: number) => [row * width, (row + 1) * width] as const
  const tape = forwardEvent(layout, parameters, values.subarray(...of(101)), masked.subarray(...of(101)))
  const close = (a: Float32Array, b: Float64Array): void =>
    b.forEach((value, i) => expect(Math.abs(a[i] - value)).toBeLessThan(1e-4))
  close(logits.subarray(...of(5)), tape.logits)
  close(reconstruction.subarray(...of(101)), tape.reconstruction)
  close(features.subarray(...of(2020)), tape.norm.out)
  expect(kernel.bytes).toBeLessThan(10 * 2 ** 20)
})
