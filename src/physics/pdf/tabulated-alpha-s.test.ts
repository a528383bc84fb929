import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { createRunningCoupling } from './alpha-s.ts'
import { tabulatedAlphaS } from './tabulated-alpha-s.ts'

const exact = createRunningCoupling()
// Knots every 20 % between 1.3 GeV and 1 TeV, with the bottom threshold listed twice as LHAPDF sets do.
const below = Array.from({ length: 8 }, (_, k) => 1.3 * (4.75 / 1.3) ** (k / 7))
const above = Array.from({ length: 30 }, (_, k) => 4.75 * (1000 / 4.75) ** (k / 29))
const qs = [...below.with(7, 4.75), ...above.with(0, 4.75)]
const table = tabulatedAlphaS(
  qs,
  qs.map((q) => exact.alphaS(q)),
)

it('reproduces the coupling it was tabulated from', () => {
  for (let q = 1.3; q < 1000; q *= 1.01) expect(table(q)).toBeCloseToRel(exact.alphaS(q), 2e-3)
  for (const q of qs.slice(0, -1)) expect(table(q)).toBeCloseToRel(exact.alphaS(q), 1e-13)
})

it('keeps a jump at a threshold and takes the upper side there', () => {
  const jump = tabulatedAlphaS([1, 2, 2, 4], [0.4, 0.3, 0.31, 0.2])
  expect(jump(2)).toBeCloseToRel(0.31, 1e-14)
  expect(jump(2 - 1e-12)).toBeCloseToRel(0.3, 1e-10)
})

it('goes on below as a power and stays constant above', () => {
  expect(table(2000)).toBe(exact.alphaS(1000))
  const ratio = table(1.2) / table(1.3)
  expect(ratio).toBeGreaterThan(1)
  expect(table(1.2 * (1.2 / 1.3)) / table(1.2)).toBeCloseToRel(ratio, 1e-12)
})

it('names a table that does not rise', () => {
  expect(() => tabulatedAlphaS([1, 3, 2], [0.3, 0.2, 0.1])).toThrow(
    /wrong at entry 3 \(Q = 2, alpha_s = 0\.1\)/,
  )
  expect(() => tabulatedAlphaS([1], [0.3])).toThrow(/two or more rising scales/)
})
