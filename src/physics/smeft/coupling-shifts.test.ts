import { describe, expect, it } from 'vitest'
import { electroweak } from '../electroweak.ts'
import { couplingShifts } from './coupling-shifts.ts'
import { type OperatorName, operatorNames } from './operators.ts'

// dGamma_Z / Gamma_Z per TeV^-2, SMEFTsim 3 (arXiv:2012.11343) with massless b; 5 decimals printed.
const widthShifts: Record<'MW' | 'alpha', Partial<Record<OperatorName, number>>> = {
  MW: {
    cHWB: 0.02779,
    cHD: -0.00437,
    cll1: 0.06062,
    cHl1: -0.011,
    cHl3: -0.08288,
    cHe: -0.011,
    cHq1: 0.02835,
    cHq3: 0.09776,
    cHu: 0.01467,
    cHd: -0.011,
  },
  alpha: {
    cHWB: -0.04985,
    cHD: -0.04086,
    cll1: 0.08172,
    cHl1: -0.01166,
    cHl3: -0.12516,
    cHe: -0.01166,
    cHq1: 0.02886,
    cHq3: 0.09764,
    cHu: 0.01555,
    cHd: -0.01166,
  },
}

describe.each(['MW', 'alpha'] as const)('%s scheme', (scheme) => {
  const ew = electroweak(scheme)

  it.each(operatorNames)('width shift of %s', (name) => {
    const expected = widthShifts[scheme][name] ?? 0
    expect(Math.abs(couplingShifts(ew, name).relativeWidth - expected)).toBeLessThan(6e-6)
  })

  it('contact operators leave couplings alone', () => {
    for (const name of ['clq1', 'clq3', 'ceu', 'ced', 'clu', 'cld', 'cqe'] as const) {
      const { lnE, lnGZ, s2, gL, gR } = couplingShifts(ew, name)
      expect([lnE, lnGZ, s2, ...Object.values(gL), ...Object.values(gR)].every((x) => x === 0)).toBe(true)
    }
  })
})

// The measured input must not move: alpha is e^2 in 'alpha'; m_W^2 = g2^2 v^2 / 4 = (e^2/s^2) v^2 / 4 in 'MW',
// where the true v^2 is vHat^2 (1 + dGF) and the Z-photon mixing of cHWB shifts e and s against each other.
it('cll1 rescales every gauge coupling by 1/v in the MW scheme', () => {
  const ew = electroweak('MW')
  const shift = couplingShifts(ew, 'cll1')
  expect(shift.lnE).toBeCloseTo(ew.eps / 2, 15)
  expect(shift.lnGZ).toBeCloseTo(ew.eps / 2, 15)
  expect(shift.s2).toBeCloseTo(0, 15)
})

it('alpha is an input of the alpha scheme: no operator moves e', () => {
  const ew = electroweak('alpha')
  for (const name of operatorNames) expect(couplingShifts(ew, name).lnE).toBe(0)
})
