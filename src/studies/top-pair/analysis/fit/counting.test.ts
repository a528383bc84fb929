import { expect, it } from 'vitest'
import '../../../../testing/matchers.ts'
import { poissonInterval } from './counting.ts'

// chi2.ppf of scipy 1.17.1 at both tails, halved.
it('covers a Poisson mean as Garwood did', () => {
  expect(poissonInterval(0)[0]).toBe(0)
  expect(poissonInterval(0)[1]).toBeCloseToRel(1.841021645009264, 1e-9)
  expect(poissonInterval(3)[0]).toBeCloseToRel(1.3672953138904336, 1e-9)
  expect(poissonInterval(3)[1]).toBeCloseToRel(5.918185832883397, 1e-9)
  expect(poissonInterval(10)[0]).toBeCloseToRel(6.891305560638356, 1e-9)
  expect(poissonInterval(10)[1]).toBeCloseToRel(14.266949761009393, 1e-9)
})

it('goes over into the square root for large counts', () => {
  const [low, high] = poissonInterval(10_000)
  expect(low).toBeCloseToRel(9900, 1e-4)
  expect(high).toBeCloseToRel(10_101, 1e-4)
})
