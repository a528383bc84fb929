import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { createRng } from '../numerics/rng.ts'
import { dropoutKey, dropoutMask } from './dropout.ts'
import { loadKernels } from './load-kernels.ts'
import type { NetworkKernel } from './network-kernel.ts'
import type { NetworkSpec } from './network-spec.ts'
import { activate, referenceForward, relativeToScale } from './reference-network.ts'

const kernels = await loadKernels(true)

const encoder: NetworkSpec = {
  inputs: 7,
  layers: [
    { units: 9, activation: 'relu', batchNorm: true, dropout: 0.3 },
    { units: 5, activation: 'relu', batchNorm: true },
    { units: 2, activation: 'linear' },
  ],
}
const classifier: NetworkSpec = {
  inputs: 3,
  layers: [
    { units: 6, activation: 'relu' },
    { units: 1, activation: 'sigmoid' },
  ],
}

function numbers(count: number, seed: number, scale = 1): Float32Array {
  const rng = createRng(seed)
  return Float32Array.from({ length: count }, () => scale * rng.normal())
}

function filled(spec: NetworkSpec, seed: number): NetworkKernel {
  const network = kernels.createNetwork(spec)
  const flat = numbers(network.total, seed, 0.5)
  for (let i = network.trained; i < flat.length; i++) flat[i] = 0.5 + Math.abs(flat[i])
  network.writeParameters(flat)
  return network
}

const supcon = { loss: 'supcon-euclidean', setting: 0.5 } as const
const labelsOf = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, i) => i >> 2)

describe('a head of its own', () => {
  const widths = [1, 3, 8, 13]

  // The squared loss written outside must be the one inside, for pieces, odd rows and padded columns.
  it.each(widths)('gives the gradient of the built-in loss with %i outputs', (units) => {
    const spec: NetworkSpec = {
      inputs: 5,
      layers: [
        { units: 7, activation: 'relu' },
        { units, activation: 'linear' },
      ],
    }
    const rows = 205
    const [inputs, targets] = [numbers(rows * 5, 1), numbers(rows * units, 2)]
    const indices = Int32Array.from({ length: 197 }, (_, i) => (7 * i) % rows)
    const [own, inside] = [filled(spec, 3), filled(spec, 3)]
    own.setInputs(inputs)
    inside.setTable({ inputs, targets })
    const scale = 1 / indices.length / units
    const squared = (outputs: Float32Array, at: Int32Array, gradient: Float32Array | null): number => {
      let loss = 0
      at.forEach((row, i) => {
        for (let q = 0; q < units; q++) {
          const d = outputs[i * units + q] - targets[row * units + q]
          loss += d * d * scale
          if (gradient) gradient[i * units + q] = 2 * d * scale
        }
      })
      return loss
    }
    expect(own.headGradient(indices, squared)).toBeCloseTo(inside.regressionGradient('squared', indices), 6)
    expect(relativeToScale(own.readGradient(), inside.readGradient())).toBeLessThan(1e-6)
    expect(own.headLoss(indices, squared)).toBeCloseTo(inside.regressionLoss('squared', indices), 6)
    expect([own.update({ learningRate: 0.01 }), own.headLoss(new Int32Array(0), squared)][1]).toBe(0)
  })

  it('refuses rows that do not exist and batch norm', () => {
    const network = filled(classifier, 1)
    network.setInputs(numbers(9, 1))
    expect(() => network.headGradient(Int32Array.of(3), () => 0)).toThrow(/names row 3; the table has 3 rows/)
    const encoding = filled(encoder, 1)
    encoding.setInputs(numbers(14, 1))
    expect(() => encoding.headLoss(Int32Array.of(0), () => 0)).toThrow(/without batch norm/)
  })
})

