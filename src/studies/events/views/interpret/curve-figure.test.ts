import { expect, it } from 'vitest'
import {
  axisOf,
  beyondFrame,
  expectSound,
  legendOf,
  named,
  tracesOf,
} from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { curveFigure } from './curve-figure.ts'

const at = (value: number) => ({ value, error: 0.01 })

it('draws what is known of each size, the limit in black, and nothing for what nobody asked', () => {
  const figure = curveFigure(
    [
      { perSet: 1, aucLatent: at(0.55), aucSupervised: null, aucExact: at(0.6) },
      { perSet: 10, aucLatent: at(0.75), aucSupervised: null, aucExact: at(0.8) },
      { perSet: 30, aucLatent: null, aucSupervised: null, aucExact: at(0.95) },
    ],
    paperTheme,
  )
  expectSound(figure)
  expect(legendOf(figure)).toEqual(['limit of one jet, parton level', 'best linear map'])
  expect(named(figure, 'best linear map')[0].x).toEqual([1, 10])
  expect(named(figure, 'limit of one jet, parton level')[0].y).toEqual([0.6, 0.8, 0.95])
  expect(axisOf(figure, 'x').ticktext).toEqual(['1', '10', '30'])
  for (const trace of tracesOf(figure)) expect(beyondFrame(figure, trace)).toEqual([])
})
