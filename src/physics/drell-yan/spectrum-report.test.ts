import { expect, it } from 'vitest'
import { toyPdf } from '../../testing/toy-pdf.ts'
import '../../testing/matchers.ts'
import { operatorNames } from '../smeft/operators.ts'
import { spectrumReport } from './spectrum-report.ts'
import { morphSpectrum } from './spectrum-templates.ts'
import { computeTemplates } from './templates.ts'

const mll = { name: 'mll' as const, edges: [60, 80, 100] }
const ptl = { name: 'ptl' as const, edges: [30, 40, 45, 60] }
const request = {
  pdf: toyPdf(),
  sqrtS: 13_000,
  scheme: 'alpha',
  muF: 'mll',
  cuts: null,
  widthShift: false,
  scaleVariations: false,
} as const
const templates = computeTemplates({ ...request, observables: [mll, ptl] })

it('a universe can be put together from the report alone', () => {
  for (const name of ['mll', 'ptl'] as const) {
    const report = JSON.parse(JSON.stringify(spectrumReport(templates, name))) as ReturnType<
      typeof spectrumReport
    >
    const c = Float64Array.from(operatorNames, (_, i) => 0.05 * (i - 7))
    const morphed = morphSpectrum(templates, c, 'quadratic')
    const start = name === 'mll' ? 0 : 2
    report.sm.forEach((sm, b) => {
      let sum = sm
      for (const [op, row] of Object.entries(report.linear))
        sum += c[operatorNames.indexOf(op as 'cHe')] * row[b]
      for (const [pair, row] of Object.entries(report.quadratic)) {
        const [i, j] = pair.split(',').map((op) => operatorNames.indexOf(op as 'cHe'))
        sum += c[i] * c[j] * row[b]
      }
      expect(sum).toBeCloseToRel(morphed[start + b], 1e-12)
    })
    expect(report.edges).toEqual(name === 'mll' ? mll.edges : ptl.edges)
  }
})

it('holds all 153 pairs once', () => {
  const { quadratic, linear } = spectrumReport(templates, 'ptl')
  expect(Object.keys(linear)).toEqual([...operatorNames])
  expect(Object.keys(quadratic).length).toBe(153)
  expect(quadratic['clq1,clq3']).toHaveLength(3)
  expect(quadratic['clq3,clq1']).toBeUndefined()
})

it('says what the templates hold when asked for something else', () => {
  const only = computeTemplates({ ...request, observables: [mll] })
  expect(() => spectrumReport(only, 'ptl')).toThrow(/No ptl bins.*mll/)
})
