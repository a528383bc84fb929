import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { auroc } from '../anomaly/roc.ts'
import { normalCdf } from '../special.ts'
import { centroidDistance, cloudOf, pooledDistance } from './centroids.ts'
import { energyDistance } from './energy-distance.ts'
import { neighbourScores } from './neighbour-auc.ts'
import { energyPermutationTest } from './permutation-test.ts'
import { slicedWasserstein } from './sliced-wasserstein.ts'

/** [points, d] of the unit normal, moved along the first axis. */
function normal(points: number, d: number, shift: number, stream: string, width = 1): Float64Array {
  const rng = createRng(7, stream)
  return Float64Array.from(
    { length: points * d },
    (_, at) => width * rng.normal() + (at % d === 0 ? shift : 0),
  )
}

type Distance = (a: Float64Array, b: Float64Array) => { value: number; error: number }

/** Mean and width of the pulls of 60 estimates from samples of 100 and 120 points, one width apart. */
function pulls(d: number, estimate: Distance, exact: number) {
  const all = Array.from({ length: 60 }, (_, k) => {
    const { value, error } = estimate(normal(100, d, 0, `a${k}`), normal(120, d, 1, `b${k}`))
    return (value - exact) / error
  })
  const mean = all.reduce((sum, pull) => sum + pull, 0) / 60
  return { mean, width: Math.sqrt(all.reduce((sum, pull) => sum + (pull - mean) ** 2, 0) / 59) }
}

// X - Y is normal with variance 2 and mean 1, its size folded normal; E|X - X'| = 2/√π.
const folded = (2 / Math.sqrt(Math.PI)) * Math.exp(-1 / 4) + 1 - 2 * normalCdf(-Math.SQRT1_2)
const energyOfNormals = 2 * folded - 4 / Math.sqrt(Math.PI)

describe('energy distance', () => {
  it('of three points by hand', () => {
    // 2 * 1.5 - 1 - 0.5: pairs 0-1.5, 0-2, 1-1.5, 1-2.
    const { value } = energyDistance([0, 1], [1.5, 2], 1)
    expect(value).toBeCloseTo((2 * (1.5 + 2 + 0.5 + 1)) / 4 - 1 - 0.5, 14)
  })

  it('of shifted normals it is that of folded normals', () => {
    const { value, error } = energyDistance(normal(1000, 1, 0, 'a'), normal(1000, 1, 1, 'b'), 1)
    expect(error).toBeLessThan(0.08)
    expect(Math.abs(value - energyOfNormals)).toBeLessThan(3 * error)
  })

  it('is 0 on average for one distribution', () => {
    const values = Array.from(
      { length: 200 },
      (_, k) => energyDistance(normal(40, 2, 0, `c${k}`), normal(30, 2, 0, `d${k}`), 2).value,
    )
    const mean = values.reduce((sum, value) => sum + value, 0) / 200
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 199)
    expect(Math.abs(mean)).toBeLessThan((3 * spread) / Math.sqrt(200))
    expect(values.filter((value) => value < 0).length).toBeGreaterThan(60)
  })

  it('refuses a single point', () => {
    expect(() => energyDistance([1], [1, 2], 1)).toThrow(/2 points.*1 and 2/)
  })
})

describe('sliced Wasserstein distance', () => {
  it('on a line it is the area between both cumulative distributions', () => {
    expect(slicedWasserstein([0, 1], [3, 4], 1).value).toBeCloseTo(3, 14)
    // F - G: 1/2 on (0, 1), 0 on (1, 2), -1/2 ... by hand: quantiles 0,0,1,1 and 0.5 four times.
    expect(slicedWasserstein([0, 1], [0.5], 1).value).toBeCloseTo(0.5, 14)
    expect(slicedWasserstein([2, 0, 1], [0, 1, 2], 1).value).toBe(0)
  })

  it('of normals of different width it is the difference times √(2/π)', () => {
    const { value, error } = slicedWasserstein(normal(4000, 1, 0, 'a'), normal(4000, 1, 0, 'b', 2), 1)
    expect(error).toBeLessThan(0.05)
    expect(Math.abs(value - Math.sqrt(2 / Math.PI))).toBeLessThan(3 * error)
  })

  it('of a cloud and the same cloud moved by 3 it is 3 times the mean of |cos|', () => {
    const cloud = normal(50, 2, 0, 'a')
    const moved = cloud.map((x, at) => (at % 2 === 0 ? x + 3 : x))
    expect(slicedWasserstein(cloud, moved, 2).value).toBeCloseTo(6 / Math.PI, 2)
  })

  it('in three dimensions by drawn directions, whose mean |cos| is 1/2', () => {
    const cloud = normal(50, 3, 0, 'a')
    const moved = cloud.map((x, at) => (at % 3 === 0 ? x + 3 : x))
    // |cos| is uniform: 64 of them have a mean within 0.036.
    expect(Math.abs(slicedWasserstein(cloud, moved, 3, 5).value - 1.5)).toBeLessThan(3 * 3 * 0.036)
  })
})

