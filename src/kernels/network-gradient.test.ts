import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng, type Rng } from '../numerics/rng.ts'
import { loadKernels } from './load-kernels.ts'
import type { ContrastiveSetting, NetworkKernel, RegressionLoss } from './network-kernel.ts'
import type { NetworkSpec } from './network-spec.ts'
import {
  centralDifferences,
  referenceContrastiveLoss,
  referenceForward,
  referenceRegressionLoss,
  relativeToScale,
} from './reference-network.ts'

const kernels = await loadKernels(true)
const scalarKernels = await loadKernels(false)

function randomised(network: NetworkKernel, rng: Rng): Float32Array {
  const flat = network.readParameters()
  let at = 0
  for (const { inputs, units, bias, batchNorm } of network.layers) {
    for (let i = 0; i < inputs * units; i++) flat[at++] = rng.normal() * Math.sqrt(2 / inputs)
    if (bias) for (let i = 0; i < units; i++) flat[at++] = 0.2 * rng.normal()
    if (batchNorm) for (let i = 0; i < units; i++) flat[at++] = 1 + 0.3 * rng.normal()
    if (batchNorm) for (let i = 0; i < units; i++) flat[at++] = 0.3 * rng.normal()
  }
  network.writeParameters(flat)
  return flat
}

const normals = (count: number, rng: Rng): Float32Array =>
  Float32Array.from({ length: count }, () => rng.normal())

const hidden = (units: number, extra: object = {}) => ({ units, activation: 'relu' as const, ...extra })

function checkContrastive(spec: NetworkSpec, rows: number, setting: ContrastiveSetting, seed: number): void {
  const rng = createRng(seed)
  const network = kernels.createNetwork(spec)
  const flat = randomised(network, rng)
  const x = normals(rows * spec.inputs, rng)
  const labels = Int32Array.from({ length: rows }, () => rng.integer(Math.max(2, Math.ceil(rows / 3))) - 1)
  const key = 12345 + seed
  const lossAt = (p: ArrayLike<number>): number =>
    referenceContrastiveLoss(setting, referenceForward(spec, p, x, rows, key).outputs, labels)
  const value = network.contrastiveGradient(setting, x, labels, rows, key)
  expect(Math.abs(value - lossAt(flat))).toBeLessThan(2e-6 * Math.max(1, Math.abs(value)))
  const expected = centralDifferences(lossAt, flat, network.trained)
  expect(relativeToScale(network.readGradient(), expected)).toBeLessThan(tolerance)
  const scalar = scalarKernels.createNetwork(spec)
  scalar.writeParameters(flat)
  expect(scalar.contrastiveGradient(setting, x, labels, rows, key)).toBeCloseTo(value, 5)
  expect(relativeToScale(scalar.readGradient(), expected)).toBeLessThan(tolerance)
}

// float32 carries 6e-8; of the largest derivative.
const tolerance = 1e-6

describe('gradient of the contrastive losses against central differences in float64', () => {
  const losses: ContrastiveSetting[] = [
    { loss: 'supcon-euclidean', setting: 0.5 },
    { loss: 'supcon-cosine', setting: 0.3 },
    { loss: 'pair', setting: 2 },
  ]
  for (const setting of losses) {
    it(`${setting.loss}, batch norm and dropout, 37 rows`, () => {
      const spec: NetworkSpec = {
        inputs: 13,
        layers: [
          hidden(12, { batchNorm: true, dropout: 0.25 }),
          hidden(7, { batchNorm: true }),
          { units: 2, activation: 'linear' },
        ],
      }
      checkContrastive(spec, 37, setting, 1)
    })
    it(`${setting.loss}, 5 dimensions, no batch norm, 100 rows`, () => {
      const spec: NetworkSpec = { inputs: 4, layers: [hidden(9), { units: 5, activation: 'linear' }] }
      checkContrastive(spec, 100, setting, 2)
    })
  }
  it('any shape', () => {
    const shape = fc.record({
      inputs: fc.integer({ min: 1, max: 11 }),
      widths: fc.array(fc.integer({ min: 1, max: 11 }), { maxLength: 2 }),
      latent: fc.integer({ min: 1, max: 5 }),
      rows: fc.integer({ min: 4, max: 19 }),
      setting: fc.constantFrom(losses[0], losses[2]),
      seed: fc.integer({ min: 1, max: 1000 }),
    })
    fc.assert(
      fc.property(shape, ({ inputs, widths, latent, rows, setting, seed }) => {
        const layers = [
          ...widths.map((units) => hidden(units)),
          { units: latent, activation: 'linear' as const },
        ]
        checkContrastive({ inputs, layers }, rows, setting, seed)
      }),
      { numRuns: 25, seed: 7 },
    )
  })
})

describe('gradient of the regression losses against central differences in float64', () => {
  function checkRegression(spec: NetworkSpec, rows: number, loss: RegressionLoss, seed: number): void {
    const rng = createRng(seed)
    const network = kernels.createNetwork(spec)
    const flat = randomised(network, rng)
    const outputs = spec.layers[spec.layers.length - 1].units
    const table = rows + 5
    const inputs = normals(table * spec.inputs, rng)
    const targets = Float32Array.from({ length: table * outputs }, () => rng.uniform())
    const weights = Float32Array.from({ length: table }, () => rng.uniform() + 0.1)
    network.setTable({ inputs, targets, weights })
    const indices = Int32Array.from({ length: rows }, (_, i) => (3 * i + 2) % table)
    const pick = (from: Float32Array, width: number): number[] =>
      Array.from(indices).flatMap((row) => Array.from(from.subarray(row * width, (row + 1) * width)))
    const x = pick(inputs, spec.inputs)
    const lossAt = (p: ArrayLike<number>): number =>
      referenceRegressionLoss(
        spec,
        loss,
        referenceForward(spec, p, x, rows, 99).outputs,
        pick(targets, outputs),
        pick(weights, 1),
      )
    const value = network.regressionGradient(loss, indices, { dropoutKey: 99 })
    expect(value).toBeCloseTo(lossAt(flat), 5)
    const expected = centralDifferences(lossAt, flat, network.trained)
    expect(relativeToScale(network.readGradient(), expected)).toBeLessThan(tolerance)
  }

  it.each([1, 3, 37, 131])('cross-entropy with a sigmoid at the end, %i rows', (rows) => {
    const layers = [hidden(10), hidden(5), { units: 1, activation: 'sigmoid' as const }]
    checkRegression({ inputs: 6, layers }, rows, 'cross-entropy', rows)
  })
  it.each(['linear', 'relu', 'sigmoid'] as const)(
    'squared error with a %s head of three outputs',
    (activation) => {
      checkRegression({ inputs: 6, layers: [hidden(10), { units: 3, activation }] }, 37, 'squared', 4)
    },
  )
  it('hidden sigmoid layers', () => {
    const layers = [
      { units: 6, activation: 'sigmoid' as const },
      { units: 5, activation: 'sigmoid' as const },
      { units: 1, activation: 'linear' as const },
    ]
    checkRegression({ inputs: 3, layers }, 21, 'squared', 5)
  })
  it('dropout over several chunks of rows', () => {
    checkRegression(
      { inputs: 3, layers: [hidden(9, { dropout: 0.4 }), { units: 1, activation: 'linear' }] },
      205,
      'squared',
      6,
    )
  })
  it('batch norm', () => {
    const layers = [hidden(9, { batchNorm: true }), { units: 2, activation: 'sigmoid' as const }]
    checkRegression({ inputs: 5, layers }, 131, 'cross-entropy', 7)
  })
})
