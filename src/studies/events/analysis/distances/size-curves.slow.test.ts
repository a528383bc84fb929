import { expect, it } from 'vitest'
import { toyEvents } from '../../../../testing/toy-events.ts'
import { sizeCurves } from './size-curves.ts'

it('pairs with a limit that leaves room are followed from size to size', async () => {
  // The names decide the limits: on one line shape two of these nearly are one model.
  const models = [
    toyEvents('vector-m500', 2000, 0),
    toyEvents('axial-m500', 2000, 0),
    toyEvents('vector-m2000', 2000, 0.5),
  ]
  const steps = sizeCurves({ models, sizes: [1, 4, 16], encoders: null, seed: 1 })
  let step = await steps.next()
  while (!step.done) step = await steps.next()
  expect(step.value.map(({ a, b, rises }) => [a, b, rises])).toEqual([
    ['vector-m500', 'vector-m2000', true],
    ['axial-m500', 'vector-m2000', true],
  ])
  const [{ points }] = step.value
  expect(points.map(({ perSet }) => perSet)).toEqual([1, 4, 16])
  expect(points[0].aucExact!.value).toBeCloseTo(0.602, 2)
  expect(points[2].aucExact!.value).toBeGreaterThan(points[1].aucExact!.value)
})
