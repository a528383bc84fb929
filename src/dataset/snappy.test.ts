import fc from 'fast-check'
import { snappyUncompress } from 'hyparquet'
import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { unpackSnappy } from './snappy.ts'

const ascii = (text: string) => new TextEncoder().encode(text)

it('unpacks literals and overlapping copies', () => {
  // Size 13; literal "ab" (tag (2-1)<<2 = 4); copy of 11 bytes from 2 back (1-byte offset: (11-4)<<2 | 1).
  const block = Uint8Array.of(13, 4, 0x61, 0x62, ((11 - 4) << 2) | 1, 2)
  expect(unpackSnappy(block, 13)).toEqual(ascii('abababababababa'.slice(0, 13)))
})

it('unpacks long literals and two-byte and four-byte offsets', () => {
  const text = ascii('x'.repeat(69) + 'y')
  const block = Uint8Array.of(
    74,
    60 << 2,
    69,
    ...text,
    ((2 - 1) << 2) | 2,
    1,
    0,
    ((2 - 1) << 2) | 3,
    72,
    0,
    0,
    0,
  )
  expect(unpackSnappy(block, 74)).toEqual(ascii('x'.repeat(69) + 'yyyxx'))
})

it('refuses a length that would run backwards', () => {
  const block = Uint8Array.of(38, 0xfc, 3, 25, 136, 150, 105, 0)
  expect(() => unpackSnappy(block, 38)).toThrow(/a literal of 2525501700 bytes where 2 fit/)
})

it('agrees with hyparquet on what both read, and ends in an AppError else', () => {
  const tags = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 20 }).map((b) => [(b.length - 1) << 2, ...b]),
    fc.tuple(fc.integer({ min: 4, max: 11 }), fc.nat(30)).map(([n, back]) => [((n - 4) << 2) | 1, back]),
    fc.tuple(fc.integer({ min: 1, max: 64 }), fc.nat(30)).map(([n, back]) => [((n - 1) << 2) | 2, back, 0]),
  )
  let both = 0
  fc.assert(
    fc.property(fc.array(tags, { maxLength: 8 }), fc.nat(127), fc.boolean(), (list, claimed, honest) => {
      const real = list.reduce((sum, [tag]) => sum + (tag & 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2)), 0)
      const size = honest && real < 128 ? real : claimed
      const block = Uint8Array.of(size, ...list.flat())
      let ours: Uint8Array
      try {
        ours = unpackSnappy(block, size)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
        return
      }
      const theirs = new Uint8Array(size)
      snappyUncompress(block, theirs)
      expect(ours).toEqual(theirs)
      both++
    }),
    { numRuns: 500 },
  )
  expect(both).toBeGreaterThan(20)
})
