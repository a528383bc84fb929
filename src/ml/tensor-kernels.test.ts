import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { dropoutMasks } from './dropout.ts'
import { encoderGradientOnTensors } from './encoder-gradient-tfjs.ts'
import { initialiseParameters } from './encoder-parameters.ts'
import type { RatioTrainingConfig } from './ratio/ratio-config.ts'
import { createRatioTfjsEngine } from './ratio/ratio-tfjs-engine.ts'
import { tensorKernels } from './tensor-kernels.ts'
import { randomBatch, randomParameters } from './transformer/small-batches.ts'
import { createTfjsBackend } from './transformer/tfjs-backend.ts'
import { sharesOf } from './transformer/transformer-loss.ts'
import { TransformerLayout } from './transformer/transformer-parameters.ts'

const called = new Set<string>()
let originals: tf.KernelConfig[] = []

/** The same kernels under the same names; what is called is written down. */
beforeAll(async () => {
  await tf.setBackend('cpu')
  originals = tf.getKernelsForBackend('cpu')
  replaceBy(
    originals.map((kernel) => ({
      ...kernel,
      kernelFunc: (parameters) => {
        called.add(kernel.kernelName)
        return kernel.kernelFunc(parameters)
      },
    })),
  )
})
afterAll(() => replaceBy(originals))

function replaceBy(kernels: tf.KernelConfig[]): void {
  for (const kernel of kernels) {
    tf.unregisterKernel(kernel.kernelName, 'cpu')
    tf.registerKernel(kernel)
  }
}

const rng = createRng(3)
const normal = (length: number) => Float32Array.from({ length }, () => rng.normal())

async function trainEncoders(): Promise<void> {
  const architecture = { features: 4, widths: [6, 5], latentDim: 2 }
  const parameters = initialiseParameters(architecture, rng)
  const labels = Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 3)
  for (const loss of ['supcon-euclidean', 'supcon-cosine', 'pair'] as const)
    for (const masks of [dropoutMasks(architecture, 0.25, 9, 1, 0), [null, null]])
      await encoderGradientOnTensors(
        parameters,
        { loss, temperature: 0.7, margin: 1 },
        normal(36),
        labels,
        masks,
      )
}

async function trainRatios(): Promise<void> {
  const table = {
    ...{ rows: 20, features: 3, outputs: 2, inputs: normal(60) },
    ...{ targets: new Float32Array(40).fill(0.4), weights: new Float32Array(20).fill(1) },
  }
  const head = { operators: 1, points: [[1], [-1]], rates: [2, 3], weights: [1, 1] }
  const config: RatioTrainingConfig = {
    ...{ seed: 4, widths: [5, 4], loss: 'cross-entropy', optimiser: 'adamw', weightDecay: 0.01 },
    ...{ learningRate: 0.003, schedule: 'constant', batches: { rows: 10 }, epochs: 1 },
    ...{ validationShare: 0.2, patience: 10, patienceFrom: 0 },
  }
  const rows = Int32Array.from({ length: 10 }, (_, i) => i)
  for (const loss of ['cross-entropy', 'squared'] as const)
    await createRatioTfjsEngine({ ...config, loss }, table).step(rows, 0.001)
  const squares = Float32Array.from({ length: 60 }, (_, i) => [1, 0.4, 0.3][i % 3])
  await createRatioTfjsEngine(config, { ...table, targets: squares, head }).step(rows, 0.001)
}

async function trainTransformers(): Promise<void> {
  const layout = new TransformerLayout({ tokens: 3, width: 4, heads: 2, blocks: 1, classes: 2 })
  const parameters = randomParameters(layout, rng)
  const batch = randomBatch(layout, 2, rng)
  const backend = createTfjsBackend(layout)
  for (const task of ['reconstruction', 'classification'] as const)
    await backend.gradients(parameters, task, [batch], sharesOf(batch))
  await backend.losses(parameters, [batch])
  await backend.outputs(parameters, batch.values, 2, batch.masked)
}

it('the page keeps the kernels that every loss and engine calls, and no more', async () => {
  await trainEncoders()
  await trainRatios()
  await trainTransformers()
  expect([...called].sort()).toEqual([...tensorKernels].sort())
})

// Each backend of the page registers under these names; one that lacked a kernel would fail in the page alone.
it.each(['cpu', 'wasm', 'webgl', 'webgpu'])('%s has a kernel of each name', async (backend) => {
  const { readFileSync } = await import('node:fs')
  const file = `node_modules/@tensorflow/tfjs-backend-${backend}/dist/register_all_kernels.js`
  const text = readFileSync(file, 'utf8')
  for (const name of tensorKernels) expect(text).toContain(`from './kernels/${name}'`)
})
