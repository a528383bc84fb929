import { expect, it } from 'vitest'
import { smallOutcome } from '../../../../testing/small-fit.ts'
import { intervalsLatex } from './intervals-latex.ts'

const outcomes = (
  [smallOutcome('exact', [0.3, 0.2], 0.05), smallOutcome('binned', [0.5, 0.4], 0.05, 0.3)] as const
).map((outcome) => ({ ...outcome, label: outcome.kind }))
const table = intervalsLatex(outcomes, [['seed', '1']])

it('has a row per coefficient and fit, under what it was made with', () => {
  expect(table.split('\n')[0]).toBe('% seed: 1')
  expect(table.match(/\\\\$/gm)).toHaveLength(5)
  expect(table).toContain(String.raw`$C_{td}^{(8)}/\Lambda^2\ [\mathrm{TeV}^{-2}]$ & exact & $0.3`)
  expect(table.split('\\begin{tabular}')).toHaveLength(2)
})

it('lists every segment of a set with two modes', () => {
  const rows = table.split('\n').filter((line) => line.includes('& binned &'))
  expect(rows[0]).toMatch(/\[-?\d\.\d+, -?\d\.\d+\] \\cup \[-?\d\.\d+, -?\d\.\d+\]/)
})
