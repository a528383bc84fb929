import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { flatPrior, posteriorProblem } from '../likelihood/prior.ts'
import { createBinnedLikelihood } from '../likelihood/binned.ts'
import { nestedSampling } from '../nested-sampling/nested-sampling.ts'
import { normalCdf } from '../special.ts'
import '../../testing/matchers.ts'
import { chi2Quantile, deltaChi2, toyPValue } from './delta-chi2.ts'
import { density1d } from './density-1d.ts'
import { density2d } from './density-2d.ts'
import { getDistFiles, posteriorCsv } from './export.ts'
import { gridPosterior } from './grid-posterior.ts'
import { equalTailed, findModes, highestDensity, weightedQuantiles } from './intervals.ts'
import { bestSample, effectiveSamples, resampleEqual, type WeightedSamples } from './samples.ts'
import { summarise } from './summary.ts'

function finish<R>(steps: Generator<unknown, R>): R {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const n = 4000
const ones = new Float64Array(n).fill(1)

/** Stratified draws: quantiles of a distribution, so that shape tests see the estimator and not the noise. */
function stratified(quantile: (p: number) => number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => quantile((i + 0.5) / n))
}

/** A normal through its distribution function, by bisection. */
function normalAt(p: number): number {
  let [low, high] = [-8, 8]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < p) low = middle
    else high = middle
  }
  return low
}

describe('weighted samples', () => {
  const rng = createRng(1)
  const samples: WeightedSamples = {
    names: ['a', 'b'],
    theta: Float64Array.from({ length: 2 * n }, () => rng.normal()),
    weights: Float64Array.from({ length: n }, () => rng.uniform() ** 4),
    logL: Float64Array.from({ length: n }, (_, i) => -((i - 1234) ** 2)),
  }

  it('resample to floor or ceil of their expected number', () => {
    const tagged = { ...samples, theta: Float64Array.from({ length: 2 * n }, (_, i) => i >> 1) }
    const total = samples.weights.reduce((sum, w) => sum + w, 0)
    const { theta, weights } = resampleEqual(tagged, createRng(2), 10_000)
    expect(weights.length).toBe(10_000)
    const times = new Float64Array(n)
    for (let i = 0; i < 10_000; i++) times[theta[2 * i]]++
    for (let i = 0; i < n; i++)
      expect(Math.abs(times[i] - (10_000 * samples.weights[i]) / total)).toBeLessThan(1 + 1e-9)
  })

  it('know their effective number and their best', () => {
    expect(effectiveSamples(ones)).toBeCloseToRel(n, 1e-12)
    expect(effectiveSamples(Float64Array.of(1, 0, 0))).toBe(1)
    expect(Array.from(bestSample(samples).theta)).toEqual(Array.from(samples.theta.subarray(2468, 2470)))
  })

  it('are checked', () => {
    const bad = { ...samples, weights: samples.weights.with(5, Number.NaN) }
    expect(() => resampleEqual(bad, rng)).toThrow(/Sample 5 has the weight NaN/)
    expect(() => resampleEqual({ ...samples, names: ['a'] }, rng)).toThrow(/1 parameters need 4000/)
    expect(() => resampleEqual({ ...samples, weights: new Float64Array(n) }, rng)).toThrow(/sum to 0/)
  })
})

