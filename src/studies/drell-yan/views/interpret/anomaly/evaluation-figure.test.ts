import { expect, it } from 'vitest'
import {
  axisOf,
  beyondFrame,
  expectSound,
  legendOf,
  named,
  textsOf,
  tracesOf,
} from '../../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../../ui/plots/figure-theme.ts'
import { rocFigure, rocSummaryText } from './evaluation-figure.ts'

const roc = (falseAlarms: number[], truePositives: number[], auroc: number) =>
  ({
    curve: { falseAlarms: Float64Array.from(falseAlarms), truePositives: Float64Array.from(truePositives) },
    auroc: { value: auroc, error: 0.01 },
  }) as unknown as Parameters<typeof rocFigure>[1]['population']

const score = (id: string, label: string, latent: boolean) => ({ id, label, latent, meaning: '' })
const scores = [score('map', 'distance on the map', true), score('chi2', 'χ² of the fit', false)]
const evaluation = { scores, options: { background: 1000 } } as unknown as Parameters<typeof rocFigure>[0]
const result = {
  label: 'Resonances',
  spectra: 500,
  population: roc([0, 0.001, 1], [0.4, 0.8, 1], 0.97),
  scores: { map: roc([0.002, 1], [0.1, 1], 0.61), chi2: roc([0, 0.01, 1], [0.2, 0.7, 1], 0.88) },
}
const figure = rocFigure(evaluation, result, paperTheme)

it('draws what is found over the false alarms of every score, the known populations in black', () => {
  expectSound(figure)
  expect(legendOf(figure)).toEqual(['known populations', 'distance on the map', 'χ² of the fit', 'chance'])
  const [known] = named(figure, 'known populations')
  expect(known.y).toEqual([0.4, 0.8, 1])
  expect(known.line).toMatchObject({ color: paperTheme.data, shape: 'hv', dash: 'solid' })
  const colours = tracesOf(figure).map(({ line }) => line?.color)
  expect(new Set(colours).size).toBe(4)
})

it('has false alarms on a logarithmic axis down to one of all, where none lies just outside', () => {
  expect(axisOf(figure, 'x')).toMatchObject({ type: 'log', range: [-3, 0] })
  expect(axisOf(figure, 'y').range).toEqual([0, 1.02])
  expect(textsOf(figure)).toEqual(['false alarms', 'anomalies found'])
  const [known] = named(figure, 'known populations')
  expect(beyondFrame(figure, known)).toEqual([{ x: 0.0005, y: 0.4 }])
  expect(beyondFrame(figure, named(figure, 'distance on the map')[0])).toEqual([])
})

it('chance finds as many as it alarms', () => {
  const [chance] = named(figure, 'chance')
  expect(chance.x).toEqual(chance.y)
  expect([chance.x[0], chance.x.at(-1)]).toEqual([expect.closeTo(0.001), 1])
})

it('says which score is the best on a map, and which on the spectrum', () => {
  expect(rocSummaryText(evaluation, result)).toBe(
    'Resonances: the best score on a map is distance on the map with AUROC 0.610, the best on the spectrum χ² of the fit with 0.880; known populations reach 0.970. 500 anomalous spectra.',
  )
})
