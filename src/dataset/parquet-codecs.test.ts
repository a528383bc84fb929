import { brotliCompressSync, gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { processorMs } from '../testing/processor-time.ts'
import { unpackHadoopLz4, unpackLz4 } from './lz4.ts'
import { readParquet } from './parquet.ts'

type Compressor = (input: Uint8Array) => Uint8Array

const bytesOf = (...parts: (number | ArrayLike<number>)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : Array.from(part))))
const be32 = (n: number) => [24, 16, 8, 0].map((shift) => (n >> shift) & 255)
const le32 = (n: number) => be32(n).reverse()

/** One sequence of plain bytes. */
const lz4: Compressor = (input) =>
  input.length < 15
    ? bytesOf(input.length << 4, input)
    : bytesOf(
        0xf0,
        Array<number>(Math.floor((input.length - 15) / 255)).fill(255),
        (input.length - 15) % 255,
        input,
      )
const hadoop: Compressor = (input) => {
  const block = lz4(input)
  return bytesOf(be32(input.length), be32(block.length), block)
}
/** A frame of one raw block. Source: RFC 8878, 3.1.1. */
const zstd: Compressor = (input) =>
  bytesOf(
    [0x28, 0xb5, 0x2f, 0xfd, 0xa0],
    le32(input.length),
    le32((input.length << 3) | 1).slice(0, 3),
    input,
  )
const packers: Record<string, Compressor> = {
  GZIP: (input) => gzipSync(input),
  BROTLI: (input) => brotliCompressSync(input),
  ZSTD: zstd,
  LZ4: hadoop,
  LZ4_RAW: lz4,
}
type Codec = 'GZIP' | 'BROTLI' | 'ZSTD' | 'LZ4' | 'LZ4_RAW'

const values = Float64Array.from({ length: 300 }, (_, i) => Math.sin(i) * 10 ** ((i % 40) - 20))
const few = Float64Array.from({ length: 300 }, (_, i) => i % 3)
function file(codec: Codec, pack: Compressor = packers[codec]): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'a', data: values, type: 'DOUBLE' },
        { name: 'b', data: Array.from(few), type: 'DOUBLE' },
      ],
      ...{ codec, compressors: { [codec]: pack }, rowGroupSize: 200 },
    }),
  )
}

it.each(Object.keys(packers) as Codec[])('reads Parquet packed with %s to the bit', async (codec) => {
  const { rows, data } = await readParquet(file(codec))
  expect(rows).toBe(300)
  expect(data.filter((_, i) => i % 2 === 0)).toEqual(values)
  expect(data.filter((_, i) => i % 2 === 1)).toEqual(few)
})

it.each(Object.keys(packers) as Codec[])('refuses pages of %s that unpack to less or more', async (codec) => {
  for (const change of [
    (input: Uint8Array) => input.subarray(0, Math.max(0, input.length - 8)),
    (input: Uint8Array) => bytesOf(input, new Uint8Array(64)),
  ]) {
    const thrown = await readParquet(file(codec, (input) => packers[codec](change(input)))).catch(
      (error: unknown) => error,
    )
    expect([codec, thrown]).toEqual([codec, expect.any(AppError)])
    expect((thrown as AppError).code).toMatch(/^data\/(corrupt|unsupported)$/)
  }
})

it.each([
  ['GZIP', () => gzipSync(new Uint8Array(2 ** 23))],
  ['BROTLI', () => brotliCompressSync(new Uint8Array(2 ** 23))],
  ['LZ4_RAW', () => bytesOf(0x1f, 7, 1, 0, new Uint8Array(2 ** 18).fill(255), 0, 0x10, 7)],
  // Blocks that each repeat one byte 128 Ki times.
  [
    'ZSTD',
    () =>
      bytesOf(
        [0x28, 0xb5, 0x2f, 0xfd, 0xa0],
        le32(2400),
        ...Array.from({ length: 4000 }, () => [...le32((0x20000 << 3) | 2).slice(0, 3), 1]),
      ),
  ],
] as [Codec, Compressor][])('refuses a bomb of %s at once', async (codec, bomb) => {
  const packed = bomb(new Uint8Array())
  const bytes = file(codec, () => packed)
  const begin = processorMs()
  await expect(readParquet(bytes)).rejects.toThrow(AppError)
  expect(processorMs() - begin).toBeLessThan(1000)
})

it('LZ4 repeats what it has written, over itself too', () => {
  const block = bytesOf(0x3f, [97, 98, 99], 3, 0, 0, 0x20, [120, 121])
  const text = `${'abc'.repeat(7)}a`.slice(0, 22) + 'xy'
  expect(new TextDecoder().decode(unpackLz4(block, 24))).toBe(text)
  const frames = bytesOf(be32(24), be32(block.length), block, be32(24), be32(block.length), block)
  expect(new TextDecoder().decode(unpackHadoopLz4(frames, 48))).toBe(text + text)
  expect(new TextDecoder().decode(unpackHadoopLz4(block, 24))).toBe(text)
  expect(() => unpackLz4(bytesOf(0x1f, 97, 9, 0, 0), 40)).toThrow(/repeats from 9 bytes before byte 1/)
})