describe('density in one dimension', () => {
  const at = ({ x, density }: { x: Float64Array; density: Float64Array }, value: number) => {
    const position = ((value - x[0]) / (x[x.length - 1] - x[0])) * (x.length - 1)
    const i = Math.min(Math.floor(position), x.length - 2)
    return density[i] + (position - i) * (density[i + 1] - density[i])
  }

  it('of a normal: right height and the width of the optimal kernel', () => {
    const found = density1d(stratified(normalAt), ones)
    expect(at(found, 0)).toBeCloseToRel(1 / Math.sqrt(2 * Math.PI), 0.03)
    expect(at(found, 1)).toBeCloseToRel(Math.exp(-0.5) / Math.sqrt(2 * Math.PI), 0.03)
    // 1.06 n^(-1/5) for a normal; the data-driven width comes within a quarter.
    expect(found.bandwidth).toBeCloseToRel(1.06 * n ** -0.2, 0.25)
  })

  it('keeps two narrow modes apart, which the normal rule would smear', () => {
    const values = stratified(normalAt).map((x, i) => (i % 2 ? 5 : -5) + 0.2 * x)
    const found = density1d(values, ones)
    expect(found.bandwidth).toBeLessThan(0.1)
    const modes = findModes(found)
    expect(modes.map((m) => Math.round(m.at))).toEqual([-5, 5])
    for (const { mass } of modes) expect(mass).toBeCloseTo(0.5, 2)
  })

  it('does not sag at a wall: flat, sloped and exponential densities', () => {
    const flat = density1d(
      stratified((p) => p),
      ones,
      { min: 0, max: 1 },
    )
    for (const x of [0, 0.01, 0.5, 1]) expect(at(flat, x)).toBeCloseToRel(1, 0.02)
    const sloped = density1d(stratified(Math.sqrt), ones, { min: 0, max: 1 })
    expect(at(sloped, 1)).toBeCloseToRel(2, 0.05)
    const exponential = density1d(
      stratified((p) => -Math.log(1 - p)),
      ones,
      { min: 0 },
    )
    expect(at(exponential, 0)).toBeCloseToRel(1, 0.06)
    const withoutWall = density1d(
      stratified((p) => -Math.log(1 - p)),
      ones,
    )
    expect(at(withoutWall, 0)).toBeLessThan(0.7)
  })

  it('uses weights, integrates to one and ignores far points without weight', () => {
    const values = stratified((p) => p).with(0, 1e6)
    const weights = values.map((x) => (x > 10 ? 0 : x))
    const found = density1d(values, weights, { min: 0, max: 1 })
    expect(at(found, 0.5)).toBeCloseToRel(1, 0.05)
    expect(at(found, 0.9)).toBeCloseToRel(1.8, 0.05)
    const step = found.x[1] - found.x[0]
    const sum = found.density.reduce((s, v, i, all) => s + (i === 0 || i === all.length - 1 ? 0.5 : 1) * v, 0)
    expect(sum * step).toBeCloseToRel(1, 1e-12)
  })

  it('refuses NaN', () => {
    expect(() => density1d(ones.with(3, Number.NaN), ones)).toThrow(/Sample 3 has the value NaN/)
  })
})

describe('intervals', () => {
  const normal = stratified(normalAt)

  it('of a normal agree with its table', () => {
    const [low, high] = weightedQuantiles(normal, ones, [normalCdf(-1), normalCdf(1)])
    expect(low).toBeCloseTo(-1, 2)
    expect(high).toBeCloseTo(1, 2)
    expect(equalTailed(normal, ones, 0.95).high).toBeCloseTo(1.96, 2)
    const { segments } = highestDensity(density1d(normal, ones), 0.6827)
    expect(segments).toHaveLength(1)
    expect(segments[0].low).toBeCloseTo(-1, 1)
    expect(segments[0].mass).toBeCloseTo(0.6827, 6)
  })

  it('list each disjoint segment, and one that ends at a wall', () => {
    const two = density1d(
      normal.map((x, i) => (i % 4 === 0 ? 3 : -3) + 0.3 * x),
      ones,
    )
    const { segments } = highestDensity(two, 0.9)
    expect(segments).toHaveLength(2)
    expect(segments[0].mass + segments[1].mass).toBeCloseTo(0.9, 6)
    expect(segments[0].mass).toBeGreaterThan(segments[1].mass)
    const falling = density1d(
      stratified((p) => -Math.log(1 - p)),
      ones,
      { min: 0 },
    )
    const [only] = highestDensity(falling, 0.68).segments
    expect(only.low).toBe(0)
    expect(only.high).toBeCloseTo(-Math.log(0.32), 1)
    expect(
      equalTailed(
        stratified((p) => -Math.log(1 - p)),
        ones,
        0.68,
      ).low,
    ).toBeGreaterThan(0.15)
  })

  it('one hill with ripples is one mode', () => {
    const x = Float64Array.from({ length: 201 }, (_, i) => (i - 100) / 20)
    const density = x.map((t) => (Math.exp(-t * t) * (1 + 0.1 * Math.cos(20 * t))) / Math.sqrt(Math.PI))
    expect(findModes({ x, density, bandwidth: 0 })).toHaveLength(1)
  })

  it('the summary warns of mirror modes and is silent for one', () => {
    const make = (theta: Float64Array): WeightedSamples => ({
      names: ['c_td8'],
      theta,
      weights: ones,
      logL: ones,
    })
    const two = normal.map((x, i) => (i % 2 ? 1 : -1) + 0.1 * x)
    expect(summarise(make(two), [{}])[0].warning).toMatch(
      /c_td8 has 2 separate modes: -0\.99\d \(50 %\), 0\.99/,
    )
    const [{ warning, mean, standardDeviation, median }] = summarise(make(normal), [{}])
    expect(warning).toBeNull()
    expect(mean).toBeCloseTo(0, 10)
    expect(standardDeviation).toBeCloseTo(1, 2)
    expect(median).toBeCloseTo(0, 3)
  })
})

