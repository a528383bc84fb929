import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { loKernels } from './lo-kernels.ts'
import { xGrid } from './x-grid.ts'

const grid = xGrid({ xMin: 1e-7, spacing: 0.25, stretch: 18 })
const { matrix, columns } = loKernels(grid)
const nodes = grid.x.length

/** Kernel number k (P_qq, P_gq, P_qg, P_gg at nf = 0) on F, at one node. */
function convolve(k: number, f: (x: number) => number, row: number): number {
  let sum = 0
  for (let column = 0; column < columns[row]; column++)
    sum += matrix[(row * nodes + column) * 4 + k] * f(grid.x[column])
  return sum
}

describe('leading-order kernels against convolutions done by hand', () => {
  // For F = x - x^2, i.e. F(x/z) = x/z - x^2/z^2, each integral over z is elementary.
  const f = (x: number) => x - x * x
  const rows = [4, 20, 45, 70].filter((row) => row < nodes)

  it.each(rows)('P_gq and P_qg at node %i', (row) => {
    const x = grid.x[row]
    const l = Math.log(x)
    // int_x^1 z^n dz
    const power = (n: number) => (n === -1 ? -l : (1 - x ** (n + 1)) / (n + 1))
    const gq =
      (4 / 3) *
      (x * (2 * power(-2) - 2 * power(-1) + power(0)) - x * x * (2 * power(-3) - 2 * power(-2) + power(-1)))
    const qg =
      0.5 *
      (x * (power(-1) - 2 * power(0) + 2 * power(1)) - x * x * (power(-2) - 2 * power(-1) + 2 * power(0)))
    expect(convolve(1, f, row)).toBeCloseToRel(gq, 1e-6)
    expect(convolve(2, f, row)).toBeCloseToRel(qg, 1e-6)
  })

  it.each(rows)('P_qq and P_gg at node %i, with the plus prescription', (row) => {
    const x = grid.x[row]
    const l = Math.log(x)
    const power = (n: number) => (n === -1 ? -l : (1 - x ** (n + 1)) / (n + 1))
    // int_x^1 (z^n - 1)/(1-z) dz for n = -2 .. 1, from 1/z^2 - 1 = (1-z)(1+z)/z^2 and so on.
    const over = { '-2': power(-2) + power(-1), '-1': power(-1), '0': 0, '1': -power(0) }
    const plus = (n: -2 | -1 | 0 | 1) => over[n] + Math.log1p(-x)
    const qq = (4 / 3) * (x * (plus(-1) + plus(1)) - x * x * (plus(-2) + plus(0)) + 1.5 * f(x))
    const regular = (shift: number) => power(-1 + shift) - power(shift) + power(1 + shift) - power(2 + shift)
    const gg = 6 * (x * (plus(0) + regular(-1)) - x * x * (plus(-1) + regular(-2))) + 5.5 * f(x)
    expect(Math.abs(convolve(0, f, row) - qq)).toBeLessThan(2e-6 * (Math.abs(qq) + f(x)))
    expect(Math.abs(convolve(3, f, row) - gg)).toBeLessThan(2e-6 * (Math.abs(gg) + f(x)))
  })
})

it('is computed once per grid', () => {
  expect(loKernels(xGrid({ xMin: 1e-7, spacing: 0.25, stretch: 18 })).matrix).toBe(matrix)
})
