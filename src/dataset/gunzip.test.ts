import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gunzip } from './gunzip.ts'
import { unpackedText } from './unpacked-text.ts'

const text = Array.from({ length: 300_000 }, (_, i) => `line ${i}`).join('\n')
const packed = new Uint8Array(gzipSync(text))

async function all(bytes: Uint8Array, cap: number): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = []
  for await (const piece of gunzip(bytes, cap)) pieces.push(piece)
  return pieces
}

describe('gzip files', () => {
  it('come out as they went in, a piece at a time', async () => {
    const pieces = await all(packed, 1e8)
    expect(pieces.length).toBeGreaterThan(2)
    expect(Buffer.concat(pieces).toString()).toBe(text)
  })

  it('may have several members, and bytes that only look like the next', async () => {
    const parts = [text, '', 'tail'].map((part) => gzipSync(part))
    expect(Buffer.concat(await all(new Uint8Array(Buffer.concat(parts)), 1e8)).toString()).toBe(`${text}tail`)
    // Stored blocks keep their bytes: a whole gzip file within one.
    const inner = gzipSync('inner')
    const stored = Buffer.concat([Buffer.alloc(40_000, 7), inner, Buffer.alloc(40_000, 8), inner])
    const outer = gzipSync(stored, { level: 0 })
    expect(outer.includes(inner)).toBe(true)
    const twice = new Uint8Array(Buffer.concat([outer, gzipSync('end')]))
    expect(Buffer.concat(await all(twice, 1e8))).toEqual(Buffer.concat([stored, Buffer.from('end')]))
  })

  it('are refused where they are cut, damaged or too large unpacked', async () => {
    await expect(all(packed.subarray(0, packed.length >> 1), 1e8)).rejects.toMatchObject({
      code: 'data/corrupt',
    })
    const damaged = packed.slice()
    damaged[packed.length - 6] ^= 255 // in the checksum
    await expect(all(damaged, 1e8)).rejects.toThrow(/damaged or cut short after \d+ unpacked bytes/)
    await expect(all(packed, 1e6)).rejects.toThrow(/its \d+ bytes unpack to more than 1000000, the most that/)
  })

  it('that are nothing but repetition are refused with both numbers', async () => {
    const bomb = gzipSync(Buffer.alloc(200 << 20))
    const error = new RegExp(`its ${bomb.length} bytes unpack to more than 67108864, \\d+ times as many`)
    await expect(all(new Uint8Array(bomb), 2 ** 40)).rejects.toThrow(error)
  })

  it('and plain ones give text, whole characters whatever the cut', async () => {
    const wide = 'ä€😀'.repeat(200_000)
    for (const bytes of [new TextEncoder().encode(wide), new Uint8Array(gzipSync(wide))]) {
      let back = ''
      for await (const piece of unpackedText(bytes, 1e8)) back += piece
      expect(back === wide).toBe(true)
    }
  })
})
