import { corrupt, maxObjectBytes, unsupported } from './faults.ts'

/** Two letters of the algorithm, its version, three bytes of packed and of unpacked length, little-endian. */
const headBytes = 9

type Algorithm = 'zlib' | 'LZ4' | 'LZMA' | 'ZSTD'
const algorithms: Readonly<Record<string, Algorithm | undefined>> = {
  ...{ ZL: 'zlib', L4: 'LZ4', XZ: 'LZMA', ZS: 'ZSTD' },
}

interface Block {
  algorithm: Algorithm
  /** The block with its head, as JSROOT takes it. */
  whole: DataView
  packed: Uint8Array
  length: number
}

/**
 * Unpacks an object of a ROOT file: one or several blocks, each with a head of its own (ROOT's RZip.h). Their lengths are checked
 * before anything is unpacked. Blocks of zlib go through the platform, which looks at their checksum, the others through JSROOT.
 *
 * @param length  of what comes out, in bytes, as the object announces it
 * @throws AppError 'data/corrupt', or 'data/unsupported' for other algorithms and sizes
 */
export async function unpack(packed: DataView, length: number, what: string): Promise<DataView> {
  if (length === packed.byteLength) return packed
  if (!(length >= 0)) throw corrupt(`${what} announces ${length} bytes`)
  if (length > maxObjectBytes)
    throw unsupported(
      `${what} has ${length} bytes, at most ${maxObjectBytes} (64 MiB) are read`,
      'write it with smaller baskets',
    )
  const blocks = blocksOf(packed, what)
  const announced = blocks.reduce((sum, block) => sum + block.length, 0)
  if (announced !== length)
    throw corrupt(`${what} announces ${length} bytes, its packed blocks hold ${announced}`)
  const all = new Uint8Array(length)
  let at = 0
  for (const block of blocks) {
    const part = block.algorithm === 'zlib' ? await inflate(block, what) : await byJsroot(block, what)
    all.set(part, at)
    at += part.length
  }
  return new DataView(all.buffer)
}

function blocksOf(packed: DataView, what: string): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < packed.byteLength;) {
    const rest = packed.byteLength - at
    if (rest <= headBytes) throw corrupt(`${what} has ${rest} bytes after its last packed block`)
    const byte = (k: number) => packed.getUint8(at + k)
    const size = (k: number) => byte(k) | (byte(k + 1) << 8) | (byte(k + 2) << 16)
    const letters = String.fromCharCode(byte(0), byte(1))
    const algorithm = algorithms[letters]
    if (letters === 'CS')
      throw unsupported(
        `${what} is packed with the old algorithm of ROOT ("CS"), which is not read`,
        'write it again with compression 101 (zlib)',
      )
    if (!algorithm)
      throw corrupt(`${what} is packed with an algorithm unknown to ROOT (${byte(0)}, ${byte(1)})`)
    if (size(3) > rest - headBytes)
      throw corrupt(`${what} has a packed block of ${size(3)} bytes where ${rest - headBytes} are left`)
    const start = packed.byteOffset + at
    blocks.push({
      algorithm,
      whole: new DataView(packed.buffer, start, headBytes + size(3)),
      packed: new Uint8Array(packed.buffer, start + headBytes, size(3)),
      length: size(6),
    })
    at += headBytes + size(3)
  }
  return blocks
}

async function inflate({ packed, length }: Block, what: string): Promise<Uint8Array> {
  const all = new Uint8Array(length)
  let at = 0
  try {
    const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream('deflate'))
    const reader = stream.getReader()
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if (at + read.value.length > length) {
        await reader.cancel()
        throw new RangeError('more comes out than was announced')
      }
      all.set(read.value, at)
      at += read.value.length
    }
  } catch (thrown) {
    throw corrupt(`${what} cannot be unpacked (zlib: ${wordsOf(thrown)})`)
  }
  if (at !== length) throw corrupt(`${what} unpacks to ${at} bytes where ${length} are announced`)
  return all
}

async function byJsroot({ algorithm, whole, length }: Block, what: string): Promise<Uint8Array> {
  if (algorithm === 'ZSTD') await provideZstd()
  const { R__unzip } = await import('jsroot/io')
  let plain: DataView | null
  try {
    plain = await R__unzip(whole, length, true)
  } catch (thrown) {
    throw corrupt(`${what} cannot be unpacked (${algorithm}: ${wordsOf(thrown)})`)
  }
  if (!plain) throw corrupt(`${what} cannot be unpacked (${algorithm})`)
  return new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength)
}

/** JSROOT would fetch a decoder of 150 kB that brings a WebAssembly of its own; fzstd has 4 kB. */
export async function provideZstd(): Promise<void> {
  const [{ internals }, { decompress }] = await Promise.all([import('jsroot/core'), import('fzstd')])
  internals._ZstdStream ??= {
    decompress(packed) {
      // The length that the block announces stands right before it: what is damaged cannot claim more memory.
      const [a, b, c] = new Uint8Array(packed.buffer, packed.byteOffset - 3, 3)
      const plain = decompress(packed, new Uint8Array(a | (b << 8) | (c << 16)))
      return plain
    },
  }
}

function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
}
