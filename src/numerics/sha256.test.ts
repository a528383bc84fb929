import fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { sha256Hex, sha256InScript } from './sha256.ts'

const ascii = (text: string) => new TextEncoder().encode(text)

afterEach(() => vi.unstubAllGlobals())

// Published vectors: NIST, Cryptographic Standards and Guidelines, example values for SHA-256 (one and
// two block messages), the empty message and a million letters a (FIPS 180-2, appendix B.3).
it.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
])('hashes the published vector %#', (text, hex) => {
  expect(sha256InScript(ascii(text))).toBe(hex)
})

it('agrees with the platform for any length and any offset into a buffer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(7), async (bytes, skip) => {
      const view = bytes.subarray(Math.min(skip, bytes.length))
      expect(sha256InScript(view)).toBe(await sha256Hex(view))
    }),
    { numRuns: 150 },
  )
})

it('still verifies where the page has no crypto.subtle', async () => {
  vi.stubGlobal('crypto', {})
  expect(await sha256Hex(ascii('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})
