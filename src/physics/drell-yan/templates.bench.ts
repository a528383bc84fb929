import { bench, describe } from 'vitest'
import { createDefaultPdf } from '../pdf/default-pdf.ts'
import { operatorNames } from '../smeft/operators.ts'
import { defaultCuts, defaultObservables, defaultSqrtS } from './default-binning.ts'
import { morphSpectrum } from './spectrum-templates.ts'
import { computeTemplates } from './templates.ts'

const pdf = createDefaultPdf()
const request = {
  observables: defaultObservables,
  pdf,
  sqrtS: defaultSqrtS,
  scheme: 'MW',
  muF: 'mll',
  cuts: defaultCuts,
  widthShift: false,
} as const

describe('Drell-Yan templates, 71 bins x (1 + 17 + 153)', () => {
  bench('with both scale variations', () => void computeTemplates(request), { iterations: 10 })
  bench('central scale only', () => void computeTemplates({ ...request, scaleVariations: false }), {
    iterations: 10,
  })
})

describe('morphing one universe, 71 bins', () => {
  const templates = computeTemplates({ ...request, scaleVariations: false })
  const c = Float64Array.from(operatorNames, (_, i) => 0.01 * (i - 8))
  const out = new Float64Array(templates.sm.length)
  bench('linear', () => void morphSpectrum(templates, c, 'linear', out))
  bench('quadratic', () => void morphSpectrum(templates, c, 'quadratic', out))
})
