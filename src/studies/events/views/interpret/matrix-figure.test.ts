import { expect, it } from 'vitest'
import { axisOf, expectSound, tracesOf } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import type { PairDistances } from '../../analysis/distances/distance-report.ts'
import { matrixFigure } from './matrix-figure.ts'
import { limitWords, measureOf, mergedPairs } from './pair-words.ts'

const estimate = (value: number) => ({ value, error: 0.01 })

function pair(a: string, b: string, energy: number): PairDistances {
  return {
    ...{ a, b, centroid: estimate(1), pooled: estimate(2), energy: estimate(energy), sliced: estimate(4) },
    ...{ aucLatent: estimate(0.7), aucSupervised: [], aucExact: null, separation: null },
    ...{ aucJet: [], madeAlike: null },
  }
}

const pairs = [pair('x', 'y', 0.5), pair('x', 'w', 1.5)]
const shown = { ids: ['x', 'y', 'w'], labels: ['X', 'Y', 'W'], pairs, perSet: 10, theme: paperTheme }

it('has every pair twice, nothing on the diagonal, and nothing where nothing is known', () => {
  const figure = matrixFigure({ ...shown, measure: 'energy', ground: 'light' })
  expectSound(figure)
  const [{ z }] = tracesOf(figure)
  expect(z).toEqual([
    [null, 0.5, 1.5],
    [0.5, null, null],
    [1.5, null, null],
  ])
  expect(axisOf(figure, 'y').ticktext).toEqual(['X', 'Y', 'W'])
  const unknown = matrixFigure({ ...shown, measure: 'aucExact', ground: 'light' })
  expect(
    tracesOf(unknown)[0]
      .z?.flat()
      .every((value) => value === null),
  ).toBe(true)
})

it('takes networks of a pair where some were trained', () => {
  const trained = [{ ...pairs[1], aucSupervised: [{ perSet: 10, auc: estimate(0.9) }] }]
  const merged = mergedPairs(pairs, trained)
  expect(measureOf(merged[1], 'aucSupervised', 10)?.value).toBe(0.9)
  expect(measureOf(merged[1], 'aucSupervised', 5)).toBeNull()
  expect(measureOf(merged[0], 'aucSupervised', 10)).toBeNull()
})

it('says what the limit bounds, and where it bounds nothing', () => {
  expect(limitWords(null)).toBe('')
  expect(limitWords(true)).toMatch(/of the one jet at parton level.*nothing learned was found above it/)
  expect(limitWords(false)).toMatch(/further jets differ.*is no bound for them/)
})
