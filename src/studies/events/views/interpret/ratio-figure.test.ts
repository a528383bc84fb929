import { expect, it } from 'vitest'
import { beyondFrame, expectSound, named, tracesOf } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { ratioFigure } from './ratio-figure.ts'

const event = (number: number, massGeV: number, a: number, b: number) => ({
  ...{ event: number, line: 10 * number, massGeV, a, b, ratio: b / a },
})

it('draws events that both models make, all within the frame, and 1 as a line', () => {
  const events = [event(1, 480, 2, 1), event(2, 520, 1, 8), event(3, 500, 1, 0), event(4, 500, 0, 1)]
  const figure = ratioFigure({ a: 'vector-m500', b: 'axial-m500', events }, 'axial / vector', paperTheme)
  expectSound(figure)
  expect(named(figure, 'events')[0].x).toEqual([480, 520])
  expect(named(figure, 'events')[0].y).toEqual([0.5, 8])
  for (const trace of tracesOf(figure)) expect(beyondFrame(figure, trace)).toEqual([])
})
