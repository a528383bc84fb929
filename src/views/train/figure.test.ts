import { expect, it } from 'vitest'
import { paperTheme } from '../common/figure-theme.ts'
import { bestMoment, trainingFigure, trainingSummary, type TrainingFigureInput } from './figure.ts'

const input: TrainingFigureInput = {
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
  shownStep: 2,
  theme: paperTheme,
}

it('draws the same picture as last time (snapshot)', () => {
  expect(trainingFigure(input)).toMatchSnapshot()
})

it('marks the lowest held-out loss, and the first of two equal ones', () => {
  expect(trainingFigure(input).data.at(-1)).toMatchObject({ name: 'lowest, step 2', x: [2], y: [4] })
  const [recalled, first, second] = [{ heldOutLoss: NaN }, { heldOutLoss: 1 }, { heldOutLoss: 1 }]
  expect(bestMoment([recalled, first, second])).toBe(first)
  expect(trainingFigure({ ...input, moments: [] }).data).toHaveLength(3)
})

it('changes to a logarithmic axis only where the loss falls far', () => {
  const scale = (figure: typeof input) => (trainingFigure(figure).layout.yaxis as { type: string }).type
  expect(scale(input)).toBe('log')
  expect(scale({ ...input, losses: [{ step: 1, loss: 5 }], moments: [] })).toBe('linear')
  expect(scale({ ...input, losses: [{ step: 1, loss: NaN }], moments: [] })).toBe('linear')
})

it('says in words what it shows', () => {
  expect(trainingSummary(input)).toBe(
    'Held-out loss 5.000 at step 3, lowest 4.000 at step 2. The latent space has effective rank 1.90 of 2; 1 would be a line.',
  )
  expect(trainingSummary({ ...input, moments: [] })).toBe('No evaluation on held-out universes yet.')
})
