import { expect, it } from 'vitest'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { searchFigure } from './search-figure.ts'

const ramp = (n: number, from: number, to: number) =>
  Float64Array.from({ length: n }, (_, k) => from + ((to - from) * (k + 0.5)) / n)

it('draws shares of both samples over the range of both, and the cuts that lie in it', () => {
  const standardModel = { values: ramp(1000, 0, 0.5), weights: new Float64Array(1000).fill(3) }
  const signal = { values: ramp(200, 0.25, 1), weights: new Float64Array(200).fill(0.1) }
  const cuts = [
    { rate: 0.1, cut: 0.45 },
    { rate: 0.001, cut: 7 },
  ]
  const { data, layout } = searchFigure({
    ...{ standardModel, signal, cuts, score: 'entropy', name: 'a signal', theme: paperTheme },
  })
  const drawn = data as unknown as { name: string; x: number[]; y: number[] }[]
  expect(drawn.map(({ name }) => name)).toEqual(['Standard Model', 'a signal'])
  for (const { x, y } of drawn) {
    expect([x[0], x.at(-1)]).toEqual([drawn[0].x[0], drawn[0].x.at(-1)])
    const inside = y.reduce((sum, share) => sum + share, 0)
    // The last half per cent at either end may be left out.
    expect(inside).toBeGreaterThan(0.98)
    expect(inside).toBeLessThanOrEqual(1 + 1e-9)
  }
  const { shapes, annotations } = layout as unknown as {
    shapes: { x0: number }[]
    annotations: { text: string }[]
  }
  expect(shapes.map(({ x0 }) => x0)).toEqual([0.45])
  expect(annotations.map(({ text }) => text).join()).toMatch(/10 %/)
})

it('events of one’s own are a third line, over a range that holds them', () => {
  const signal = { values: ramp(200, 0, 1), weights: new Float64Array(200).fill(1) }
  const own = { values: ramp(30, 2, 3), weights: new Float64Array(30).fill(1), name: 'mine.csv' }
  const { data } = searchFigure({
    ...{
      standardModel: signal,
      signal,
      own,
      cuts: [],
      score: 'entropy',
      name: 'a signal',
      theme: paperTheme,
    },
  })
  const [, , line] = data as unknown as { name: string; x: number[]; y: number[] }[]
  expect(line.name).toBe('mine.csv')
  expect(line.x.at(-1)).toBeGreaterThan(2.9)
  expect(line.y.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0.9)
})
