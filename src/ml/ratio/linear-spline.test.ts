import { expect, it } from 'vitest'
import { evaluateSpline, quantileKnots } from './linear-spline.ts'

it('is linear between knots and constant beyond them', () => {
  const spline = { knots: [0, 1, 3], values: [2, 4, -2] }
  const at = (x: number): number => evaluateSpline(spline, x)
  expect([-9, 0, 0.25, 1, 2, 3, Infinity].map(at)).toEqual([2, 2, 2.5, 4, 1, -2, -2])
  expect(evaluateSpline({ knots: [1], values: [7] }, 5)).toBe(7)
})

it('knots share the weight evenly and leave events beyond the outermost', () => {
  const x = Float64Array.from({ length: 1001 }, (_, i) => (i * 8) % 1001)
  expect(quantileKnots(x, new Float64Array(1001).fill(1), 4, 50)).toEqual([50, 250, 500, 750, 950])
  // 501 + 9 (k - 500) reaches half of 5001 at 723: nine tenths of the weight in the upper half.
  const heavy = x.map((v) => (v > 500 ? 9 : 1))
  expect(quantileKnots(x, heavy, 2, 0)).toEqual([0, 723, 1000])
})

it('equal values make no two knots', () => {
  expect(quantileKnots(new Float64Array(100).fill(3), new Float64Array(100).fill(1), 5, 10)).toEqual([3])
  const two = Float64Array.from({ length: 100 }, (_, i) => i % 2)
  expect(quantileKnots(two, new Float64Array(100).fill(1), 5, 10)).toEqual([0, 1])
})