describe('centres and widths', () => {
  it('of round normals are where they are, and d′ is their distance in widths', () => {
    const [a, b] = [cloudOf(normal(4000, 2, 0, 'a', 2), 2), cloudOf(normal(3000, 2, 3, 'b', 2), 2)]
    const apart = centroidDistance(a, b)
    expect(Math.abs(apart.value - 3)).toBeLessThan(3 * apart.error)
    expect(apart.error).toBeCloseTo(2 * Math.sqrt(1 / 4000 + 1 / 3000), 2)
    const pooled = pooledDistance(a, b)
    expect(Math.abs(pooled.value - 1.5)).toBeLessThan(3 * pooled.error)
  })
  it('two points are infinitely many widths apart, one point none', () => {
    const at = (x: number) => cloudOf([x, x, x], 1)
    expect(pooledDistance(at(1), at(2)).value).toBe(Infinity)
    expect(pooledDistance(at(1), at(1)).value).toBe(0)
  })
})

it.each<[string, number, Distance, number]>([
  ['centres', 2, (a, b) => centroidDistance(cloudOf(a, 2), cloudOf(b, 2)), 1],
  ['widths', 2, (a, b) => pooledDistance(cloudOf(a, 2), cloudOf(b, 2)), 1],
  ['energy', 1, (a, b) => energyDistance(a, b, 1), energyOfNormals],
  ['Wasserstein', 1, (a, b) => slicedWasserstein(a, b, 1), 1],
])('errors are what estimates scatter by, where the samples differ: %s', (_, d, estimate, exact) => {
  const { mean, width } = pulls(d, estimate, exact)
  // 60 pulls: their mean is known to 0.13, their width to 0.09; distances are bent a little upwards.
  expect(Math.abs(mean)).toBeLessThan(0.6)
  expect(width).toBeGreaterThan(0.7)
  expect(width).toBeLessThan(1.35)
})

it('neighbours tell shifted normals nearly as well as anything can, Φ(1/√2)', () => {
  const reference = { a: normal(1000, 1, 0, 'ra'), b: normal(700, 1, 1, 'rb') }
  const scores = (rows: Float64Array) => neighbourScores(reference, rows, 1)
  const { value, error } = auroc(scores(normal(1000, 1, 0, 'a')), scores(normal(1000, 1, 1, 'b')))
  expect(value).toBeLessThan(0.76025 + 2 * error)
  expect(value).toBeGreaterThan(0.76025 - 0.01 - 2 * error)
})

it('neighbours are counted by hand', () => {
  // The three nearest to 0.9 are 1, 0.5 and 0: one of two a's, two of three b's.
  const scores = neighbourScores({ a: [0, -9], b: [0.5, 1, 9] }, [0.9], 1, 3)
  expect(scores[0]).toBeCloseTo(2 / 3 / (2 / 3 + 1 / 2), 14)
  expect(() => neighbourScores({ a: [0], b: [1] }, [0], 1, 3)).toThrow(/3 nearest.*1 and 1/)
})

describe('permutation test', () => {
  const test = (shift: number, k: number) =>
    energyPermutationTest(normal(24, 1, 0, `a${k}`), normal(20, 1, shift, `b${k}`), 1, {
      permutations: 99,
      rng: createRng(k, 'labels'),
    })
  it('has the statistic of the energy distance', () => {
    const [a, b] = [normal(24, 1, 0, 'a3'), normal(20, 1, 0.7, 'b3')]
    expect(test(0.7, 3).statistic).toBeCloseTo(energyDistance(a, b, 1).value, 12)
  })
  it('has uniform p for one distribution and small p for two', () => {
    const p = Array.from({ length: 200 }, (_, k) => test(0, k).p.value)
    const below = (level: number) => p.filter((value) => value <= level).length
    // Binomial: 20 ± 4.2 and 100 ± 7.1.
    expect(Math.abs(below(0.1) - 20)).toBeLessThan(14)
    expect(Math.abs(below(0.5) - 100)).toBeLessThan(22)
    expect(test(2, 1).p.value).toBe(0.01)
    expect(test(2, 1).p.error).toBeCloseTo(0.00995, 4)
  })
})
