import { describe, expect, it } from 'vitest'
import '../testing/matchers.ts'
import { createRng, type Rng } from '../numerics/rng.ts'
import { createEventLogSum } from './likelihood/event-sum.ts'
import { maximise } from './likelihood/maximise.ts'
import { toyExpected, toyRatios, toySigma } from './likelihood/toy-exponential.ts'
import { createUnbinnedLikelihood } from './likelihood/unbinned.ts'
import { buildCells, cellsOf, createCellSums, ratiosByCell, type RatioCells } from './ratio-cells.ts'

const events = 10_000

/** x from half of the SM and half of its tail with the weights of the terms: a sample as of a generator. */
function sample(count: number, rng: Rng): { x: Float64Array; weights: Float64Array } {
  const x = new Float64Array(count)
  const weights = new Float64Array(3 * count)
  for (let i = 0; i < count; i++) {
    let value = -Math.log(1 - rng.uniform())
    if (i % 2) value -= Math.log(1 - rng.uniform()) + Math.log(1 - rng.uniform())
    x[i] = value
    const density = 0.5 * Math.exp(-value) * (1 + (value * value) / 2)
    const [one, linear, square] = toyRatios(Float64Array.of(value))
    weights.set(
      [one, linear, square].map((r) => (r * Math.exp(-value)) / density / count),
      3 * i,
    )
  }
  return { x, weights }
}

/** A network that is wrong by up to tens of per cent, and negative in places. */
function wrongRatios(x: Float64Array): Float64Array {
  const out = toyRatios(x)
  for (let i = 0; i < x.length; i++) {
    out[3 * i + 1] *= 1.3 + 0.2 * Math.sin(3 * x[i])
    out[3 * i + 2] = 0.8 * out[3 * i + 2] - 0.05
  }
  return out
}

const options = { coefficients: 1, order: 'quadratic', points: [[0], [1], [-1]], rowsPerCell: 20 } as const

function cellsFrom(ratiosOf: (x: Float64Array) => Float64Array, cells: number): RatioCells {
  const { x, weights } = sample(100_000, createRng(1))
  const learned = ratiosOf(x)
  const structure = 20_000
  const sm = weights.filter((_, at) => at % 3 === 0).slice(0, structure)
  const points = options.points.map((c) => [...c])
  const tree = buildCells(learned.subarray(0, 3 * structure), sm, { ...options, points, cells })
  const sums = createCellSums(tree)
  sums.add(learned.subarray(0, 150_000), weights.subarray(0, 150_000))
  sums.add(learned.subarray(150_000), weights.subarray(150_000))
  return sums.finish()
}

/** Expected data at c under ratios that are believed: distance of the best fit from c in -2 ln L, and the width of the fit. */
function expectedFit(ratiosOf: (x: Float64Array) => Float64Array, c: number) {
  const { x, weights } = sample(50_000, createRng(2))
  const content = Float64Array.from(
    x,
    (_, i) => events * (weights[3 * i] + c * weights[3 * i + 1] + c * c * weights[3 * i + 2]),
  )
  const likelihood = createUnbinnedLikelihood({
    names: ['c'],
    order: 'quadratic',
    eventSum: createEventLogSum(ratiosOf(x), x.length, 3, content),
    observed: events * toySigma(c),
    expected: toyExpected(events),
  })
  const best = maximise(likelihood, [c], { min: [-3], max: [3] })
  const at = likelihood.logLikelihood(Float64Array.of(c))
  const h = 1e-3
  const curvature =
    (likelihood.logLikelihood(best.theta.map((t) => t + h)) +
      likelihood.logLikelihood(best.theta.map((t) => t - h)) -
      2 * best.logLikelihood) /
    h ** 2
  return { distance: 2 * (best.logLikelihood - at), width: 1 / Math.sqrt(-curvature) }
}

describe('cells of learned ratios', () => {
  const cells = cellsFrom(wrongRatios, 60)

  it('are as many as asked for, each reached', () => {
    expect(cells.tree.cells).toBe(60)
    const { x } = sample(20_000, createRng(3))
    expect(new Set(cellsOf(cells.tree, wrongRatios(x))).size).toBe(60)
    expect(Math.min(...cells.effectiveEvents)).toBeGreaterThan(10)
  })

  it('hold the rates of the terms and a positive ratio at every c, whatever the network says', () => {
    const { x, weights } = sample(100_000, createRng(1))
    const r = ratiosByCell(cells, wrongRatios(x))
    const sums = [0, 0, 0]
    const wanted = [0, 0, 0]
    for (let i = 0; i < 3 * x.length; i++) {
      sums[i % 3] += weights[i - (i % 3)] * r[i]
      wanted[i % 3] += weights[i]
    }
    sums.forEach((sum, t) => expect(sum).toBeCloseToRel(wanted[t], 1e-9))
    for (let c = -5; c <= 5; c += 0.25)
      for (let k = 0; k < 60; k++) {
        const [one, linear, square] = cells.ratios.subarray(3 * k)
        expect(one + c * linear + c * c * square).toBeGreaterThan(0)
      }
  })

  it.each([-1.2, 0, 0.7])('put the best fit at the truth %f where the network misses it', (c) => {
    // Independent simulations of 50,000 and 100,000 events are worth about 2 N/50,000 + 2 N/100,000 = 0.6 at most.
    const corrected = expectedFit((x) => ratiosByCell(cells, wrongRatios(x)), c)
    expect(expectedFit(wrongRatios, c).distance).toBeGreaterThan(10)
    expect(corrected.distance).toBeLessThan(2)
  })

  it('lose little of what exact ratios know, and coarse ones more', () => {
    const fine = cellsFrom(toyRatios, 60)
    const coarse = cellsFrom(toyRatios, 3)
    for (const c of [0, 0.7]) {
      const exact = expectedFit(toyRatios, c).width
      const width = expectedFit((x) => ratiosByCell(fine, toyRatios(x)), c).width
      expect(width / exact).toBeGreaterThan(0.98)
      expect(width / exact).toBeLessThan(1.03)
    }
    const lost = expectedFit((x) => ratiosByCell(coarse, toyRatios(x)), 0).width
    expect(lost).toBeGreaterThan(1.05 * expectedFit(toyRatios, 0).width)
  })

  it('refuse fewer events than two cells need', () => {
    const { x } = sample(30, createRng(1))
    expect(() =>
      buildCells(toyRatios(x), new Float64Array(30).fill(1), { ...options, points: [[0]], cells: 10 }),
    ).toThrow(/30 events cannot be divided/)
  })
})