describe('parameters', () => {
  it('come back as they were written, whatever the widths', () => {
    const width = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(
        width,
        fc.array(width, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (inputs, widths, norm) => {
          const layers = widths.map((units, i) => ({
            units,
            activation: 'relu' as const,
            batchNorm: norm && i < widths.length - 1,
          }))
          const network = kernels.createNetwork({ inputs, layers })
          const flat = numbers(network.total, inputs)
          network.writeParameters(flat)
          expect(network.readParameters()).toEqual(flat)
        },
      ),
      { numRuns: 40, seed: 3 },
    )
  })

  it('start with a batch norm that changes nothing', () => {
    const flat = kernels.createNetwork(encoder).readParameters()
    expect(flat.slice(7 * 9, 7 * 9 + 18)).toEqual(
      Float32Array.from([...Array(9).fill(1), ...Array(9).fill(0)]),
    )
    expect(flat.slice(-5)).toEqual(new Float32Array(5).fill(1))
  })

  it('of the wrong number are refused with both numbers', () => {
    const network = kernels.createNetwork(classifier)
    expect(() => network.writeParameters(new Float32Array(30))).toThrow(/3 → 6 → 1 expects 31 .* got 30/)
  })
})

describe('predict', () => {
  it.each([0, 1, 3, 37, 97, 9700])('%i rows as in float64', (rows) => {
    const network = filled(encoder, 1)
    const x = numbers(rows * 7, 2)
    const { outputs } = referenceForward(encoder, network.readParameters(), x, rows, 0, false)
    const predicted = network.predict(x, rows)
    expect(predicted.length).toBe(2 * rows)
    expect(relativeToScale(predicted, outputs)).toBeLessThan(1e-6)
  })

  it('applies the last activation', () => {
    const network = filled(classifier, 1)
    const x = numbers(15, 4)
    const { outputs } = referenceForward(classifier, network.readParameters(), x, 5)
    expect(
      relativeToScale(
        network.predict(x, 5),
        outputs.map((v) => activate('sigmoid', v)),
      ),
    ).toBeLessThan(1e-6)
  })
})

describe('update', () => {
  // Adam as in Kingma, Ba 1412.6980, algorithm 1, with the decay of Loshchilov, Hutter 1711.05101, in float64.
  it('is AdamW, twenty times', () => {
    const network = filled(classifier, 5)
    network.setTable({ inputs: numbers(60, 6), targets: Float32Array.from({ length: 20 }, (_, i) => i % 2) })
    const at = Float64Array.from(network.readParameters())
    const first = new Float64Array(at.length)
    const second = new Float64Array(at.length)
    const isKernel = (i: number): boolean => i < 18 || (i >= 24 && i < 30)
    for (let t = 1; t <= 20; t++) {
      network.regressionGradient('cross-entropy')
      const g = network.readGradient()
      network.update({ learningRate: 0.01, weightDecay: 0.1 })
      for (let i = 0; i < at.length; i++) {
        first[i] = 0.9 * first[i] + 0.1 * g[i]
        second[i] = 0.999 * second[i] + 0.001 * g[i] * g[i]
        const step = first[i] / (1 - 0.9 ** t) / (Math.sqrt(second[i] / (1 - 0.999 ** t)) + 1e-7)
        at[i] = at[i] * (isKernel(i) ? 1 - 0.01 * 0.1 : 1) - 0.01 * step
      }
    }
    expect(relativeToScale(network.readParameters(), at)).toBeLessThan(2e-6)
    const moments = network.readMoments()
    expect(moments.updates).toBe(20)
    expect(relativeToScale(moments.first, first)).toBeLessThan(2e-6)
    expect(relativeToScale(moments.second, second)).toBeLessThan(2e-6)
  })

  it('scales a long gradient to the given norm', () => {
    const network = filled(classifier, 5)
    network.setTable({ inputs: numbers(60, 6), targets: new Float32Array(20) })
    network.regressionGradient('cross-entropy')
    const gradient = network.readGradient()
    const norm = Math.hypot(...gradient)
    expect(network.update({ learningRate: 0, clipNorm: norm / 4 })).toBeCloseTo(norm, 6)
    const expected = gradient.map((g) => (0.1 * g) / 4)
    expect(relativeToScale(network.readMoments().first, expected)).toBeLessThan(1e-6)
  })

  it('moves the statistics of batch norm by the given share', () => {
    const network = filled(encoder, 7)
    const before = network.readParameters()
    const x = numbers(12 * 7, 8)
    network.contrastiveGradient(supcon, x, labelsOf(12), 12, 77)
    network.update({ learningRate: 0, statisticsShare: 0.25 })
    const { statistics } = referenceForward(encoder, before, x, 12, 77)
    const expected = statistics.map((s, i) => 0.75 * before[network.trained + i] + 0.25 * s)
    expect(relativeToScale(network.readParameters().slice(network.trained), expected)).toBeLessThan(1e-6)
  })

  it('goes on from restored parameters and moments to the bit', () => {
    const x = numbers(12 * 7, 8)
    const step = (network: NetworkKernel, t: number): number => {
      const loss = network.contrastiveGradient(supcon, x, labelsOf(12), 12, dropoutKey(3, t))
      network.update({ learningRate: 0.01 })
      return loss
    }
    const first = filled(encoder, 9)
    for (let t = 0; t < 5; t++) step(first, t)
    const second = kernels.createNetwork(encoder)
    second.writeParameters(first.readParameters())
    second.writeMoments(first.readMoments())
    for (let t = 5; t < 10; t++) expect(step(second, t)).toBe(step(first, t))
    expect(second.readParameters()).toEqual(first.readParameters())
  })
})

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

