import { expect, it } from 'vitest'
import { agreementText, binText, largestText } from './agreement-text.ts'

const observables = [
  { name: 'mll' as const, edges: [106, 110, 115] },
  { name: 'ptl' as const, edges: [25, 50] },
]

it('tells chi2 and p of all bins, and a pull only with the number of bins it is the largest of', () => {
  const worst = { bin: 1, pull: -3.27, pValue: 0.0258 }
  const agreement = { chi2: 28.46, degreesOfFreedom: 21, pValue: 0.1277, worst, bins: 24 }
  expect(agreementText(agreement, observables, 'data and theory')).toBe(
    'Full covariance of data and theory, all 24 bins: χ² = 28.5 / 21 (p = 0.13). Most at odds given the others: m_ℓℓ = 110–115 GeV, pull −3.3 (as the largest of 24 p ≤ 0.026).',
  )
  expect(largestText(1, 24)).toBe('not unusual as the largest of 24')
})

it('counts bins through all observables', () => {
  expect(binText(observables, 2)).toBe('p_T = 25–50 GeV')
})
