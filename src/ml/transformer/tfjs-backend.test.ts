import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadTransformerKernel } from '../../kernels/load-kernels.ts'
import { createRng } from '../../numerics/rng.ts'
import { createKernelBackend } from './kernel-backend.ts'
import { referenceGradient } from './reference-gradient.ts'
import { randomBatch, randomParameters } from './small-batches.ts'
import { createTfjsBackend } from './tfjs-backend.ts'
import { sharesOf, totalLoss, transformerTasks } from './transformer-loss.ts'
import { TransformerLayout } from './transformer-parameters.ts'

beforeAll(async () => {
  await tf.setBackend('cpu')
  tf.enableProdMode() // without it Node prints an advertisement
})

const spec = { tokens: 5, width: 8, heads: 2, blocks: 2, classes: 3 }
const layout = new TransformerLayout(spec)

describe('tensors against float64', () => {
  it.each(transformerTasks)('%s: loss and every gradient', async (task) => {
    const rng = createRng(9)
    const parameters = randomParameters(layout, rng)
    const batch = randomBatch(layout, 3, rng)
    const before = tf.memory().numTensors
    const [{ losses, gradient }] = await createTfjsBackend(layout).gradients(
      parameters,
      task,
      [batch],
      sharesOf(batch),
    )
    expect(tf.memory().numTensors).toBe(before)
    const reference = referenceGradient(layout, parameters, task, batch)
    expect(totalLoss(task, losses)).toBeCloseTo(totalLoss(task, reference.losses), 5)
    const largest = reference.gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0)
    const worst = reference.gradient.reduce((most, g, i) => Math.max(most, Math.abs(g - gradient[i])), 0)
    expect(worst).toBeLessThan(1e-5 * largest)
  })
})

it('outputs in chunks are those of our kernel', async () => {
  const parameters = randomParameters(layout, createRng(2))
  const { values, masked, rows } = randomBatch(layout, 40, createRng(3))
  const module = (await loadTransformerKernel())!
  const ours = await createKernelBackend(module, layout).outputs(parameters, values, rows, masked)
  const tensors = await createTfjsBackend(layout).outputs(parameters, values, rows, masked)
  ours.logits.forEach((logit, i) => expect(Math.abs(tensors.logits[i] - logit)).toBeLessThan(1e-5))
  const features = await createKernelBackend(module, layout).features(parameters, values, rows)
  const theirs = await createTfjsBackend(layout).features(parameters, values, rows)
  expect(theirs).toHaveLength(rows * spec.tokens * spec.width)
  features.forEach((x, i) => expect(Math.abs(theirs[i] - x)).toBeLessThan(1e-5))
  ours.reconstruction.forEach((x, i) => expect(Math.abs(tensors.reconstruction[i] - x)).toBeLessThan(1e-5))
})
