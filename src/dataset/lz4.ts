/** Of the frames that Hadoop writes around blocks: unpacked and packed length, big-endian. */
const hadoopHeader = 8

/**
 * Unpacks raw LZ4 of known unpacked size, as the Parquet codec LZ4_RAW has it. No byte beyond that size is written, so that what
 * damaged lengths announce costs nothing.
 *
 * Source: lz4/lz4, doc/lz4_Block_format.md.
 */
export function unpackLz4(input: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size)
  const end = unpackBlock(input, output, 0)
  if (end !== size) throw damaged(`unpacks to ${end} bytes, its page announces ${size}`)
  return output
}

/** The codec LZ4 of older writers: blocks in Hadoop's frames, or one without any (parquet-format, Compression.md). */
export function unpackHadoopLz4(input: Uint8Array, size: number): Uint8Array {
  return framed(input, size) ?? unpackLz4(input, size)
}

/** Undefined where the frames do not add up: then there are none. */
function framed(input: Uint8Array, size: number): Uint8Array | undefined {
  const output = new Uint8Array(size)
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  let to = 0
  for (let at = 0; at < input.length;) {
    if (at + hadoopHeader > input.length) return undefined
    const [unpacked, packed] = [view.getUint32(at), view.getUint32(at + 4)]
    at += hadoopHeader
    if (packed > input.length - at || unpacked > size - to) return undefined
    try {
      if (unpackBlock(input.subarray(at, at + packed), output, to) !== to + unpacked) return undefined
    } catch {
      return undefined
    }
    at += packed
    to += unpacked
  }
  return to === size ? output : undefined
}

/** @returns the place behind the last byte written */
function unpackBlock(input: Uint8Array, output: Uint8Array, from: number): number {
  let to = from
  let at = 0
  const byte = () => {
    if (at >= input.length) throw damaged(`ends inside a length at byte ${input.length}`)
    return input[at++]
  }
  /** Lengths of 15 and more go on in further bytes. */
  const longer = (length: number) => {
    if (length === 15)
      for (let more = 255; more === 255;) {
        more = byte()
        length += more
      }
    return length
  }
  while (at < input.length) {
    const token = byte()
    const literals = longer(token >> 4)
    if (literals > input.length - at || literals > output.length - to)
      throw damaged(
        `has ${literals} plain bytes where ${input.length - at} are left and ${output.length - to} fit`,
      )
    output.set(input.subarray(at, at + literals), to)
    at += literals
    to += literals
    if (at === input.length) return to // the last sequence has plain bytes alone
    const back = byte() + 256 * byte()
    const length = longer(token & 15) + 4
    if (back === 0 || back > to - from) throw damaged(`repeats from ${back} bytes before byte ${to - from}`)
    if (length > output.length - to) throw damaged(`repeats ${length} bytes where ${output.length - to} fit`)
    for (let i = 0; i < length; i++, to++) output[to] = output[to - back]
  }
  return to
}

function damaged(what: string): Error {
  return new Error(`an LZ4 block ${what}`)
}
