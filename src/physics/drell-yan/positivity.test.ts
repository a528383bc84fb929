import { expect, it } from 'vitest'
import { operatorIndex, operatorNames, quadraticCount } from '../smeft/operators.ts'
import { linearValidityLimit, negativeBins } from './positivity.ts'
import { morphSpectrum, spectrumTemplates } from './spectrum-templates.ts'

const linear = new Float64Array(operatorNames.length * 3)
linear.set([0.5, -4, 0], operatorIndex('clq3') * 3)
const templates = spectrumTemplates({
  observables: [{ name: 'mll', edges: [50, 60, 70, 80] }],
  sm: Float64Array.of(1, 2, 3),
  linear,
  quadratic: new Float64Array(quadraticCount * 3),
})

it('finds the negative bins and leaves empty ones alone', () => {
  expect(negativeBins([1, -1e-9, 0, -3])).toEqual([1, 3])
})

it('the validity limit is where the first bin crosses zero', () => {
  const limit = linearValidityLimit(templates, 'clq3')
  expect(limit).toBe(0.5)
  const at = (c: number) => {
    const coefficients = new Float64Array(operatorNames.length)
    coefficients[operatorIndex('clq3')] = c
    return negativeBins(morphSpectrum(templates, coefficients, 'linear'))
  }
  expect(at(0.999 * limit)).toEqual([])
  expect(at(1.001 * limit)).toEqual([1])
  expect(linearValidityLimit(templates, 'clq3', { start: 0, end: 1 })).toBe(2)
  expect(linearValidityLimit(templates, 'cHe')).toBe(Infinity)
})
