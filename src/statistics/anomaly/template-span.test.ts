import { describe, expect, it } from 'vitest'
import { createRng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { bestFit, type QuadraticTheory } from './best-fit.ts'
import { noncentralChi2Survival } from './noncentral-chi2.ts'
import { residualTest, splitBySpan, templateSpan } from './template-span.ts'

const [count, bins] = [4, 12]
const rng = createRng(11)
const templates = Float64Array.from({ length: count * bins }, () => rng.normal())
// The last template is a combination of the first two: three directions.
for (let b = 0; b < bins; b++) templates[3 * bins + b] = 2 * templates[b] - templates[bins + b]
const span = templateSpan(templates, count, bins)

const combination = (c: readonly number[]) =>
  Float64Array.from({ length: bins }, (_, b) =>
    c.reduce((sum, ci, i) => sum + ci * templates[i * bins + b], 0),
  )

describe('span of templates', () => {
  it('has the rank of the templates', () => {
    expect(span.rank).toBe(3)
  })

  it('leaves nothing of a universe, however far', () => {
    const x = combination([300, -200, 50, 1000])
    const { inside, outside } = splitBySpan(span, x)
    expect(outside).toBeLessThan(1e-18 * inside)
    expect(inside).toBeCloseToRel(
      x.reduce((sum, v) => sum + v * v, 0),
      1e-12,
    )
  })

  it('residuals of noisy universes are chi-squared with bins - rank degrees of freedom', () => {
    const draws = 4000
    const pValues: number[] = []
    for (let i = 0; i < draws; i++) {
      const c = [3 * rng.normal(), 5, -2 * rng.normal(), 1]
      pValues.push(
        residualTest(
          span,
          combination(c).map((v) => v + rng.normal()),
        ).pValue,
      )
    }
    pValues.sort((a, b) => a - b)
    // Kolmogorov-Smirnov against the uniform distribution; 1.95 is passed once in a thousand.
    const distance = Math.max(...pValues.map((p, i) => Math.abs(p - (i + 0.5) / draws)))
    expect(distance * Math.sqrt(draws)).toBeLessThan(1.95)
  })

  it('finds a foreign shape as often as the noncentral distribution says', () => {
    const shape = Float64Array.from({ length: bins }, (_, b) => (b === 5 ? 4 : 0))
    const { outside } = splitBySpan(span, shape)
    const draws = 3000
    let found = 0
    for (let i = 0; i < draws; i++)
      if (
        residualTest(
          span,
          combination([i, -i, 2, 0]).map((v, b) => v + shape[b] + rng.normal()),
        ).pValue < 0.01
      )
        found++
    const power = noncentralChi2Survival(21.665994333, bins - span.rank, outside) // 1 % quantile of 9 degrees
    expect(Math.abs(found / draws - power) / Math.sqrt((power * (1 - power)) / draws)).toBeLessThan(4)
  })

  it('refuses templates that span all bins', () => {
    expect(() => templateSpan(Float64Array.of(1, 0, 0, 1, 1, 1), 3, 2)).toThrow('no residual')
  })
})

describe('best fit of a quadratic theory', () => {
  const theory: QuadraticTheory = {
    parameters: count,
    bins,
    linear: templates,
    quadratic: new Float64Array(10 * bins),
  }

  it('with no squares is the projection', () => {
    const x = Float64Array.from({ length: bins }, () => 3 * rng.normal())
    const fit = bestFit(theory, x, [new Float64Array(count)], span.rank)
    expect(fit.converged).toBe(true)
    expect(fit.chi2).toBeCloseToRel(splitBySpan(span, x).outside, 1e-9)
    expect(fit.pValue).toBeCloseToRel(residualTest(span, x).pValue, 1e-9)
  })

  it('with squares comes back to the universe a spectrum was made from', () => {
    const curved = { ...theory, quadratic: theory.quadratic.map(() => 0.3 * rng.normal()) }
    const truth = [0.8, -0.6, 0.4, 0.2]
    const x = combination(truth)
    let pair = 0
    for (let i = 0; i < count; i++)
      for (let j = i; j < count; j++, pair++)
        for (let b = 0; b < bins; b++) x[b] += truth[i] * truth[j] * curved.quadratic[pair * bins + b]
    const fit = bestFit(curved, x, [new Float64Array(count), [1, -1, 0, 0]], span.rank)
    expect(fit.chi2).toBeLessThan(1e-12)
  })
})
