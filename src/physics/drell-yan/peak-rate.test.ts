import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { createDefaultPdf } from '../pdf/default-pdf.ts'
import { peakRate } from './peak-rate.ts'

const pdf = createDefaultPdf()

it('at both orders with the spread of seven scales', () => {
  const rate = peakRate(pdf)
  expect(rate?.lo).toBeCloseToRel(1397.52, 1e-4)
  // CT14lo, drell-yan-beyond-lo notes A.4.
  expect(rate?.nlo?.value).toBeCloseToRel(1552.93, 1e-4)
  expect(rate?.nlo?.kFactor).toBeCloseToRel(1.1112, 1e-4)
  const { value, lowest, highest } = rate?.nlo ?? { value: 0, lowest: 0, highest: 0 }
  // A snapshot of ours; +3.0 and -4.8 % with NNPDF31_nlo (notes A.4), whose grid we do not have.
  expect(highest / value).toBeCloseTo(1.0117, 3)
  expect(lowest / value).toBeCloseTo(0.9752, 3)
  expect(rate).toMatchObject({ formal: true, note: null })
})

it('at leading order alone where the set names no alpha_s, with the reason', () => {
  const rate = peakRate({ ...pdf, id: 'BARE', alphaS: undefined, orderQcd: undefined })
  expect(rate?.nlo).toBeNull()
  expect(rate?.formal).toBe(false)
  expect(rate?.note).toMatch(/BARE comes without alpha_s.*66 to 116 GeV/)
})

it('is none of a set without quarks', () => {
  const empty = { ...pdf, xfxQ2All: (_x: number, _q2: number, out = new Float64Array(11)) => out.fill(0) }
  expect(peakRate(empty)).toBeNull()
})
