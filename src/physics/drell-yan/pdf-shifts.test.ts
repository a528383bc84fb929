import { expect, it } from 'vitest'
import table from './ct18nlo-shifts.json' with { type: 'json' }
import { defaultObservables } from './default-binning.ts'
import { pdfShiftCount, relativePdfShifts } from './pdf-shifts.ts'

const total = (shifts: Float64Array, bins: number, b: number) => {
  let sum = 0
  for (let k = 0; k < pdfShiftCount; k++) sum += shifts[k * bins + b] ** 2
  return Math.sqrt(sum)
}

it('is the table itself for the default bins', () => {
  const shifts = relativePdfShifts(defaultObservables)
  const at = (b: number) => Array.from({ length: pdfShiftCount }, (_, k) => shifts[k * 71 + b])
  expect(pdfShiftCount).toBe(29)
  for (const b of [0, 17, 41]) expect(at(b)).toEqual(table.mll.map((row) => row[b]))
  for (const b of [0, 28]) expect(at(42 + b)).toEqual(table.ptl.map((row) => row[b]))
})

// Total 68 % uncertainty of CT18NLO in default m_ll bins, in per cent, from the reference calculation,
// printed for round masses, so to about 0.1.
it.each([
  [50, 2.1],
  [91, 2.25],
  [150, 1.7],
  [350, 2.1],
  [850, 2.7],
  [1400, 3.5],
  [1900, 4.4],
  [2600, 6.0],
])('total at %s GeV is %s %%', (m, percent) => {
  const edges = defaultObservables[0].edges
  const shifts = relativePdfShifts(defaultObservables)
  const b = edges.findIndex((edge) => edge > m) - 1
  expect(Math.abs(100 * total(shifts, 71, b) - percent)).toBeLessThan(0.12)
})

it('interpolates between tabulated bins and is constant outside', () => {
  const edges = [10, 20, 480, 750, 5000, 9000] // 480-750 is two default bins
  const shifts = relativePdfShifts([{ name: 'mll', edges }])
  for (let k = 0; k < pdfShiftCount; k++) {
    const row = table.mll[k]
    expect(shifts[k * 5]).toBe(row[0])
    expect(shifts[k * 5 + 4]).toBe(row[41])
    const [low, high] = [row[35], row[36]].sort((a, b) => a - b)
    expect(shifts[k * 5 + 2]).toBeGreaterThanOrEqual(low)
    expect(shifts[k * 5 + 2]).toBeLessThanOrEqual(high)
  }
})
