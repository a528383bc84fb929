// The dropout mask of src/kernels/assembly/dropout.ts: a unit stays or goes by a hash of (key, layer, row, unit), so
// that every engine can make the same mask, in any order and number of pieces.

/** 32-bit finaliser of MurmurHash3 (Appleby, public domain). */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

const golden = 0x9e3779b1

/** The key of one step of one training. */
export function dropoutKey(seed: number, step: number): number {
  const high = Math.floor(seed / 2 ** 32)
  return mix(mix(mix(seed >>> 0) ^ high) + Math.imul(step, golden))
}

/** Mask of one layer, [rows, units] of 0 or 1/(1 - rate). */
export function dropoutMask(
  key: number,
  layer: number,
  rows: number,
  units: number,
  rate: number,
): Float32Array {
  const own = mix(key + Math.imul(layer, golden))
  const threshold = Math.floor(Math.fround(rate) * 2 ** 31)
  const keep = 1 / (1 - rate)
  const mask = new Float32Array(rows * units)
  for (let i = 0; i < mask.length; i++) if (mix(Math.imul(i, golden) + own) >>> 1 >= threshold) mask[i] = keep
  return mask
}
