import { expect, it } from 'vitest'
import {
  axisOf,
  beyondFrame,
  expectSound,
  legendOf,
  shapesOf,
  textsOf,
  tracesOf,
} from '../../testing/figure-parts.ts'
import { paperTheme } from '../plots/figure-theme.ts'
import { bestMoment, lossFigure, lossSummary, type LossFigureInput } from './loss-figure.ts'

const input: LossFigureInput = {
  losses: [
    { step: 1, loss: 20 },
    { step: 2, loss: 8 },
    { step: 3, loss: 3 },
  ],
  moments: [
    { step: 1, heldOutLoss: 18, effectiveRank: 1.2 },
    { step: 2, heldOutLoss: 4, effectiveRank: 1.7 },
    { step: 3, heldOutLoss: 5, effectiveRank: 1.9 },
  ],
  steps: 10,
  latentDim: 2,
  heldOut: 'held-out universes',
  shownStep: 2,
  theme: paperTheme,
}

it('draws batches and what was held out over the effective rank, against the same steps', () => {
  const figure = lossFigure(input)
  expectSound(figure)
  const [batches, heldOut, rank] = tracesOf(figure)
  expect([batches.x, batches.y]).toEqual([
    [1, 2, 3],
    [20, 8, 3],
  ])
  expect([heldOut.name, heldOut.y]).toEqual(['held-out universes', [18, 4, 5]])
  expect([rank.xaxis, rank.yaxis, rank.y]).toEqual(['x2', 'y2', [1.2, 1.7, 1.9]])
  expect(axisOf(figure, 'x').range).toEqual([0, 10])
  expect(axisOf(figure, 'x2')).toMatchObject({ range: [0, 10], matches: 'x' })
  expect(axisOf(figure, 'y2').range).toEqual([0.8, 2.2])
  expect(legendOf(figure)).toEqual(['training batches', 'held-out universes', 'lowest, step 2'])
  expect(textsOf(figure)).toEqual(['step', 'loss', 'eff. rank'])
  for (const trace of tracesOf(figure)) expect(beyondFrame(figure, trace)).toEqual([])
})

it('has lines at a rank of one and of all, and at the step that the map shows', () => {
  const at = (shownStep: number | null) =>
    shapesOf(lossFigure({ ...input, shownStep })).map(({ x0, y0, line }) => [x0, y0, line.dash])
  const ranks = [
    [0, 1, 'dot'],
    [0, 2, 'dot'],
  ]
  expect(at(null)).toEqual(ranks)
  expect(at(2)).toEqual([...ranks, [2, 0, 'dash']])
})

it('marks the lowest held-out loss, and the first of two equal ones', () => {
  expect(lossFigure(input).data.at(-1)).toMatchObject({ name: 'lowest, step 2', x: [2], y: [4] })
  const [recalled, first, second] = [{ heldOutLoss: NaN }, { heldOutLoss: 1 }, { heldOutLoss: 1 }]
  expect(bestMoment([recalled, first, second])).toBe(first)
  expect(lossFigure({ ...input, moments: [] }).data).toHaveLength(3)
})

it('changes to a logarithmic axis only where the loss falls far', () => {
  const scale = (figure: typeof input) => (lossFigure(figure).layout.yaxis as { type: string }).type
  expect(scale(input)).toBe('log')
  // 3 to 20, with a sixth below and a third above, numbered in plain digits.
  expect(axisOf(lossFigure(input), 'y').range).toEqual([Math.log10(3 / 1.2), Math.log10(20 * 1.3)])
  expect(axisOf(lossFigure(input), 'y').ticktext).toEqual(['3', '5', '7', '10', '20'])
  expect(scale({ ...input, losses: [{ step: 1, loss: 5 }], moments: [] })).toBe('linear')
  expect(scale({ ...input, losses: [{ step: 1, loss: NaN }], moments: [] })).toBe('linear')
})

it('says in words what it shows', () => {
  expect(lossSummary(input)).toBe(
    'Held-out loss 5.000 at step 3, lowest 4.000 at step 2. The latent space has effective rank 1.90 of 2; 1 would be a line.',
  )
  expect(lossSummary({ ...input, moments: [] })).toBe('No evaluation on held-out universes yet.')
})
