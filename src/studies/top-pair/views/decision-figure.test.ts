import { expect, it } from 'vitest'
import { axisOf, expectSound, legendOf, named } from '../../../testing/figure-parts.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { decisionFigure, decisionHistograms, overlap } from './decision-figure.ts'

// Half of the SM's rate at each of two places; the term has three quarters of its own at the second.
const input = {
  smWeight: [2, 2],
  termRatio: [0.1, 0.3],
  learned: [1, 3],
  exact: [0.1, 0.3],
}

it('g is 1 / (1 + ratio of the normalised densities), whatever the rate of the term', () => {
  const { edges, learned, exact } = decisionHistograms(input)
  // r = 1/2 and 3/2, so g = 2/3 and 2/5; learned up to a factor, which the normalisation takes out.
  const at = (g: number) => edges.findIndex((edge, k) => edge <= g && g < edges[k + 1])
  expect(exact).toEqual(learned)
  expect(learned.sm[at(2 / 3)]).toBeCloseTo(0.5, 12)
  expect(learned.sm[at(2 / 5 + 1e-9)]).toBeCloseTo(0.5, 12)
  expect(learned.term[at(2 / 3)]).toBeCloseTo(0.25, 12)
  expect(learned.term[at(2 / 5 + 1e-9)]).toBeCloseTo(0.75, 12)
  expect(overlap(learned)).toBeCloseTo(0.75, 12)
})

it('a ratio below 0 counts at 1, where the SM is', () => {
  const { learned } = decisionHistograms({ ...input, learned: [-0.5, 3], exact: null })
  expect(learned.sm.at(-1)).toBeCloseTo(0.5, 12)
})

it('draws both samples, the learned filled and the exact as lines, from 0 to 1', () => {
  const figure = decisionFigure(decisionHistograms(input), paperTheme)
  expectSound(figure)
  expect(legendOf(figure)).toEqual(['SM, learned', 'term, learned', 'SM, exact', 'term, exact'])
  expect(axisOf(figure, 'x').range).toEqual([0, 1])
  const [learned] = named(figure, 'SM, learned')
  expect(learned).toMatchObject({ fill: 'tozeroy' })
  expect((learned.y as number[]).filter((_, k) => k % 2).reduce((a, b) => a + b)).toBeCloseTo(1, 12)
  const alone = decisionFigure(decisionHistograms({ ...input, exact: null }), paperTheme)
  expect(legendOf(alone)).toEqual(['SM, learned', 'term, learned'])
})
