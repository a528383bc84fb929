import { expect, it } from 'vitest'
import type { Attribution } from '../../analysis/directions/integrated-gradients.ts'
import { operatorNames } from '../../../../physics/smeft/operators.ts'
import { axisOf, expectSound, textsOf } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { attributionFigure, binShares, correlationFigure, correlationSummary } from './directions-figures.ts'

const observables = [
  { name: 'mll' as const, edges: [50, 100, 200] },
  { name: 'ptl' as const, edges: [25, 50] },
]
const attribution: Attribution = {
  latentDim: 2,
  perBin: Float64Array.of(9, 9, 9, 0.5, -0.25, 0.125),
  perWhitened: new Float64Array(6),
  displacement: Float64Array.of(27, 0.375),
  completeness: 0,
}
const shares = binShares(observables, attribution, 1, 'perBin')

it('shares of a latent axis are those of its row, bin by bin', () => {
  expect(shares.map(({ observable, low, high, share }) => [observable, low, high, share])).toEqual([
    ['m_ℓℓ', 50, 100, 0.5],
    ['m_ℓℓ', 100, 200, -0.25],
    ['p_T', 25, 50, 0.125],
  ])
})

it('bars of all observables are equally wide and share one axis; their sign is their colour', () => {
  const { data, layout } = attributionFigure(observables, shares, 'z₂', paperTheme)
  expectSound({ data, layout })
  expect(data.map(({ y }) => y)).toEqual([[0.5, -0.25], [0.125]])
  expect(data.map(({ x, xaxis }) => [x, xaxis])).toEqual([
    [[0, 1], 'x'],
    [[0], 'x2'],
  ])
  expect(axisOf({ data, layout }, 'x')).toMatchObject({ range: [-0.6, 1.6], ticktext: ['50', '100'] })
  expect(textsOf({ data, layout })).toEqual([
    '<i>m</i><sub>ℓℓ</sub> bin, low edge [GeV]',
    'share of Δz₂',
    '<i>p</i><sub>T</sub><sup>μ</sup> bin, low edge [GeV]',
  ])
  const [first, second] = [layout.xaxis, layout.xaxis2] as { domain: [number, number] }[]
  expect(first.domain[1] - first.domain[0]).toBeCloseTo(2 * (second.domain[1] - second.domain[0]), 12)
  expect(second.domain[1]).toBeCloseTo(1, 12)
  expect(layout.yaxis2).toMatchObject({ matches: 'y' })
  const [{ color }] = data.map(({ marker }) => marker as { color: string[] })
  expect(color).toEqual([paperTheme.bad, paperTheme.accent])
})

it('correlations: a row per axis, and the strongest of each in words', () => {
  const n = operatorNames.length
  const correlations = new Float64Array(2 * n)
  correlations[3] = 0.4
  correlations[n + 5] = -0.73
  const figure = correlationFigure(correlations, paperTheme, 'light')
  expectSound(figure)
  const [heat] = figure.data as { z: number[][]; zmin: number; zmax: number; text: string[][] }[]
  expect([heat.z.length, heat.z[0].length, heat.z[0][3], heat.z[1][5]]).toEqual([2, n, 0.4, -0.73])
  expect([heat.zmin, heat.zmax, heat.text[1][5]]).toEqual([-1, 1, `z2, ${operatorNames[5]}`])
  expect(axisOf(figure, 'y').ticktext).toEqual(['z<sub>1</sub>', 'z<sub>2</sub>'])
  expect(axisOf(figure, 'x').ticktext).toHaveLength(n)
  expect(figure.layout.yaxis).toMatchObject({ autorange: 'reversed' })
  expect(correlationSummary(correlations)).toBe(
    `z1 goes most with ${operatorNames[3]} (0.40); z2 goes most with ${operatorNames[5]} (−0.73)`,
  )
})
