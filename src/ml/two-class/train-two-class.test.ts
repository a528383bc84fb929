import { expect, it } from 'vitest'
import { loadKernels } from '../../kernels/load-kernels.ts'
import { createRng, type Rng } from '../../numerics/rng.ts'
import { auroc } from '../../statistics/anomaly/roc.ts'
import { trainTwoClass, twoClassDefaults, type TwoClassEpoch } from './train-two-class.ts'

const kernels = await loadKernels()

/** [rows, 2] normals, moved by `shift` along the diagonal. */
function normals(rows: number, shift: number, rng: Rng): Float32Array {
  return Float32Array.from({ length: 2 * rows }, () => rng.normal() + shift)
}
const both = (rows: number, shift: number, rng: Rng) => ({
  a: normals(rows, 0, rng.split('a')),
  b: normals(rows, shift, rng.split('b')),
})

function trained(shift: number, over: Partial<typeof twoClassDefaults> = {}) {
  const training = trainTwoClass({
    ...{ kernels, inputs: 2 },
    settings: {
      ...twoClassDefaults,
      widths: [16, 8],
      batch: 64,
      learningRate: 5e-3,
      epochs: 4,
      seed: 3,
      ...over,
    },
    draw: (_, rng) => both(2000, shift, rng),
    validation: both(1000, shift, createRng(1, 'validation')),
  })
  const epochs: TwoClassEpoch[] = []
  let step = training.next()
  while (!step.done) {
    epochs.push(step.value)
    step = training.next()
  }
  const { a, b } = both(3000, shift, createRng(2, 'test'))
  return { epochs, auc: auroc(step.value(a), step.value(b)), scores: step.value(a) }
}

it('comes to the limit of shifted normals, Φ(δ/√2) with δ = √2 × 0.7', () => {
  const { auc, epochs } = trained(0.7)
  expect(auc.value).toBeGreaterThan(0.758 - 0.01 - 2 * auc.error)
  expect(auc.value).toBeLessThan(0.758 + 3 * auc.error)
  expect(epochs.at(-1)!.loss).toBeLessThan(Math.LN2)
})

it('finds nothing where there is nothing', () => {
  const { auc } = trained(0)
  expect(Math.abs(auc.value - 0.5)).toBeLessThan(3 * auc.error)
})

it('equal requests give equal scores, other seeds others; it stops early', () => {
  const short = { epochs: 2 }
  expect(trained(0.5, short).scores).toEqual(trained(0.5, short).scores)
  expect(trained(0.5, { epochs: 40, patience: 1 }).epochs.length).toBeLessThan(40)
})

it('a loss that is not finite is told with the rate', () => {
  const training = trainTwoClass({
    ...{ kernels, inputs: 2 },
    settings: { ...twoClassDefaults, seed: 1 },
    draw: (_, rng) => both(10, 1, rng),
    validation: { a: Float32Array.of(NaN, 0), b: Float32Array.of(0, 0) },
  })
  expect(() => training.next()).toThrow(/loss of two classes is NaN.*0.001/)
})
