import { describe, expect, it } from 'vitest'

import { boundsOf, histogram } from './histogram.ts'

describe('histogram', () => {
  it('follows numpy: left-closed bins, the last one closed, flow and NaN counted apart', () => {
    const h = histogram([0, 0.99, 1, 2.999, 3, -1, 3.1, NaN, Infinity], [0, 1, 3])
    expect([...h.sumW]).toEqual([2, 3])
    expect([h.underflow, h.overflow, h.invalid]).toEqual([1, 2, 1])
  })

  it('keeps the sum of squared weights', () => {
    const h = histogram([0.5, 0.6, 1.5], [0, 1, 2], [2, -3, 0.5])
    expect([...h.sumW]).toEqual([-1, 0.5])
    expect([...h.sumW2]).toEqual([13, 0.25])
  })

  it('adds ten million weights of single precision without losing any: to 1e-9 of the exact sum', () => {
    const count = 10_000_000
    const small = Math.fround(0.1) // a running sum in float32 gives 1,087,937, 9 % too much
    const weights = new Float32Array(count).fill(small)
    const h = histogram(new Float32Array(count), [0, 1], weights)
    expect(Math.abs(h.sumW[0] / (count * small) - 1)).toBeLessThan(1e-9)
  })

  it('names the edge that does not increase', () => {
    expect(() => histogram([], [0, 2, 2])).toThrow(/edge 2 is 2, edge 1 is 2/)
    expect(() => histogram([], [0])).toThrow(/at least 2 edges, got 1/)
  })
})

describe('boundsOf', () => {
  it('passes over rows with a value that is not finite', () => {
    const x = [1, NaN, 3, -8, 2]
    const y = [5, 99, Infinity, 99, -4]
    expect(boundsOf(x, y, 3)).toEqual({ xMin: 1, xMax: 1, yMin: 5, yMax: 5 })
    expect(boundsOf(x, y, 5, 4)).toEqual({ xMin: 2, xMax: 2, yMin: -4, yMax: -4 })
    expect(boundsOf(x, y, 2, 1)).toBeNull()
  })
})
