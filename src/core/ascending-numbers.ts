import { fromBase64Url, toBase64Url } from '../share/base64url.ts'

/** Numbers that never fall, by the differences of their 32-bit floats without the last bits: one to two bytes each. */
export interface Ascending {
  up32: string
  length: number
}

/** Of the 23 bits of a float's fraction: what is kept is right to 8 parts in 10⁶. */
const bitsLeftOut = 7

/** Bits of a float as a number in the order of the floats, and back: those of negative ones fall as these rise. */
const inOrder = (bits: number): number => (bits >= 0 ? bits : -2_147_483_648 - bits)

/**
 * Sorted numbers, such as those that p-values are read off.
 *
 * @param values  ascending, finite
 */
export function packAscending(values: Float64Array): Ascending {
  const float = new DataView(new ArrayBuffer(4))
  const bytes: number[] = []
  let before = 0
  values.forEach((value, i) => {
    float.setFloat32(0, value)
    const at = inOrder(float.getInt32(0)) >> bitsLeftOut
    const difference = at - before
    // Only the first may be below zero: its sign is the last bit.
    let rest = i === 0 ? (difference << 1) ^ (difference >> 31) : difference
    // Seven bits a byte, the lowest first; the top bit says that more follow.
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
    bytes.push(rest)
    before = at
  })
  return { up32: toBase64Url(Uint8Array.from(bytes)), length: values.length }
}

/** @returns the numbers, NaN where the text is too short */
export function unpackAscending({ up32, length }: Ascending): Float64Array {
  const bytes = fromBase64Url(up32)
  const float = new DataView(new ArrayBuffer(4))
  const values = new Float64Array(length).fill(NaN)
  let at = 0
  let rest = 0
  let shift = 0
  let i = 0
  for (const byte of bytes) {
    rest |= (byte & 127) << shift
    shift += 7
    if (byte > 127) continue
    at += i === 0 ? (rest >>> 1) ^ -(rest & 1) : rest
    // The middle of what was left out.
    float.setInt32(0, inOrder((at << bitsLeftOut) | (1 << (bitsLeftOut - 1))))
    values[i++] = float.getFloat32(0)
    rest = shift = 0
  }
  return values
}
