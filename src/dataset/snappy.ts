import { AppError } from '../errors.ts'

/**
 * Unpacks a raw Snappy block of known unpacked size. Stands in for hyparquet's, which a damaged length of
 * four bytes sends backwards through its input for 2³¹ steps (seen with hyparquet 1.31.5).
 *
 * Source: google/snappy, format_description.txt.
 */
export function unpackSnappy(input: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size)
  if (size === 0 && input.length === 0) return output // some writers leave out the block of an empty page
  let to = 0
  let at = 0
  const littleEndian = (bytes: number) => {
    if (at + bytes > input.length) throw damaged(`ends inside a length at byte ${input.length}`)
    let value = 0
    for (let i = 0; i < bytes; i++) value += input[at + i] * 2 ** (8 * i)
    at += bytes
    return value
  }

  let announced = 0
  for (let shift = 0, more = true; more; shift += 7) {
    const byte = littleEndian(1)
    announced += (byte & 0x7f) * 2 ** shift
    more = byte > 0x7f && shift < 28
  }
  if (announced !== size) throw damaged(`announces ${announced} bytes, its page ${size}`)

  while (at < input.length) {
    const tag = littleEndian(1)
    const kind = tag & 3
    if (kind === 0) {
      const short = tag >> 2
      const length = 1 + (short < 60 ? short : littleEndian(short - 59))
      if (at + length > input.length || to + length > size)
        throw damaged(`has a literal of ${length} bytes where ${Math.min(input.length - at, size - to)} fit`)
      output.set(input.subarray(at, at + length), to)
      at += length
      to += length
      continue
    }
    const length = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2)
    const back = kind === 1 ? (tag >> 5) * 256 + littleEndian(1) : littleEndian(kind === 2 ? 2 : 4)
    if (back === 0 || back > to || to + length > size)
      throw damaged(`copies ${length} bytes from ${back} back at byte ${to} of ${size}`)
    // Byte by byte: a copy may overlap what it writes.
    for (const end = to + length; to < end; to++) output[to] = output[to - back]
  }
  if (to !== size) throw damaged(`unpacks to ${to} bytes, expected ${size}`)
  return output
}

function damaged(what: string): AppError {
  return new AppError('data/corrupt', `the Snappy block ${what}; save or download the file again`)
}
