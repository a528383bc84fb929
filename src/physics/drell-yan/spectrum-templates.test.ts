import { expect, it } from 'vitest'
import { operatorNames, quadraticCount } from '../smeft/operators.ts'
import { spectrumTemplates } from './spectrum-templates.ts'

const arrays = (bins: number) => ({
  observables: [
    { name: 'mll' as const, edges: [50, 60, 70] },
    { name: 'ptl' as const, edges: [20, 30] },
  ],
  sm: new Float64Array(bins),
  linear: new Float64Array(operatorNames.length * 3),
  quadratic: new Float64Array(quadraticCount * 3),
})

it('counts the bins of all observables', () => expect(spectrumTemplates(arrays(3)).bins).toBe(3))

it('refuses arrays that are not of these bins, with both numbers', () => {
  expect(() => spectrumTemplates(arrays(4))).toThrow(
    /Templates "sm" hold 4 numbers, 1 x 3 bins of mll, ptl need 3/,
  )
})
