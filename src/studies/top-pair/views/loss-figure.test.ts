import { expect, it } from 'vitest'
import {
  axisOf,
  beyondFrame,
  expectSound,
  legendOf,
  named,
  textsOf,
  tracesOf,
} from '../../../testing/figure-parts.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { lossFigure, lossSentence } from './loss-figure.ts'

const history = [
  { epoch: 1, loss: 0.7, validationLoss: 0.69, learningRate: 1 },
  { epoch: 2, loss: 0.6, validationLoss: 0.65, learningRate: 1 },
]
const curves = [{ name: 'replica 1', history }]
const exact = { loss: 0.64, error: 0.002, onValidation: 0.645, of: 'features' } as const
const bound = { ...exact, of: 'final-state' } as const

it('is a validation curve over a dotted training curve of the same colour for each network', () => {
  const two = [...curves, { name: 'replica 2', history: history.slice(0, 1) }]
  const figure = lossFigure(two, 10, null, paperTheme)
  expectSound(figure)
  expect(tracesOf(figure).map(({ x, y }) => [x, y])).toEqual([
    [
      [1, 2],
      [0.7, 0.6],
    ],
    [
      [1, 2],
      [0.69, 0.65],
    ],
    [[1], [0.7]],
    [[1], [0.69]],
  ])
  const [training, validation, other] = tracesOf(figure)
  expect(training.line).toMatchObject({ color: validation.line?.color, dash: 'dot' })
  expect(other.line?.color).not.toBe(training.line?.color)
  expect(legendOf(figure)).toEqual(['replica 1, validation', 'replica 2, validation'])
})

it('runs over all epochs to come and holds every loss', () => {
  const figure = lossFigure(curves, 10, null, paperTheme)
  expect(axisOf(figure, 'x').range).toEqual([0, 10])
  // 0.6 to 0.7, with a tenth below and two above.
  expect(axisOf(figure, 'y').range?.map((value) => value.toFixed(3))).toEqual(['0.590', '0.720'])
  expect(textsOf(figure)).toEqual(['epoch', 'loss'])
  for (const trace of tracesOf(figure)) expect(beyondFrame(figure, trace)).toEqual([])
})

it('stands above the exact Bayes loss with the band of its Monte Carlo error', () => {
  const figure = lossFigure(curves, 10, exact, paperTheme)
  expectSound(figure)
  const [band, limit] = tracesOf(figure)
  expect(band).toMatchObject({ x: [0, 10, 10, 0], y: [0.638, 0.638, 0.642, 0.642], fill: 'toself' })
  expect(limit).toMatchObject({ name: 'limit', x: [0, 10], y: [0.64, 0.64] })
  expect(textsOf(figure)).toContain('exact Bayes loss')
  const sentence = lossSentence(curves, exact)
  expect(sentence).toContain('Bayes loss of these features by quadrature: 0.640')
  expect(sentence).toContain('the best network is 0.0050 above') // 0.65 - 0.645
  expect(lossSentence(curves, { ...exact, onValidation: 0.652 })).toContain('is 0.0020 below')
})

it('widens its window for the exact loss of the features, however far below', () => {
  const figure = lossFigure(curves, 10, { ...exact, loss: 0.1 }, paperTheme)
  expect(beyondFrame(figure, named(figure, 'limit')[0])).toEqual([])
})

it('tells a bound far below by its number, so that curves are not squeezed flat', () => {
  const far = { ...bound, loss: 0.1 }
  const figure = lossFigure(curves, 10, far, paperTheme)
  expect(figure.data).toHaveLength(2)
  expect(axisOf(figure, 'y').range?.[0]).toBeGreaterThan(0.5)
  expect(textsOf(figure)).toContain('bound: full final state known, 0.1000 ↓')
  expect(lossSentence(curves, far)).toContain('these features need not reach')
})

it('is a limit alone before the first epoch has ended', () => {
  const figure = lossFigure([{ name: 'replica 1', history: [] }], 10, exact, paperTheme)
  expect(tracesOf(figure)[1].name).toBe('limit')
  expect(lossSentence([{ name: 'replica 1', history: [] }], exact)).toBe('No epoch has ended yet.')
  expect(axisOf(lossFigure([], 0, null, paperTheme), 'x').range).toEqual([0, 1])
})