describe('density in two dimensions', () => {
  const rng = createRng(3)
  const x = Float64Array.from({ length: n }, () => rng.normal())
  const y = x.map((value) => 0.8 * value + 0.6 * rng.normal())

  it('of a correlated normal: contours hold 68, 95 and 99 % of fresh draws', () => {
    const { levels, ...grid } = density2d(x, y, ones)
    const inside = [0, 0, 0]
    const draws = 20_000
    for (let i = 0; i < draws; i++) {
      const a = rng.normal()
      const b = 0.8 * a + 0.6 * rng.normal()
      const column = Math.round(((a - grid.xMin) / (grid.xMax - grid.xMin)) * (grid.columns - 1))
      const row = Math.round(((b - grid.yMin) / (grid.yMax - grid.yMin)) * (grid.rows - 1))
      if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue
      levels.forEach((level, k) => {
        if (grid.values[row * grid.columns + column] >= level) inside[k]++
      })
    }
    ;[0.68, 0.95, 0.99].forEach((mass, k) => expect(Math.abs(inside[k] / draws - mass)).toBeLessThan(0.03))
  })

  it('does not sag at the walls of a flat prior', () => {
    const u = Float64Array.from({ length: 20_000 }, () => rng.uniform())
    const v = Float64Array.from({ length: 20_000 }, () => rng.uniform())
    const wall = { min: 0, max: 1 }
    const grid = density2d(u, v, new Float64Array(20_000).fill(1), { x: wall, y: wall })
    const strip = (row: number) =>
      grid.values
        .subarray(row * grid.columns, (row + 1) * grid.columns)
        .reduce((sum, z) => sum + z / grid.columns, 0)
    for (const row of [0, 1, 64, 127]) expect(strip(row)).toBeCloseToRel(1, 0.1)
  })
})

describe('Delta chi^2', () => {
  it('has the conversions of two degrees of freedom', () => {
    // 2 dof: p = exp(-x/2). Values to the digits of the usual tables.
    for (const [probability, value] of [
      [0.6827, 2.296],
      [0.95, 5.991],
      [0.99, 9.21],
    ])
      expect(chi2Quantile(probability, 2)).toBeCloseTo(value, 2)
    const thesis = deltaChi2(0, -6.183 / 2, 2)
    expect(thesis.pValue).toBeCloseToRel(0.0454, 2e-3)
    expect(thesis.sigma).toBeCloseToRel(2.0006, 1e-4)
    expect(deltaChi2(0, -68.641 / 2, 2).sigma).toBeCloseToRel(8, 1e-4)
    expect(deltaChi2(-1, 0, 2).value).toBe(0)
  })

  it('by toys agrees with Wilks where that holds, and is an upper limit beyond them', () => {
    const rng = createRng(4)
    const toys = Float64Array.from({ length: 2000 }, () => rng.normal() ** 2 + rng.normal() ** 2)
    const { pValue, error } = toyPValue(5.991, toys)
    expect(Math.abs(pValue - 0.05)).toBeLessThan(4 * error)
    expect(toyPValue(100, toys)).toMatchObject({ isLimit: true, pValue: 1 / 2001 })
  })
})

