import { expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { AppError } from '../errors.ts'
import {
  batchNormEpsilon,
  countParameters,
  foldBatchNorm,
  initialiseParameters,
  parametersFromFlat,
} from './encoder-parameters.ts'
import { runMlp } from './mlp.ts'

const architecture = { features: 5, widths: [4, 3], latentDim: 2 }

it('covers the flat array exactly once with its views', () => {
  const { total, trainable } = countParameters(architecture)
  const parameters = parametersFromFlat(architecture, new Float32Array(total))
  const add = (array: Float32Array, by: number): void => array.forEach((value, i) => (array[i] = value + by))
  for (const block of parameters.blocks) {
    for (const array of [block.kernel, block.gamma, block.beta]) add(array, 1)
    for (const array of [block.movingMean, block.movingVariance]) add(array, 2)
  }
  for (const array of [parameters.output.kernel, parameters.output.bias]) add(array, 1)
  expect([...parameters.flat]).toEqual(Array.from({ length: total }, (_, i) => (i < trainable ? 1 : 2)))
})

it('starts from the seed alone', () => {
  const first = initialiseParameters(architecture, createRng(1))
  expect([...initialiseParameters(architecture, createRng(1)).flat]).toEqual([...first.flat])
  expect([...initialiseParameters(architecture, createRng(2)).flat]).not.toEqual([...first.flat])
})

it('folds batch norm into an equal network', () => {
  const parameters = initialiseParameters(architecture, createRng(6))
  const rng = createRng(7)
  for (const block of parameters.blocks)
    for (let j = 0; j < block.outputs; j++) {
      block.gamma[j] = rng.normal()
      block.beta[j] = rng.normal()
      block.movingMean[j] = rng.normal()
      block.movingVariance[j] = rng.uniform()
    }
  const x = Float32Array.from({ length: 5 }, () => rng.normal())
  let from = Array.from(x)
  for (const block of parameters.blocks)
    from = Array.from({ length: block.outputs }, (_, j) => {
      const sum = from.reduce((total, value, k) => total + value * block.kernel[k * block.outputs + j], 0)
      const scaled = (sum - block.movingMean[j]) / Math.sqrt(block.movingVariance[j] + batchNormEpsilon)
      return Math.max(0, block.gamma[j] * scaled + block.beta[j])
    })
  const { kernel, bias, outputs } = parameters.output
  runMlp(foldBatchNorm(parameters), x, 1).forEach((z, j) =>
    expect(z).toBeCloseTo(
      from.reduce((total, value, k) => total + value * kernel[k * outputs + j], bias[j]),
      4,
    ),
  )
})

it('names both counts where the numbers do not fit', () => {
  expect(() => parametersFromFlat(architecture, new Float32Array(3))).toThrow(AppError)
  expect(() => parametersFromFlat(architecture, new Float32Array(3))).toThrow(
    /5 → 4 → 3 → 2 has 68 numbers, got 3/,
  )
})
