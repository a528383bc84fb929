import { expect, it } from 'vitest'
import { withSymbols } from './plain-symbols.ts'

it('writes the symbols of a manifest as the page writes them', () => {
  expect(withSymbols('dsigma/dm_ll at O(1/Lambda^2), prior in TeV^-2, 64-86 GeV, 300 fb^-1')).toBe(
    'dσ/dm_ℓℓ at O(1/Λ²), prior in TeV⁻², 64–86 GeV, 300 fb⁻¹',
  )
  expect(withSymbols('ct14lo-reparametrised, JHEP 12 (2019) 059')).toBe(
    'ct14lo-reparametrised, JHEP 12 (2019) 059',
  )
})
