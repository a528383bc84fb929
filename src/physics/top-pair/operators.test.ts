import { describe, expect, it } from 'vitest'
import { dipoleFrom, parseTopPairOperators, topPairOperator, topPairOperators } from './operators.ts'

describe('operators of top pairs', () => {
  it('are the dipole, seven octets and their seven singlets', () => {
    const kinds = topPairOperators.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'octet')).toHaveLength(7)
    expect(kinds.filter((kind) => kind === 'singlet')).toHaveLength(7)
    expect(topPairOperators[0].name).toBe('tG')
  })

  it('carry the names others use', () => {
    expect(topPairOperator('tq8')).toMatchObject({ smeftsim: 'ctj8', smefit: 'c8qt', dim6top: 'c_tq^8' })
    expect(topPairOperator('Qq38')).toMatchObject({ smeftsim: 'cQj38', symbol: 'c_Qq⁽³˒⁸⁾' })
  })

  it('switches the sign of c_tG for SMEFTsim and the factor g_s for SMEFTatNLO', () => {
    expect(dipoleFrom('SMEFTsim', 0.3, 1.2)).toBe(-0.3)
    expect(dipoleFrom('SMEFTatNLO', 0.3, 1.2)).toBeCloseTo(0.36, 14)
    expect(dipoleFrom('dim6top', 0.3, 1.2)).toBe(0.3)
  })

  it('names an unknown or repeated operator', () => {
    expect(() => parseTopPairOperators(['td8', 'cHq1'])).toThrow(/"cHq1" is not one of the 15/)
    expect(() => parseTopPairOperators(['td8', 'td8'])).toThrow(/td8 is listed twice/)
  })
})
