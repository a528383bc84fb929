import { describe, expect, it } from 'vitest'
import { axisText, plainSymbol } from './observable-symbols.ts'

describe('symbols of observables', () => {
  it('titles an axis with its unit, none for pure numbers', () => {
    expect(axisText('pt_l2', 'GeV')).toBe('<i>p</i><sub>T</sub>(ℓ<sup>+</sup>) [GeV]')
    expect(axisText('y_tt', '1')).toBe('<i>y</i><sub>tt̄</sub>')
  })

  it('is plain in sentences and choices', () => {
    expect(plainSymbol('pt_l2')).toBe('pT(ℓ⁺)')
    expect(plainSymbol('DeltaEta_ll')).toBe('|η(ℓ⁻)| − |η(ℓ⁺)|')
    expect(plainSymbol('m_ll')).toBe('m(ℓℓ)')
    expect(plainSymbol('met')).toBe('pT(miss)')
  })

  it('leaves a name that it does not know as it is', () => {
    expect(axisText('column_7', '1')).toBe('column_7')
  })
})
