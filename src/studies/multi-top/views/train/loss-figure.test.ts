import { expect, it } from 'vitest'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { twoLossesFigure, twoLossesSummary } from './loss-figure.ts'

const record = (epoch: number) => ({
  ...{ epoch, reconstruction: 1 / epoch, classification: 1.5 / epoch, learningRate: 1e-3 },
  ...{ validationReconstruction: 1.1 / epoch, validationClassification: 1.6 / epoch },
})
const records = [record(1), record(2)]
const levels = { mean: 0.98, algebra: 0.33, chance: Math.log(5), trees: 0.9 }

it('draws both losses by epoch over what needs no transformer, each within its frame', () => {
  const { data, layout } = twoLossesFigure({ records, levels, epochs: 4, theme: paperTheme })
  const lines = data as unknown as { x: number[]; y: number[]; yaxis?: string }[]
  expect(lines.map(({ y }) => y[1])).toEqual([0.5, 0.55, 0.75, 0.8])
  expect(lines.map(({ yaxis = 'y' }) => yaxis)).toEqual(['y', 'y', 'y2', 'y2'])
  const drawn = layout as unknown as {
    yaxis: { range: [number, number] }
    yaxis2: { range: [number, number] }
    shapes: { yref: string; y0: number }[]
  }
  expect(drawn.shapes.map(({ y0 }) => y0)).toEqual([0.98, 0.33, Math.log(5), 0.9])
  for (const { yref, y0 } of drawn.shapes) {
    const [low, high] = yref === 'y' ? drawn.yaxis.range : drawn.yaxis2.range
    expect(low).toBeLessThan(y0)
    expect(high).toBeGreaterThan(y0)
  }
})

it('says in words what the figure says', () => {
  expect(twoLossesSummary({ records, levels })).toBe(
    'After epoch 2, on validation events: hidden numbers 0.550, classes 0.800; without a transformer 0.330 by algebra within objects and 0.980 by the mean, 0.900 by trees on five numbers and 1.61 by chance.',
  )
  expect(twoLossesSummary({ records: [], levels: null })).toBe('No epoch is done yet.')
})
