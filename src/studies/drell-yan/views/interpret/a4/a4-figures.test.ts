import { expect, it } from 'vitest'
import { reachOf } from '../../../analysis/a4/combined-reach.ts'
import { operatorNames, operators } from '../../../../../physics/smeft/operators.ts'
import { axisOf, expectSound, named, textsOf, tracesOf } from '../../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../../ui/plots/figure-theme.ts'
import { liveColour } from '../../../../../ui/plots/palettes.ts'
import { a4BinName, a4Figure, reachFigure } from './a4-figures.ts'

const bins = [
  { absY: [0, 0.4], mass: [54, 66] },
  { absY: [0, 0.4], mass: [66, 89.5] },
  { absY: [0.4, 3.4], mass: [54, 66] },
] satisfies { absY: [number, number]; mass: [number, number] }[]
const input = {
  bins,
  ...{ measured: Float64Array.of(-0.1, 0.2, 0.3), error: Float64Array.of(0.01, 0.02, 0.1) },
  ...{ sm: Float64Array.of(-0.12, 0.2, 0.8), pulls: Float64Array.of(2, 0, -5), live: null },
}

it('A4: points with errors, theory in steps that break between ranges of |y|, and the pulls below', () => {
  const figure = a4Figure(input, paperTheme)
  expectSound(figure)
  const [points] = named(figure, 'CMS')
  expect([points.y, points.error_y?.array]).toEqual([
    [-0.1, 0.2, 0.3],
    [0.01, 0.02, 0.1],
  ])
  const [sm] = named(figure, 'SM')
  expect(sm.x).toEqual([-0.5, 0.5, 0.5, 1.5, null, 1.5, 2.5, null])
  expect(sm.y).toEqual([-0.12, -0.12, 0.2, 0.2, null, 0.8, 0.8, null])
  const [pulls] = named(figure, 'pull')
  expect([pulls.y, pulls.yaxis]).toEqual([[2, 0, -5], 'y2'])
  expect(axisOf(figure, 'y2').range).toEqual([-5.5, 5.5])
  expect(axisOf(figure, 'x')).toMatchObject({ tickvals: [2.5], ticktext: ['3.4'] })
  expect(named(figure, 'live')).toEqual([])
  expect(textsOf(figure).join()).toMatch(/masses rising within/)
  expect(a4BinName(bins[1])).toBe('|y| 0–0.4, 66–89.5 GeV')
})

it('a live universe is a green line of its own, and its are the pulls', () => {
  const figure = a4Figure({ ...input, live: Float64Array.of(0, 0.1, 0.2) }, paperTheme)
  expect(named(figure, 'live')[0].line?.color).toBe(liveColour)
  expect(named(figure, 'pull')[0].marker?.color).toBe(liveColour)
})

it('reach: a mark for every coefficient that is measured, on a logarithmic axis', () => {
  const n = operatorNames.length
  const one = Float64Array.from({ length: n }, (_, o) => o + 1)
  const none = Float64Array.from({ length: n }, (_, o) => (o === 2 ? 0 : 10))
  const reach = { mll: reachOf([one]), a4: reachOf([none]), both: reachOf([one, none]) }
  const figure = reachFigure(reach, paperTheme)
  expectSound(figure)
  const [mll, a4, both] = tracesOf(figure)
  expect(mll.y[3]).toBeCloseTo(1 / 4, 12)
  expect(a4.x).toEqual(operators.map((_, o) => o).filter((o) => o !== 2))
  expect(both.y[0]).toBeCloseTo(1 / Math.hypot(1, 10), 12)
  expect(axisOf(figure, 'y').type).toBe('log')
  expect(axisOf(figure, 'x').ticktext).toHaveLength(n)
})
