import { expect, it } from 'vitest'
import { typesetRuns } from './typeset.ts'

it('sets masses and momenta with their index, and leaves names with underscores alone', () => {
  expect(typesetRuns('dσ/dm_ℓℓ')).toEqual(['dσ/d', { base: 'm', sub: 'ℓℓ' }])
  expect(typesetRuns('Bins of m_ll and muon p_T, m_tt > 700')).toEqual([
    'Bins of ',
    { base: 'm', sub: 'ℓℓ' },
    ' and muon ',
    { base: 'p', sub: 'T' },
    ', ',
    { base: 'm', sub: 'tt̄' },
    ' > 700',
  ])
  expect(typesetRuns('pt_l2, m_tt_1, xm_tt, p_Tx')).toEqual(['pt_l2, m_tt_1, xm_tt, p_Tx'])
  expect(typesetRuns('10 bins of pT(ℓ⁺), spT')).toEqual(['10 bins of ', { base: 'p', sub: 'T' }, '(ℓ⁺), spT'])
  expect(typesetRuns('binned: C_td⁽⁸⁾ [−0.3, 0.8], C_tG, C_Qq⁽¹,⁸⁾')).toEqual([
    ...['binned: ', { coefficient: 'C_td⁽⁸⁾' }, ' [−0.3, 0.8], '],
    ...[{ coefficient: 'C_tG' }, ', ', { coefficient: 'C_Qq⁽¹,⁸⁾' }],
  ])
  expect(typesetRuns('μ_R = 2')).toEqual([{ base: 'μ', sub: 'R' }, ' = 2'])
  expect(typesetRuns('C_ll′ / Λ² [TeV⁻²]')).toEqual([{ coefficient: 'C_ll′' }, ' / Λ² [TeV⁻²]'])
  expect(typesetRuns('')).toEqual([])
})
