import { describe, expect, it } from 'vitest'
import { axisOf, expectSound, legendOf, named, textsOf } from '../../../testing/figure-parts.ts'
import { paperTheme } from '../../../ui/plots/figure-theme.ts'
import { hoursText, planHoursFigure, processorGrid, scalingFigure, timeOfOne } from './plan-figures.ts'

const measured = [
  { operators: 1, networks: 2, processor: [4, 4.4], clock: [9, 8] },
  { operators: 2, networks: 5, processor: [10, 11.6], clock: [20, 19] },
] as const

describe('seconds against the number of operators', () => {
  const figure = scalingFigure(measured, [2, 5, 9], paperTheme)

  it('has what was measured as points, and nothing measured beyond two processors', () => {
    expectSound(figure)
    expect(legendOf(figure)).toEqual(['1 process, measured', '2 processes, measured'])
    expect(named(figure, '1 process, measured')[0]).toMatchObject({ x: [1, 2], y: [4, 10], mode: 'markers' })
    expect(named(figure, '2 processes, measured')[0].y).toEqual([2.2, 5.8])
    expect(named(figure, '16 processes, measured')).toEqual([])
  })

  it('has the model as dashed lines: rounds of the mean time of one', () => {
    expect(timeOfOne(measured)).toBe(2) // 14 s for 7
    expect(named(figure, 'model, 1')[0]).toMatchObject({
      x: [1, 2, 3],
      y: [4, 10, 18],
      line: { dash: 'dash' },
    })
    expect(named(figure, 'model, 2')[0].y).toEqual([2, 6, 10])
    // No more processors than networks are of use.
    expect(named(figure, 'model, 128')[0].y).toEqual([2, 2, 2])
    expect(textsOf(figure)).toContain('÷ 16')
  })
})

describe('hours of a plan', () => {
  it('fall to the time of one job, at as many processors as there are jobs', () => {
    const cost = { seconds: 36, bytes: 1 }
    const figure = planHoursFigure(
      [
        { ...cost, jobs: 2000, name: 'large' },
        { ...cost, jobs: 40, name: 'small' },
      ],
      paperTheme,
    )
    expectSound(figure)
    expect(legendOf(figure)).toEqual(['large', 'small'])
    expect(named(figure, 'small, decades')[0].x).toEqual([1, 10, 100])
    const marks = named(figure, 'large, decades')[0]
    expect(marks.x).toEqual([1, 10, 100, 1000, 10_000])
    expect(marks.y).toEqual([20, 2, 0.2, 0.02, 0.01])
    expect((marks as { text?: string[] }).text).toEqual(['20 h', '2 h', '12 min', '1.2 min', '36 s'])
    expect(axisOf(figure, 'x')).toMatchObject({ type: 'log', tickvals: [1, 10, 100, 1000, 10_000] })
    const model = named(figure, 'large')[0]
    expect(model.line?.dash).toBe('dash')
    expect([model.y[0], model.y.at(-1)]).toEqual([20, 0.01])
  })

  it('is drawn for a single job, too', () => {
    expectSound(planHoursFigure([{ jobs: 1, seconds: 36, bytes: 1, name: 'one' }], paperTheme))
  })

  it('reads at a glance', () => {
    expect([0.001, 0.5, 7.25].map(hoursText)).toEqual(['3.6 s', '30 min', '7.3 h'])
    expect(processorGrid(10).slice(0, 4)).toEqual([1, 2, 3, 4])
  })
})
