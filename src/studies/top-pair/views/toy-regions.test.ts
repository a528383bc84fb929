import { expect, it } from 'vitest'
import { smallOutcome } from '../../../testing/small-fit.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { cornerFigure } from './corner-figure.ts'
import { jointRegion, regionExtent } from './toy-regions.ts'

/** p = exp(-(x/a)^2 - (y/b)^2): the 95 % set is an ellipse with half axes sqrt(ln 20) a and b. */
const n = 81
const axis = Float64Array.from({ length: n }, (_, i) => -4 + (8 * i) / (n - 1))
const pValues = Float64Array.from({ length: n * n }, (_, at) => {
  const [x, y] = [axis[Math.floor(at / n)], axis[at % n]] // the first coefficient slowest
  return Math.exp(-(x ** 2) - (y / 2) ** 2)
})
const half = Math.sqrt(Math.log(20))

it('finds the ellipse, the first coefficient along x', () => {
  const region = { axes: [axis, axis], pValues }
  expect(regionExtent(region, 0)!.high).toBeCloseTo(half, 1)
  expect(regionExtent(region, 1)!.high).toBeCloseTo(2 * half, 1)
  expect(regionExtent(region, 1)!.low).toBeCloseTo(-2 * half, 1)
})

it('crosses a line where p is 5 %, and is empty where all is excluded', () => {
  const p = Float64Array.from(axis, (x) => Math.exp(-(x ** 2)))
  expect(regionExtent({ axes: [axis], pValues: p }, 0)!.low).toBeCloseTo(-half, 1)
  expect(regionExtent({ axes: [axis], pValues: p.map(() => 0) }, 0)).toBeNull()
  expect(jointRegion({ axes: [axis], pValues: p })).toBeNull()
})

it('is drawn beside the posterior and named as what it is', () => {
  const region = {
    ...{ names: ['td8', 'tq8'], axes: [axis, axis], pValues, probabilities: [0.68, 0.95] },
    toys: 50,
  }
  const whole = { ...region, observed: pValues, thresholds: pValues, seconds: 1 }
  const { data } = cornerFigure({
    ...{
      outcomes: [smallOutcome('exact', [0, 0], 0.3)],
      front: 'exact',
      truth: null,
      halfWidth: 2,
      facts: [],
    },
    toyRegions: [{ kind: 'exact', region: whole }],
    theme: paperTheme,
  })
  const names = data.map(({ name }) => name)
  expect(names).toContain('exact 95 % by toys')
  expect(names).toContain('95 % by toys, exact')
})
