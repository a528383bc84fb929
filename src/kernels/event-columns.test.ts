import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { quadraticTerms } from './event-columns.ts'
import { loadKernels } from './load-kernels.ts'

const builds = [await loadKernels(true), await loadKernels(false)]

function ratio(columns: ArrayLike<number>[], event: number, c: ArrayLike<number>, constant = 1): number {
  let sum = constant
  for (let k = 0; k < columns.length; k++) sum += c[k] * columns[k][event]
  return sum
}

/** The sum as Math.log gives it, and the sum of sizes that its rounding is measured by. */
function plain(columns: ArrayLike<number>[], c: ArrayLike<number>): { sum: number; size: number } {
  let sum = 0
  let size = 1
  for (let e = 0; e < columns[0].length; e++) {
    const log = Math.log(ratio(columns, e, c))
    sum += log
    size += Math.abs(log)
  }
  return { sum, size }
}

function randomColumns(events: number, terms: number, seed: number, scale = 0.3): Float64Array[] {
  const rng = createRng(seed)
  return Array.from({ length: terms }, () =>
    Float64Array.from({ length: events }, () => scale * Math.abs(rng.normal())),
  )
}

describe.each(builds)('log sums (simd: $simd)', (kernels) => {
  it.each([0, 1, 3, 37, 511, 513, 10000])('of %i events equal the sum of Math.log', (events) => {
    const columns = randomColumns(events, 5, events)
    const table = kernels.createEventColumns(columns)
    const c = [0.3, -0.2, 0.7, 0.1, 1.3]
    const { sum, size } = plain(columns, c)
    expect(Math.abs(table.logSum(c) - sum)).toBeLessThan(1e-12 * size)
  })

  it('of any ratios of any size equal the sum of Math.log', () => {
    const term = fc.double({ min: -300, max: 300, noNaN: true })
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 40 }), fc.boolean(), (powers, mild) => {
        // 1 + c r with c = 1 reaches any positive ratio.
        const r = Float64Array.from(powers, (p) => 10 ** (mild ? p / 100 : p) - 1)
        const table = kernels.createEventColumns([r])
        const { sum, size } = plain([r], [1])
        const value = table.logSum([1])
        if (Number.isFinite(sum)) expect(Math.abs(value - sum)).toBeLessThan(1e-12 * size)
        else expect(value).toBe(sum)
      }),
      { numRuns: 200, seed: 11 },
    )
  })

  it('of ratios whose products leave the range of float64 on the way', () => {
    for (const powers of [
      [-160, -160, 300, 5],
      [200, 200, -300, -80],
      [-15, -18, 17, -16],
    ]) {
      const r = Array.from({ length: 64 }, (_, e) => 10 ** powers[(e >> 3) % 4] - 1)
      const { sum, size } = plain([r], [1])
      const value = kernels.createEventColumns([r]).logSum([1])
      if (Number.isFinite(sum)) expect(Math.abs(value - sum)).toBeLessThan(1e-12 * size)
      else expect(value).toBe(sum)
    }
  })

  it('are -Infinity with a ratio of zero and NaN with a negative one, even with two', () => {
    const table = (...r: number[]): number => kernels.createEventColumns([r]).logSum([1])
    expect(table(-1, 0.5, 0.2)).toBe(-Infinity)
    expect(table(-3, 0.5, 0.2)).toBeNaN()
    expect(table(-3, -4)).toBeNaN()
    expect(table(...Array<number>(16).fill(-3))).toBeNaN()
    expect(table(0, 1, Number.NaN)).toBeNaN()
    expect(table(0, 1, Infinity)).toBe(Infinity)
  })

  it('of terms that cancel, however large, and of terms that are no numbers, equal the sum of Math.log', () => {
    const small = randomColumns(40, 1, 3)[0]
    for (const large of [0, 1e3, 1e12, 1e25, Infinity, Number.NaN]) {
      const columns = [small.map((r) => r + large), small.map(() => -large)]
      const { sum, size } = plain(columns, [1, 1])
      const value = kernels.createEventColumns(columns).logSum([1, 1])
      if (Number.isFinite(sum)) expect(Math.abs(value - sum)).toBeLessThan(1e-12 * size)
      else expect(value).toBe(sum)
    }
  })

  it('of many points are those of each', () => {
    const columns = randomColumns(1300, 3, 5)
    const table = kernels.createEventColumns(columns)
    const rng = createRng(6)
    const points = Float64Array.from({ length: 3 * 70 }, () => rng.uniform())
    const sums = table.logSums(points)
    expect(sums.length).toBe(70)
    sums.forEach((value, p) => expect(value).toBe(table.logSum(points.subarray(3 * p, 3 * p + 3))))
  })

  it('have the gradient that central differences find', () => {
    const columns = randomColumns(137, 4, 8)
    const table = kernels.createEventColumns(columns)
    const c = [0.4, 0.1, 0.8, -0.05]
    const { value, gradient } = table.logSumGradient(c)
    expect(value).toBe(table.logSum(c))
    for (let k = 0; k < 4; k++) {
      let exact = 0
      for (let e = 0; e < 137; e++) exact += columns[k][e] / ratio(columns, e, c)
      expect(Math.abs(gradient[k] - exact)).toBeLessThan(1e-12 * exact)
      const h = 1e-5
      const moved = (by: number): number => table.logSum(c.map((v, j) => (j === k ? v + by : v)))
      expect(Math.abs((moved(h) - moved(-h)) / (2 * h) - gradient[k])).toBeLessThan(1e-7 * exact)
    }
  })

  it('survive growth of the memory between calls', () => {
    const table = kernels.createEventColumns(randomColumns(9, 2, 1))
    const before = table.logSum([0.1, 0.2])
    table.logSums(new Float64Array(2 * 50_000))
    expect(table.logSum([0.1, 0.2])).toBe(before)
  })

  it('contracts weights of all events', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 7 }), (events, terms) => {
        const columns = randomColumns(events, terms, 31 * events + terms)
        const c = Array.from({ length: terms }, (_, k) => k - 1.5)
        const expected = Array.from({ length: events }, (_, e) => ratio(columns, e, c, 0))
        expect(Array.from(kernels.createEventColumns(columns).contract(c))).toEqual(expected)
      }),
      { numRuns: 60, seed: 2 },
    )
  })
})

it('refuses columns of different lengths and points of the wrong number', () => {
  const [kernels] = builds
  expect(() => kernels.createEventColumns([[1, 2], [1]])).toThrow(/Column 1 has 1 events, column 0 has 2/)
  const table = kernels.createEventColumns([
    [1, 2],
    [1, 3],
  ])
  expect(() => table.logSum([1])).toThrow(/needs 2 numbers, one per term; got 1/)
  expect(() => table.logSums([1, 2, 3])).toThrow(/got 3/)
  expect(() => table.contract([])).toThrow(/got 0/)
})

it('lists the terms of a quadratic polynomial', () => {
  expect(Array.from(quadraticTerms([2, 3], true))).toEqual([1, 2, 3, 4, 6, 9])
  expect(Array.from(quadraticTerms([5], false))).toEqual([5, 25])
})
