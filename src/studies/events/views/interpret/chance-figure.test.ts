import { expect, it } from 'vitest'
import { beyondFrame, expectSound, legendOf, named, tracesOf } from '../../../../testing/figure-parts.ts'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { chanceFigure } from './chance-figure.ts'

const chance = Float64Array.from({ length: 200 }, (_, i) => -0.01 + 0.0002 * i)
const p = { value: 0.5, error: 0.02 }
const names = { twin: 'its twin', apart: 'another' }

it('draws what chance gives, the twins in it and another model beyond it', () => {
  const near = chanceFigure(
    { twin: { statistic: 0.01, chance, p }, apart: { statistic: 0.05, chance, p } },
    names,
    paperTheme,
  )
  expectSound(near)
  const [counted] = named(near, 'labels exchanged')
  expect(counted.y.reduce((sum: number, n) => sum + (n ?? 0), 0)).toBe(200)
  expect(named(near, 'its twin')[0].x).toEqual([0.01, 0.01])
  expect(named(near, 'another')[0].x).toEqual([0.05, 0.05])
  for (const trace of tracesOf(near)) expect(beyondFrame(near, trace)).toEqual([])
})

it('says where another model lies that the frame cuts off', () => {
  const far = chanceFigure(
    { twin: { statistic: 0.01, chance, p }, apart: { statistic: 7, chance, p } },
    names,
    paperTheme,
  )
  expectSound(far)
  expect(legendOf(far)).toContain('another, at 7.00')
  for (const trace of tracesOf(far)) expect(beyondFrame(far, trace)).toEqual([])
})
