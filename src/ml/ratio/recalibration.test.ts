import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import { fitRecalibration, recalibrate, recalibrationSchema } from './recalibration.ts'

const rows = 20_000

/** SM: x and y exponential with mean 1. */
function draw(seed = 1): { x: Float64Array; y: Float64Array; both: Float32Array } {
  const rng = createRng(seed)
  const x = Float64Array.from({ length: rows }, () => -Math.log(1 - rng.uniform()))
  const y = x.map(() => -Math.log(1 - rng.uniform()))
  return { x, y, both: Float32Array.from({ length: 2 * rows }, (_, q) => (q % 2 ? y : x)[q >> 1]) }
}

const ones = new Float64Array(rows).fill(1)
const none = new Float32Array(0)

function finish<T>(run: Generator<unknown, T>): T {
  for (;;) {
    const next = run.next()
    if (next.done) return next.value
  }
}

/** Ratios after recalibration of scores to classes of these weights. */
function ratios(scores: Float64Array, x: Float32Array, other: Float64Array): Float64Array {
  const stages = finish(fitRecalibration(scores, x, { sm: ones, other }))
  return recalibrate({ stages }, scores, x).map(Math.exp)
}

/** Root mean square of ln(a/b) where x is within the central 98 %. */
function distance(a: Float64Array, b: Float64Array, x: Float64Array): number {
  const [low, high] = [-Math.log(0.99), -Math.log(0.01)]
  const inside = [...x.keys()].filter((i) => x[i] > low && x[i] < high)
  return Math.sqrt(inside.reduce((sum, i) => sum + Math.log(a[i] / b[i]) ** 2, 0) / inside.length)
}

const mean = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / values.length

describe('the ratio given the score alone', () => {
  it('a score that is any rising function of the ratio becomes the ratio', () => {
    const { x } = draw()
    const exact = x.map((v) => 0.6 * v)
    const scores = x.map((v) => 4 + 3 * Math.log(v))
    const learned = ratios(scores, none, exact)
    expect(distance(scores.map(Math.exp), exact, x)).toBeGreaterThan(3)
    expect(distance(learned, exact, x)).toBeLessThan(0.04)
    expect(mean(learned)).toBeCloseTo(mean(exact), 3)
  })

  // E[x (0.5 + y) | x] = 1.5 x
  it('is the mean over what the score does not see', () => {
    const { x, y } = draw()
    const learned = ratios(
      x.map((v) => 2 * Math.log(v)),
      none,
      x.map((v, i) => v * (0.5 + y[i])),
    )
    expect(
      distance(
        learned,
        x.map((v) => 1.5 * v),
        x,
      ),
    ).toBeLessThan(0.06)
  })

  it('a score that knows nothing becomes the rate, one that is upside down too', () => {
    const { x, y } = draw()
    const exact = x.map((v) => 0.6 * v)
    const apart = (learned: Float64Array, from: number): number =>
      learned.reduce((most, r) => Math.max(most, Math.abs(r - from)), 0)
    expect(apart(ratios(y, none, exact), 0.6)).toBeLessThan(0.2)
    const upsideDown = ratios(
      x.map((v) => -v),
      none,
      exact,
    )
    expect(apart(upsideDown, mean(exact))).toBeLessThan(0.005)
  })

  it('a score that grows without end has the ratio of the last events, and one wild event changes nothing', () => {
    const { x } = draw()
    const exact = x.map((v) => 0.6 * v)
    const scores = x.map((v) => 5 * v)
    scores[17] = 500
    const learned = ratios(scores, none, exact)
    expect(mean(scores.map(Math.exp))).toBeGreaterThan(1e100)
    expect(Math.max(...learned)).toBeLessThan(0.6 * Math.max(...x))
    expect(mean(learned)).toBeCloseTo(mean(exact), 3)
  })

  // SM + 2 t with t = 0.2 sin x of both signs; the score is distorted, and t comes back.
  it('of a density about a training point gives interference of both signs', () => {
    const { x } = draw()
    const t = x.map((v) => 0.2 * Math.sin(v))
    const density = t.map((v) => 1 + 2 * v)
    const learned = ratios(
      density.map((v) => 3 * v - 2),
      none,
      density,
    ).map((rho) => (rho - 1) / 2)
    expect(t.some((v) => v < -0.1)).toBe(true)
    expect(learned.reduce((most, r, i) => Math.max(most, Math.abs(r - t[i])), 0)).toBeLessThan(0.015)
  })

  it('single weights may be negative', () => {
    const { x } = draw()
    const rng = createRng(5)
    const scattered = x.map((v) => 0.6 * v * (rng.uniform() < 0.1 ? -1 : 1.25))
    const learned = ratios(x, none, scattered)
    // 0.9 × 1.25 − 0.1
    expect(
      distance(
        learned,
        x.map((v) => 0.6 * 1.025 * v),
        x,
      ),
    ).toBeLessThan(0.1)
  })
})

describe('with the features', () => {
  it('what the network has not seen of a feature is added', () => {
    const { x, y, both } = draw()
    const exact = x.map((v, i) => (0.1 + v) * (0.2 + y[i]))
    const scores = x.map((v) => 2 * Math.log(0.1 + v))
    expect(distance(ratios(scores, none, exact), exact, x)).toBeGreaterThan(0.5)
    const fitted = finish(fitRecalibration(scores, both, { sm: ones, other: exact }))
    expect(fitted.map(({ features }) => features.length)).toEqual([0, 2, 2])
    // On events that the fit has not seen either.
    const test = draw(2)
    const target = test.x.map((v, i) => (0.1 + v) * (0.2 + test.y[i]))
    const learned = recalibrate(
      { stages: fitted },
      test.x.map((v) => 2 * Math.log(0.1 + v)),
      test.both,
    ).map(Math.exp)
    expect(distance(learned, target, test.x)).toBeLessThan(0.05)
  })

  it('few events fix the score alone', () => {
    const { x, both } = draw()
    const few = { sm: ones.subarray(0, 150), other: x.subarray(0, 150) }
    const stages = finish(fitRecalibration(x.subarray(0, 150), both.subarray(0, 300), few))
    expect(stages).toHaveLength(1)
    expect(stages[0].score.knots).toHaveLength(2)
  })

  it('is written and read as JSON, and a spline whose knots do not rise is refused', () => {
    const { x, both } = draw()
    const stages = finish(fitRecalibration(x, both, { sm: ones, other: x }))
    const whole = { sign: 1, stages, events: rows }
    expect(recalibrationSchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole)
    stages[0].score.knots.reverse()
    expect(recalibrationSchema.safeParse(whole).success).toBe(false)
  })
})
