import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { dropoutKey } from './dropout.ts'
import type { NetworkKernel } from './network-kernel.ts'
import { activate, referenceForward, relativeToScale } from './reference-network.ts'
import { classifier, encoder, filled, kernels, labelsOf, numbers, supcon } from './small-networks.ts'

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
