import { expect, it } from 'vitest'
import { axisOf, expectSound, named } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { importanceFigure } from './importance-figure.ts'

it('draws the largest loss uppermost, with its error', () => {
  const drops = Array.from({ length: 16 }, (_, k) => ({ value: k === 3 ? 0.3 : 0.001 * k, error: 0.01 }))
  const figure = importanceFigure({ drops }, paperTheme)
  expectSound(figure)
  const [trace] = named(figure, 'loss of AUC')
  expect([trace.x.at(-1), trace.y.at(-1)]).toEqual([0.3, 15])
  expect(axisOf(figure, 'y').ticktext?.at(-1)).toBe('N(b-jets)')
  expect(axisOf(figure, 'y').ticktext?.[0]).toBe('MET')
  expect(trace.error_x?.array).toEqual(new Array(16).fill(0.01))
})