describe('dropout', () => {
  it('silences the given share of units, anew at each step', () => {
    const kept = (key: number): number =>
      dropoutMask(key, 0, 500, 64, 0.3).filter((m) => m > 0).length / 32000
    const one = kept(dropoutKey(1, 0))
    // binomial deviation: sqrt(0.3 0.7 / 32000) = 0.0026
    expect(Math.abs(one - 0.7)).toBeLessThan(4 * 0.0026)
    const a = dropoutMask(dropoutKey(1, 0), 0, 500, 64, 0.3)
    for (const [other, layer] of [
      [dropoutKey(1, 1), 0],
      [dropoutKey(2, 0), 0],
      [dropoutKey(1, 0), 1],
    ]) {
      const b = dropoutMask(other, layer, 500, 64, 0.3)
      const agree = a.filter((m, i) => m > 0 === b[i] > 0).length / 32000
      expect(Math.abs(agree - 0.58)).toBeLessThan(4 * 0.0028) // 0.7^2 + 0.3^2
    }
  })

  it('silences neighbours independently', () => {
    const mask = dropoutMask(dropoutKey(9, 4), 2, 1000, 32, 0.5)
    for (const lag of [1, 2, 4, 32, 64]) {
      let agree = 0
      for (let i = lag; i < mask.length; i++) agree += Number(mask[i] > 0 === mask[i - lag] > 0)
      expect(Math.abs(agree / (mask.length - lag) - 0.5)).toBeLessThan(4 * 0.0028)
    }
  })
})

describe('refusals', () => {
  const network = kernels.createNetwork(classifier)
  const cases: [string, () => void, RegExp][] = [
    ['no layers', () => kernels.createNetwork({ inputs: 3, layers: [] }), /1 to 64 layers, got 0/],
    [
      'half a unit',
      () => kernels.createNetwork({ inputs: 3, layers: [{ units: 2.5, activation: 'relu' }] }),
      /units of layer 1 is 2.5/,
    ],
    [
      'dropout at the end',
      () => kernels.createNetwork({ inputs: 3, layers: [{ units: 2, activation: 'relu', dropout: 0.1 }] }),
      /the last.* has dropout 0.1/,
    ],
    [
      'cross-entropy without sigmoid',
      () => kernels.createNetwork(encoder).regressionGradient('cross-entropy'),
      /ends linear/,
    ],
    [
      'a row outside the table',
      () => network.regressionGradient('squared', Int32Array.of(0)),
      /row 0; the table has 0/,
    ],
    [
      'labels of another batch',
      () =>
        kernels
          .createNetwork(encoder)
          .contrastiveGradient(supcon, new Float32Array(14), new Int32Array(3), 2),
      /expects 2 numbers as labels of 2 rows, got 3/,
    ],
    [
      'no temperature',
      () =>
        network.contrastiveGradient({ loss: 'pair', setting: 0 }, new Float32Array(3), new Int32Array(1), 1),
      /positive temperature or margin, got 0/,
    ],
  ]
  it.each(cases)('%s', (_, act, message) => {
    expect(act).toThrow(AppError)
    expect(act).toThrow(message)
  })
})
