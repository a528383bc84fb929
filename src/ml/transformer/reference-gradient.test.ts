import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { forwardEvent, gelu, geluSlope } from './reference-forward.ts'
import { referenceGradient } from './reference-gradient.ts'
import { randomBatch, randomParameters } from './small-batches.ts'
import { totalLoss, transformerTasks } from './transformer-loss.ts'
import { countTransformerParameters, TransformerLayout } from './transformer-parameters.ts'
import { checkSpec, transformerSizes } from './transformer-spec.ts'

describe('parameters', () => {
  // Small: counted by automatic differentiation of another implementation, the final layer norm's 2 d come on top.
  // Large: 2·100·60 + 60, 3 (12·60² + 13·60), 6000·5 + 5 and 61 by hand.
  it.each([
    ['small-1h', 17_798 + 2 * 16],
    ['small-5h', 24_166 + 2 * 20],
    ['large', 12_060 + 131_940 + 30_005 + 61 + 2 * 60],
  ] as const)('%s has %d at 100 tokens and five classes', (size, expected) => {
    expect(countTransformerParameters({ ...transformerSizes[size], tokens: 100, classes: 5 })).toBe(expected)
  })

  it('one more token has a direction, a bias and its part of the class head', () => {
    const of = (tokens: number) =>
      countTransformerParameters({ ...transformerSizes['small-5h'], tokens, classes: 5 })
    expect(of(101) - of(100)).toBe(2 * 20 + 20 * 5)
  })

  it('heads that do not divide the width are refused with both numbers', () => {
    const spec = { tokens: 10, width: 16, heads: 5, blocks: 1, classes: 2 }
    expect(() => checkSpec(spec)).toThrow('5 heads do not divide a width of 16')
  })
})

it('the slope of the GELU is that of its values', () => {
  for (const x of [-3, -0.7, 0, 0.4, 2.5]) {
    const h = 1e-5
    expect(geluSlope(x)).toBeCloseTo((gelu(x + h) - gelu(x - h)) / (2 * h), 8)
  }
})

it('a masked scalar is not seen', () => {
  const layout = new TransformerLayout({ tokens: 5, width: 4, heads: 2, blocks: 2, classes: 3 })
  const parameters = randomParameters(layout, createRng(1))
  const masked = [0, 1, 0, 0, 0]
  const outputs = (x: number[], m: number[] | null) => forwardEvent(layout, parameters, x, m)
  expect(outputs([1, 2, 3, 4, 5], masked).logits).toEqual(outputs([1, -7, 3, 4, 5], masked).logits)
  expect(outputs([1, 2, 3, 4, 5], null).logits).not.toEqual(outputs([1, -7, 3, 4, 5], null).logits)
})

describe('gradient in float64 against central differences', () => {
  const layout = new TransformerLayout({ tokens: 4, width: 6, heads: 2, blocks: 2, classes: 3 })
  it.each(transformerTasks)('%s, every parameter', (task) => {
    const rng = createRng(2)
    const parameters = Float64Array.from(randomParameters(layout, rng))
    const batch = randomBatch(layout, 2, rng)
    const loss = (): number => totalLoss(task, referenceGradient(layout, parameters, task, batch).losses)
    const { gradient } = referenceGradient(layout, parameters, task, batch)
    const h = 1e-5
    // Every thirteenth, some of each matrix.
    for (let i = 0; i < layout.total; i += 13) {
      const kept = parameters[i]
      parameters[i] = kept + h
      const above = loss()
      parameters[i] = kept - h
      const slope = (above - loss()) / (2 * h)
      parameters[i] = kept
      expect(Math.abs(gradient[i] - slope), `parameter ${i}`).toBeLessThan(2e-9 + 1e-7 * Math.abs(slope))
    }
  })
})
