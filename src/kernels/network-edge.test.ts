import { describe, expect, it } from 'vitest'
import { classifier, encoder, filled, kernels, labelsOf, numbers, supcon } from './small-networks.ts'

describe('numbers at the edge', () => {
  it.each([Number.NaN, Infinity])('%d in a batch gives no finite loss and changes nothing', (bad) => {
    const network = filled(encoder, 1)
    const before = network.readParameters()
    const x = numbers(8 * 7, 2)
    x[10] = bad
    for (const loss of ['supcon-euclidean', 'supcon-cosine', 'pair'] as const) {
      expect(network.contrastiveGradient({ loss, setting: 1 }, x, labelsOf(8), 8)).toBeNaN()
      network.update({ learningRate: 0.1 })
    }
    expect(network.readParameters()).toEqual(before)
    expect(network.updates).toBe(0)
    // The next good batch is as if nothing had been.
    x[10] = 0
    const fresh = filled(encoder, 1)
    const [part, labels] = [x.subarray(0, 35), labelsOf(5)]
    const value = network.contrastiveGradient(supcon, part, labels, 5)
    expect(value).toBeGreaterThan(0)
    expect(value).toBe(fresh.contrastiveGradient(supcon, part, labels, 5))
    expect(network.readGradient()).toEqual(fresh.readGradient())
  })

  it('a NaN target or weight changes nothing', () => {
    const network = filled(classifier, 1)
    const before = network.readParameters()
    const inputs = numbers(12, 2)
    network.setTable({ inputs, targets: Float32Array.of(0, 1, Number.NaN, 1) })
    expect(network.regressionGradient('cross-entropy')).toBeNaN()
    expect(network.update({ learningRate: 0.1 })).toBeNaN()
    network.setTable({
      inputs,
      targets: Float32Array.of(0, 1, 1, 1),
      weights: Float32Array.of(1, Number.NaN, 1, 1),
    })
    expect(network.regressionGradient('squared')).toBeNaN()
    expect(network.update({ learningRate: 0.1 })).toBeNaN()
    expect(network.readParameters()).toEqual(before)
  })

  it('no rows: loss 0, gradient 0', () => {
    const network = filled(encoder, 1)
    expect(network.contrastiveGradient(supcon, new Float32Array(0), new Int32Array(0), 0)).toBe(0)
    expect(network.readGradient().every((g) => g === 0)).toBe(true)
    const regression = filled(classifier, 1)
    regression.setTable({ inputs: new Float32Array(0), targets: new Float32Array(0) })
    expect(regression.regressionGradient('squared')).toBe(0)
    expect(regression.regressionLoss('squared')).toBe(0)
    expect(regression.update({ learningRate: 0.1 })).toBe(0)
  })

  it('one row, or no two rows of one label: no anchor, loss 0', () => {
    const network = filled(encoder, 1)
    expect(network.contrastiveGradient(supcon, numbers(7, 1), Int32Array.of(4), 1)).toBe(0)
    expect(network.contrastiveGradient(supcon, numbers(21, 1), Int32Array.of(4, -1, -2), 3)).toBe(0)
  })

  it('equal latents: finite loss and gradient', () => {
    const network = kernels.createNetwork(encoder) // all kernels zero: every latent at the origin
    for (const loss of ['supcon-euclidean', 'supcon-cosine', 'pair'] as const) {
      const value = network.contrastiveGradient({ loss, setting: 0.5 }, numbers(8 * 7, 1), labelsOf(8), 8)
      expect(Number.isFinite(value)).toBe(true)
      expect(network.readGradient().every(Number.isFinite)).toBe(true)
    }
    network.contrastiveGradient(supcon, numbers(8 * 7, 1), labelsOf(8), 8)
    expect(network.contrastiveGradient(supcon, numbers(8 * 7, 1), labelsOf(8), 8)).toBeCloseTo(Math.log(7), 6)
  })

  it('latents far apart: finite loss, as in float64', () => {
    const layers = [{ units: 2, activation: 'linear' as const }]
    const network = kernels.createNetwork({ inputs: 2, layers })
    network.writeParameters(Float32Array.of(1, 0, 0, 1, 0, 0))
    const x = Float32Array.of(0, 0, 300, 0, -300, 1, 0, 400)
    // By hand: s to the nearest row dominates each sum; labels 0 0 1 1.
    const s = (i: number, j: number): number =>
      -2 * ((x[2 * i] - x[2 * j]) ** 2 + (x[2 * i + 1] - x[2 * j + 1]) ** 2)
    const expected = [0, 1, 2, 3].map((i) => {
      const all = [0, 1, 2, 3].filter((j) => j !== i).map((j) => s(i, j))
      return Math.max(...all) - s(i, i ^ 1)
    })
    const mean = expected.reduce((a, b) => a + b) / 4
    expect(network.contrastiveGradient(supcon, x, Int32Array.of(0, 0, 1, 1), 4) / mean).toBeCloseTo(1, 6)
  })

  it('denormal inputs count as zero', () => {
    const network = filled(classifier, 1)
    const tiny = new Float32Array(9).fill(1e-40)
    expect(network.predict(tiny, 3)).toEqual(network.predict(new Float32Array(9), 3))
  })

  it('moments of a silent parameter end at zero, not in denormals', () => {
    const network = filled(classifier, 1)
    const tiny = new Float32Array(network.trained).fill(1e-37)
    network.writeMoments({ updates: 10, first: tiny, second: tiny })
    network.setTable({ inputs: new Float32Array(0), targets: new Float32Array(0) })
    network.regressionGradient('squared')
    network.update({ learningRate: 0.1 })
    const { first, second } = network.readMoments()
    expect(first.every((m) => m === 0)).toBe(true)
    for (let i = 0; i < 5000; i++) network.update({ learningRate: 0.1 })
    expect(network.readMoments().second.every((v) => v === 0)).toBe(true)
    expect(second.every((v) => v > 0)).toBe(true)
  })
})
