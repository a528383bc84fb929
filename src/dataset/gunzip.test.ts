import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gunzip } from './gunzip.ts'

const text = Array.from({ length: 30_000 }, (_, i) => `line ${i}`).join('\n')
const packed = new Uint8Array(gzipSync(text))

describe('gzip files', () => {
  it('come out as they went in', async () => {
    const { pieces, length } = await gunzip(packed, 1e6)
    expect(length).toBe(text.length)
    expect(Buffer.concat(pieces).toString()).toBe(text)
  })

  it('are refused where they are cut, damaged or too large unpacked', async () => {
    await expect(gunzip(packed.subarray(0, packed.length >> 1), 1e6)).rejects.toMatchObject({
      code: 'data/corrupt',
    })
    const damaged = packed.slice()
    damaged[packed.length - 6] ^= 255 // in the checksum
    await expect(gunzip(damaged, 1e6)).rejects.toThrow(/damaged or cut short after \d+ unpacked bytes/)
    await expect(gunzip(new Uint8Array(gzipSync(Buffer.alloc(5e6))), 1e6)).rejects.toThrow(
      /bytes unpack to more than 1000000/,
    )
  })
})
