import { expect, it } from 'vitest'
import { axisOf, expectSound, textsOf, tracesOf } from '../../../testing/figure-parts.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { liveFigure, livePointsText } from './live-figure.ts'

it('draws at most 500 live points and says so', () => {
  const n = 1201
  const theta = Float64Array.from({ length: 2 * n }, (_, i) => i)
  const figure = liveFigure({ names: ['td8', 'tq8'], theta, logL: new Float64Array(n) }, 2, paperTheme)
  expectSound(figure)
  const [{ x, y }] = tracesOf(figure)
  expect(x.slice(0, 3)).toEqual([0, 6, 12]) // every third point
  expect(y).toHaveLength(401)
  expect(livePointsText(n)).toMatch(/^401 of 1\s?201 live points$/)
  expect(livePointsText(100)).toBe('100 live points')
})

it('shows two parameters in the box of the prior, coloured by ln L', () => {
  const points = {
    names: ['td8', 'tq8'],
    theta: Float64Array.of(-1, 1.5, 0.5, 0),
    logL: Float64Array.of(-8, -2),
  }
  const figure = liveFigure(points, 2, paperTheme)
  expect(tracesOf(figure)[0]).toMatchObject({ x: [-1, 0.5], y: [1.5, 0], marker: { color: [-8, -2] } })
  expect([axisOf(figure, 'x').range, axisOf(figure, 'y').range]).toEqual([
    [-2, 2],
    [-2, 2],
  ])
  expect(textsOf(figure)[0]).toContain('[TeV<sup>−2</sup>]')
  expect(textsOf(figure)[0]).not.toBe(textsOf(figure)[1])
})

it('sets one parameter against ln L, whose axis finds its own range', () => {
  const points = { names: ['td8'], theta: Float64Array.of(-1, 0.5), logL: Float64Array.of(-8, -2) }
  const figure = liveFigure(points, 3, paperTheme)
  expect(tracesOf(figure)[0]).toMatchObject({ x: [-1, 0.5], y: [-8, -2] })
  expect(axisOf(figure, 'x').range).toEqual([-3, 3])
  expect(axisOf(figure, 'y').range).toBeUndefined()
  expect(textsOf(figure)[1]).toBe('ln <i>L</i>')
})
