import { expect, it } from 'vitest'
import { fromHalfBits, largestHalf, toHalfBits } from './half-floats.ts'

it('every number of binary16 comes back from its bits', () => {
  for (let bits = 0; bits < 0x1_0000; bits++) {
    const value = fromHalfBits(bits)
    if (Number.isNaN(value)) expect(fromHalfBits(toHalfBits(value))).toBeNaN()
    else if (toHalfBits(value) !== bits) throw new Error(`bits ${bits} of ${value}`)
  }
})

it.each([
  [1, 0x3c00],
  [-2, 0xc000],
  [largestHalf, 0x7bff],
  [65_520, 0x7c00], // half way to 65536, which is no number of it
  [65_519, 0x7bff],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000], // ties to even
  [3 * 2 ** -25, 0x0002],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [0.1, 0x2e66],
])('%f is %i', (value, bits) => expect(toHalfBits(value)).toBe(bits))

it('is off by no more than half a unit of the last place', () => {
  for (let k = 1; k < 2000; k++) {
    const value = 1.7 ** (k / 100 - 10) * (k % 2 ? 1 : -1)
    expect(Math.abs(fromHalfBits(toHalfBits(value)) / value - 1)).toBeLessThanOrEqual(2 ** -11)
  }
})
