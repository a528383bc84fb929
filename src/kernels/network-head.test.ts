import { expect, describe, it } from 'vitest'
import { dropoutKey } from './dropout.ts'
import type { NetworkSpec } from './network-spec.ts'
import { relativeToScale } from './reference-network.ts'
import { classifier, encoder, filled, numbers } from './small-networks.ts'

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
    expect(own.headLoss(new Int32Array(0), squared)).toBe(0)
  })

  it('drops units out as the step says, and none for a loss alone', () => {
    const spec: NetworkSpec = {
      inputs: 4,
      layers: [
        { units: 32, activation: 'relu', dropout: 0.5 },
        { units: 1, activation: 'linear' },
      ],
    }
    const [inputs, targets] = [numbers(50 * 4, 1), numbers(50, 2)]
    const indices = Int32Array.from({ length: 50 }, (_, i) => i)
    const [own, inside] = [filled(spec, 3), filled(spec, 3)]
    own.setInputs(inputs)
    inside.setTable({ inputs, targets })
    const squared = (outputs: Float32Array, at: Int32Array, gradient: Float32Array | null): number =>
      at.reduce((loss, row, i) => {
        if (gradient) gradient[i] = (2 * (outputs[i] - targets[row])) / 50
        return loss + (outputs[i] - targets[row]) ** 2 / 50
      }, 0)
    const [one, other] = [dropoutKey(1, 0), dropoutKey(1, 1)]
    const expected = inside.regressionGradient('squared', indices, { dropoutKey: one })
    expect(own.headGradient(indices, squared, one)).toBeCloseTo(expected, 6)
    expect(relativeToScale(own.readGradient(), inside.readGradient())).toBeLessThan(1e-6)
    expect(own.headGradient(indices, squared, other)).not.toBeCloseTo(expected, 3)
    expect(own.headLoss(indices, squared)).toBeCloseTo(inside.regressionLoss('squared', indices), 6)
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
