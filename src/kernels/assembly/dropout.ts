// Inverted dropout. Whether unit j of row i stays is a function of (key, i, j) alone, so that any engine, chunk size
// or number of threads makes the same mask: src/kernels/dropout.ts has it in TypeScript.

import { Layer } from './network'

/** One key per layer from the key of a step. */
// @ts-ignore: decorator
@inline
export function layerKey(stepKey: u32, layer: i32): u32 {
  return mix(stepKey + <u32>layer * 0x9e3779b1)
}

/** 32-bit finaliser of MurmurHash3 (Appleby, public domain): every bit of the input moves every bit of the output. */
// @ts-ignore: decorator
@inline
function mix(x: u32): u32 {
  x = (x ^ (x >>> 16)) * 0x85ebca6b
  x = (x ^ (x >>> 13)) * 0xc2b2ae35
  return x ^ (x >>> 16)
}

/** Silences units of `output` in rows first to first + rows, rows of the batch from origin + first, and scales the others. */
export function applyDropout(layer: Layer, key: u32, first: i32, rows: i32, origin: i32): void {
  const units = layer.units
  const stride = <usize>layer.unitColumns << 2
  // 31 bits, because SIMD128 compares signed integers only.
  const threshold = <i32>(<f64>layer.dropout * 2147483648)
  const scale: f32 = 1 / (1 - layer.dropout)
  let p = layer.output + <usize>first * stride
  for (let row = first; row < first + rows; row++) {
    const counter = <u32>(origin + row) * <u32>units
    if (ASC_FEATURE_SIMD) {
      const lanes = i32x4(0, <i32>0x9e3779b1, <i32>0x3c6ef362, <i32>0xdaa66d13)
      for (let j = 0; j < units; j += 4) {
        let x = i32x4.add(i32x4.splat(<i32>((counter + <u32>j) * 0x9e3779b1 + key)), lanes)
        x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(<i32>0x85ebca6b))
        x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 13)), i32x4.splat(<i32>0xc2b2ae35))
        x = v128.xor(x, i32x4.shr_u(x, 16))
        const keep = i32x4.ge_s(i32x4.shr_u(x, 1), i32x4.splat(threshold))
        const at = p + (<usize>j << 2)
        v128.store(at, v128.and(f32x4.mul(v128.load(at), f32x4.splat(scale)), keep))
      }
    } else
      for (let j = 0; j < units; j++) {
        const x = mix((counter + <u32>j) * 0x9e3779b1 + key)
        const at = p + (<usize>j << 2)
        store<f32>(at, <i32>(x >>> 1) >= threshold ? load<f32>(at) * scale : <f32>0)
      }
    p += stride
  }
}
