import { expect, it } from 'vitest'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { tableToCsv } from '../../../../ui/common/DataTable.tsx'
import type { SpectrumInput } from './spectrum-input.ts'
import { spectrumColumns, spectrumSummary, spectrumTable } from './spectrum-table.ts'

const input: SpectrumInput = {
  observable: 'ptl',
  edges: [25, 27.5, 30],
  sm: [5, 10],
  curves: [
    { name: 'universe', values: [5.5, -1], colour: '#e42536', kind: 'line' },
    { name: 'data', values: [7, 9], errors: [1, 2], colour: '#111', kind: 'points' },
  ],
  sqrtsGeV: 13000,
  order: 'linear',
  theme: paperTheme,
}

it('says where a line is furthest in percent, points in which errors, and what is negative', () => {
  const text = spectrumSummary(input)
  expect(text).toContain('25 to 30 GeV in 2 bins')
  expect(text).toContain('Universe is furthest from SM at 27.5–30 GeV: −110\u202f%.')
  expect(text).toContain('Universe is negative in 1 of 2 bins')
  expect(text).toContain(
    'Data is furthest from SM at 25–27.5 GeV: 2.0 errors of that bin alone (SM taken as exact, no correlations, largest of 2: no significance).',
  )
  expect(text).not.toContain('Beyond')
})

it('tabulates densities with units, at full precision', () => {
  expect(tableToCsv(spectrumTable(input))).toBe(
    'p_T from [GeV],to [GeV],SM [pb/GeV],universe [pb/GeV],data [pb/GeV],± data [pb/GeV]\r\n' +
      '25,27.5,2,2.2,2.8,0.4\r\n27.5,30,4,-0.4,3.6,0.8\r\n',
  )
})

it('gives files of numbers the densities of curves, errors and edges of bands', () => {
  const bands = [{ name: 'theory', kind: 'total' as const, low: [2.5, 5], high: [7.5, 15] }]
  expect(spectrumColumns({ ...input, bands }, ['seed: 1'])).toEqual({
    ...{ observable: 'p_T', edges: [25, 27.5, 30], sqrtSGeV: 13000, provenance: ['seed: 1'] },
    columns: [
      { name: 'SM', values: [2, 4] },
      { name: 'universe', values: [2.2, -0.4] },
      { name: 'data', values: [2.8, 3.6], errors: [0.4, 0.8], errorsAre: undefined },
      { name: 'theory, lower edge', values: [1, 2] },
      { name: 'theory, upper edge', values: [3, 6] },
    ],
  })
})

it('tells chi2 beside the pull of a bin, and which points the ratio panel cuts off', () => {
  const data = {
    ...input.curves[1],
    values: [7, 60],
    errors: [1, 55],
    errorsAre: 'published total errors',
    judgement: 'χ² = 1.',
  }
  const text = spectrumSummary({ ...input, curves: [data] })
  expect(text).toContain('2.0 published total errors of that bin alone')
  expect(text).toContain('no significance). χ² = 1. Beyond the ratio panel (arrows): 27.5–30 GeV (6.0).')
})
