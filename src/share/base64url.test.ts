import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from './base64url.ts'

it('writes as Node does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = toBase64Url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect([...fromBase64Url(text)]).toEqual([...bytes])
    }),
  )
})

it.each(['ab+d', 'ab/d', 'abc=', 'ab d', 'abcde', 'aé'])('refuses %j', (text) => {
  expect(() => fromBase64Url(text)).toThrow(expect.objectContaining({ code: 'share/invalid' }))
})
