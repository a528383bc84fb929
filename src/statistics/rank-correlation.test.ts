import { expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { pairCorrelation, ranks, spearman } from './rank-correlation.ts'

it("has SciPy's numbers", () => {
  // Documentation of scipy.stats.spearmanr, first example; ties share their rank.
  expect(spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8207826816681233, 12)
  expect([...ranks([5, 6, 7, 8, 7])]).toEqual([1, 2, 3.5, 5, 3.5])
})

it('is 1 for anything that rises, -1 for what falls, unknown for a constant', () => {
  const x = [0.1, 3, 2, 9, 4]
  expect(spearman(x, x.map(Math.exp))).toBe(1)
  expect(
    spearman(
      x,
      x.map((value) => -value),
    ),
  ).toBe(-1)
  expect(spearman(x, [2, 2, 2, 2, 2])).toBeNaN()
})

const models = 9
const positions = Array.from({ length: models }, (_, i) => i ** 1.5)
const matrix = (of: (i: number, j: number) => number) =>
  Float64Array.from({ length: models * models }, (_, at) => of(Math.floor(at / models), at % models))
const settings = () => ({ replicas: 400, rng: createRng(2, 'models') })

it('over pairs of models: perfect order has no spread, noise an interval about 0', () => {
  const apart = matrix((i, j) => Math.abs(positions[i] - positions[j]))
  const perfect = pairCorrelation(apart, apart.map(Math.sqrt), models, settings())
  expect(perfect).toEqual({ rho: 1, low: 1, high: 1, models: 9, pairs: 36 })
  const rng = createRng(5)
  const noise = pairCorrelation(
    apart,
    matrix(() => rng.uniform()),
    models,
    settings(),
  )
  expect(noise.low).toBeLessThan(0)
  expect(noise.high).toBeGreaterThan(0)
  expect(noise.high - noise.low).toBeLessThan(1.6)
})

it('three models are too few', () => {
  expect(() => pairCorrelation(new Float64Array(9), new Float64Array(9), 3, settings())).toThrow(
    /4 models.*3/,
  )
})
