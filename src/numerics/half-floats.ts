const scratch = new DataView(new ArrayBuffer(4))
/** Largest finite number of IEEE 754 binary16. */
export const largestHalf = 65_504

/** Bits of the nearest IEEE 754 binary16 number, ties to even; beyond the largest one infinity. */
export function toHalfBits(value: number): number {
  scratch.setFloat32(0, value)
  const bits = scratch.getUint32(0)
  const sign = (bits >>> 16) & 0x8000
  const size = bits & 0x7fff_ffff
  if (size > 0x7f80_0000) return sign | 0x7e00 // no number
  if (size >= 0x4780_0000) return sign | 0x7c00
  if (size < 0x3880_0000) {
    // Below the smallest normal number: a multiple of 2^-24.
    const units = Math.abs(value) * 2 ** 24
    const below = Math.floor(units)
    const rest = units - below
    return sign | (below + (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? 1 : 0))
  }
  const rest = size & 0x1fff
  const kept = (size - 0x3800_0000) >>> 13
  // A carry out of the mantissa raises the exponent, as it should, up to infinity.
  return sign | (kept + (rest > 0x1000 || (rest === 0x1000 && kept % 2 === 1) ? 1 : 0))
}

/** The number of these bits of IEEE 754 binary16. */
export function fromHalfBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
