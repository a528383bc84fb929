import { decompressBrotli } from 'hyparquet-compressors/src/brotli.js'
import { BrotliOutput } from 'hyparquet-compressors/src/brotli.streams.js'
import { exactOutput } from './exact-output.ts'

/** What the decoder writes to, in place of its own output, which grows with whatever a stream announces. */
let output = exactOutput(0)
const buffers = new WeakMap<BrotliOutput, Uint8Array>()

Object.defineProperty(BrotliOutput.prototype, 'buffer', {
  get(this: BrotliOutput) {
    return buffers.get(this)
  },
  set(this: BrotliOutput, buffer: Uint8Array) {
    const before = buffers.get(this)
    if (before) throw new Error(`a page unpacks to more than its ${before.length} bytes`)
    buffers.set(this, buffer)
  },
})
BrotliOutput.prototype.write = (part, count) => {
  output.add(part.subarray(0, count))
  return count
}

/** Unpacks a Brotli stream (RFC 7932) of known unpacked size. */
export function unpackBrotli(input: Uint8Array, size: number): Uint8Array {
  output = exactOutput(size)
  decompressBrotli(input, size)
  return output.finish()
}
