import { describe, expect, it } from 'vitest'
import { paperTheme } from '../common/figure-theme.ts'
import { ratioFigure, ratioSummary } from './subject-figure.ts'

const input = {
  observables: [
    { name: 'mll' as const, edges: [50, 100, 200] },
    { name: 'ptl' as const, edges: [25, 50] },
  ],
  ratio: [1, 1.3, 0.9],
  sigma: [0.02, 0.05, 0.1],
  title: 'Universe 7',
}

describe('ratio to the SM', () => {
  const { data, layout } = ratioFigure({ ...input, theme: paperTheme })

  it('draws each observable on axes of its own, as steps over its own bins', () => {
    const lines = data.filter(({ name }) => name === 'Universe 7')
    expect(lines.map(({ xaxis, x, y }) => ({ xaxis, x, y }))).toEqual([
      { xaxis: 'x', x: [50, 100, 100, 200], y: [1, 1, 1.3, 1.3] },
      { xaxis: 'x2', x: [25, 50], y: [0.9, 0.9] },
    ])
  })
  it('has a window that holds every precise ratio and the noise', () => {
    const { range } = layout.yaxis as { range: [number, number] }
    expect(range[0]).toBeLessThan(0.9)
    expect(range[1]).toBeGreaterThan(1.3)
  })
  it('says where the spectrum departs most, in units of the noise', () => {
    expect(ratioSummary(input)).toMatch(/m_ℓℓ = 100–200 GeV, ratio 1\.30 \(6\.0 σ/)
    expect(ratioSummary({ ...input, ratio: [1, 1, 1] })).toMatch(/equal in every bin/)
  })
})