describe('grid and nested sampling', () => {
  it('agree on evidence, means and modes of a bimodal binned fit', () => {
    const likelihood = createBinnedLikelihood({
      names: ['c1', 'c2'],
      mode: 'quadratic',
      kind: 'poisson',
      counts: Float64Array.of(230, 120, 60),
      // 1, c1, c2, c1^2, c1 c2, c2^2 per bin
      templates: Float64Array.of(200, 20, 10, 40, 0, 30, 100, 20, 15, 40, 0, 40, 40, 10, 15, 30, 0, 40),
    })
    const grid = finish(gridPosterior(likelihood.logLikelihood, { min: [-2, -2], max: [2, 2] }, 161))
    const nested = finish(
      nestedSampling(posteriorProblem(likelihood, flatPrior(['c1', 'c2'], -2, 2)), {
        rng: createRng(5),
        livePoints: 400,
      }),
    )
    expect(Math.abs(nested.logZ - grid.logZ)).toBeLessThan(3 * nested.logZError)
    for (const k of [0, 1]) {
      const { x, density } = grid.marginals[k]
      const step = x[1] - x[0]
      const mean = density.reduce((sum, value, i) => sum + value * x[i] * step, 0)
      const sampled = nested.weights.reduce((sum, w, i) => sum + w * nested.theta[2 * i + k], 0)
      expect(Math.abs(mean - sampled)).toBeLessThan(0.1)
      expect(density.reduce((sum, value) => sum + value * step, 0)).toBeCloseToRel(1, 0.01)
    }
    expect(grid.best.logL).toBeGreaterThan(Math.max(...nested.logL) - 0.5)
  })

  it('the grid refuses an empty box and a likelihood of nothing', () => {
    expect(() => finish(gridPosterior(() => 0, { min: [0, 1], max: [1, 1] }))).toThrow(/Axis 1.*from 1 to 1/)
    expect(() => finish(gridPosterior(() => -Infinity, { min: [0, 0], max: [1, 1] }, 8))).toThrow(
      /all 64 nodes/,
    )
    expect(() => finish(gridPosterior(() => Number.NaN, { min: [0, 0], max: [1, 1] }, 8))).toThrow(
      /NaN at \(0, 0\)/,
    )
  })
})

describe('exports', () => {
  const samples: WeightedSamples = {
    names: ['c td8', 'c,q'],
    theta: Float64Array.of(1, 2, 3, 4, 5, 6),
    weights: Float64Array.of(0.25, 0, 0.5),
    logL: Float64Array.of(-10, -20, -5),
  }

  it('GetDist chain: weight, minus log-likelihood, parameters; weightless rows left out', () => {
    const { chain, paramNames, ranges } = getDistFiles(samples, [{ min: -2, max: 2 }, {}], ['c_{td}', 'c_q'])
    const rows = chain
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number))
    expect(rows).toEqual([
      [0.5, 10, 1, 2],
      [1, 5, 5, 6],
    ])
    expect(paramNames).toBe('c_td8\tc_{td}\nc,q\tc_q\n')
    expect(ranges).toBe('c_td8 -2 2\nc,q N N\n')
  })

  // How GetDist 1.7 reads them: chains.py (columns), paramnames.py (first blank ends the name, "#" the label),
  // parampriors.py (three fields, N for none), mcsamples.py (sampler of properties.ini).
  it('GetDist files hold what its readers look for', () => {
    const labels = [String.raw`C_{td}^{(8)}/\Lambda^2\ [\mathrm{TeV}^{-2}]`, String.raw`\mathrm{luminosity}`]
    const files = getDistFiles(
      { ...samples, names: ['td8', 'luminosity'] },
      [{ min: -2, max: 2 }, {}],
      labels,
    )
    const lines = (text: string) => text.trimEnd().split('\n')
    const names = lines(files.paramNames).map((line) => /^(\S+)\s+([^#]*)$/.exec(line)!.slice(1))
    expect(names).toEqual([
      ['td8', labels[0]],
      ['luminosity', labels[1]],
    ])
    for (const [name, label] of names) {
      expect(name).not.toMatch(/\*$/) // would be a derived parameter
      expect(label).not.toMatch(/[$!]/) // dollars are added, "!" is read as a backslash
    }
    expect(lines(files.chain).map((line) => line.split(/\s+/).length)).toEqual([
      2 + names.length,
      2 + names.length,
    ])
    const bounds = lines(files.ranges).map((line) => line.split(/\s+/))
    expect(bounds).toEqual([
      ['td8', '-2', '2'],
      ['luminosity', 'N', 'N'],
    ])
    expect(files.properties).toMatch(/^sampler\s*=\s*nested$/m)
  })

  it('CSV keeps every row and quotes names', () => {
    expect(posteriorCsv(samples)).toBe('weight,logL,c td8,"c,q"\n0.25,-10,1,2\n0,-20,3,4\n0.5,-5,5,6\n')
  })
})
