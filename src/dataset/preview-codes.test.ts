import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesPerRow, dequantise, quantise } from './preview-codes.ts'

it('gives every number back to half a step of its column, at any number of bits', () => {
  const number = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
  const table = fc
    .integer({ min: 1, max: 9 })
    .chain((columns) =>
      fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: 1 }),
    )
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 16 }), (rows, bits) => {
      const columns = rows[0].length
      const values = rows.flat()
      const codes = quantise(values, columns, bits)
      expect(codes.packed.length).toBe(rows.length * bytesPerRow(columns, bits))
      const back = dequantise(codes.packed, codes)
      expect(back.length).toBe(values.length)
      back.forEach((value, i) => {
        const rounding = 2 ** -22 * Math.max(Math.abs(values[i]), Math.abs(codes.offset[i % columns]))
        expect(Math.abs(value - values[i])).toBeLessThanOrEqual(0.501 * codes.step[i % columns] + rounding)
      })
    }),
    { seed: 1, numRuns: 300 },
  )
})

it('uses the whole range of a column, keeps one that stands still, and packs the highest bit first', () => {
  const codes = quantise([0, 7, 3, 7, 1, 7], 2, 4)
  expect(codes).toEqual({
    bits: 4,
    offset: [0, 7],
    step: [3 / 15, 0],
    packed: Uint8Array.of(0x00, 0xf0, 0x50),
  })
  expect([...dequantise(codes.packed, codes)]).toEqual([0, 7, 3, 7, 1, 7])
  // Three codes of three bits, 101 000 111, take nine bits: two bytes.
  expect(quantise([0, 0, 0, 7, 7, 7, 5, 0, 7], 3, 3).packed.slice(4)).toEqual(
    Uint8Array.of(0b10100011, 0b10000000),
  )
})

it('no rows are no rows', () => {
  expect(quantise([], 2, 14)).toEqual({ bits: 14, offset: [0, 0], step: [0, 0], packed: new Uint8Array(0) })
})
