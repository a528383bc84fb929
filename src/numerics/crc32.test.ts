import { expect, it } from 'vitest'
import { crc32 } from './crc32.ts'

// The check value of CRC-32/ISO-HDLC in every catalogue; the others from Python 3 zlib.crc32.
it.each([
  ['123456789', 'cbf43926'],
  ['', '00000000'],
  ['v=1&view=explore', 'fd0a9e96'],
  ['φ† τᴵ', '2fcd22bd'],
])('has the published sum of %j', (text, sum) => {
  expect(crc32(text)).toBe(sum)
})
