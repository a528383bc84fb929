import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { dropoutMasks } from './dropout.ts'
import { encoderGradientOnTensors } from './encoder-gradient-tfjs.ts'
import { batchNormEpsilon, initialiseParameters, type EncoderParameters } from './encoder-parameters.ts'
import { contrastiveLoss } from './losses/contrastive-loss.ts'

const architecture = { features: 4, widths: [6, 5], latentDim: 2 }
const settings = { loss: 'supcon-euclidean', temperature: 0.7, margin: 1 } as const
const rows = 9
const labels = Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 3)
const rng = createRng(21)
const x = Float32Array.from({ length: rows * 4 }, () => rng.normal())
const masks = dropoutMasks(architecture, 0.25, rows, 1, 0)

beforeAll(async () => void (await tf.setBackend('cpu')))

/** Training-mode loss from the definition in double precision, with parameter `index` moved by `by`. */
function lossAt(parameters: EncoderParameters, index: number, by: number): number {
  const numbers = Array.from(parameters.flat)
  numbers[index] += by
  let at = 0
  let inputs = architecture.features
  let h = Array.from({ length: rows }, (_, i) => Array.from(x.subarray(i * inputs, (i + 1) * inputs)))
  architecture.widths.forEach((width, b) => {
    const kernel = numbers.slice(at, (at += inputs * width))
    const gamma = numbers.slice(at, (at += width))
    const beta = numbers.slice(at, (at += width))
    const sums = h.map((row) =>
      Array.from({ length: width }, (_, j) => row.reduce((s, v, k) => s + v * kernel[k * width + j], 0)),
    )
    h = sums.map((row, i) =>
      row.map((value, j) => {
        const mean = sums.reduce((s, r) => s + r[j], 0) / rows
        const variance = sums.reduce((s, r) => s + (r[j] - mean) ** 2, 0) / rows
        const y = (gamma[j] * (value - mean)) / Math.sqrt(variance + batchNormEpsilon) + beta[j]
        return Math.max(0, y) * (masks[b]?.[i * width + j] ?? 1)
      }),
    )
    inputs = width
  })
  const kernel = numbers.slice(at, (at += inputs * 2))
  const z = h.flatMap((row) =>
    [0, 1].map((j) => row.reduce((s, v, k) => s + v * kernel[k * 2 + j], numbers[at + j])),
  )
  return contrastiveLoss(settings, z, labels, 2).value
}

it('equals central differences of the definition, through batch norm, dropout and loss', async () => {
  const parameters = initialiseParameters(architecture, createRng(2))
  for (const { beta } of parameters.blocks) beta.forEach((_, j) => (beta[j] = 0.3 * rng.normal()))
  const { loss, gradient } = await encoderGradientOnTensors(parameters, settings, x, labels, masks)
  expect(loss).toBeCloseTo(lossAt(parameters, 0, 0), 5)
  const h = 1e-6
  for (let i = 0; i < parameters.trainable; i++) {
    const expected = (lossAt(parameters, i, h) - lossAt(parameters, i, -h)) / (2 * h)
    expect(Math.abs(gradient[i] - expected)).toBeLessThan(2e-5)
  }
})

it('leaves no tensor behind', async () => {
  const parameters = initialiseParameters(architecture, createRng(2))
  const before = tf.memory().numTensors
  for (const loss of ['supcon-euclidean', 'supcon-cosine', 'pair'] as const)
    await encoderGradientOnTensors(parameters, { ...settings, loss }, x, labels, masks)
  expect(tf.memory().numTensors).toBe(before)
})
