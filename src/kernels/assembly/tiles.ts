// Dense products on padded matrices. Rows come in fours and columns in panels of eight (32 bytes), zero filled, so
// that no loop has a remainder. A weight matrix [K, N] is kept as panels [N/8][K rounded up to 4][8]: the inner loop
// then reads it in one stream. The register tile is 4 rows x 8 columns: 6 x 8 spills on x86 and is 1.8x slower, and
// unrolling the inner loop by hand is slower too.

import { add, atLeast, bytesOf, multiplyAdd, second, splat, spread, storeSecond, whereAbove } from './lanes'

export const PLAIN: i32 = 0
export const BIAS: i32 = 1
export const BIAS_RELU: i32 = 2
export const GATE: i32 = 3

// @ts-ignore: decorator
@inline
function finish<V>(mode: i32, x: V, gate: V): V {
  if (mode == BIAS_RELU) return atLeast<V>(x, splat<V>(0))
  if (mode == GATE) return whereAbove<V>(x, gate, splat<V>(0))
  return x
}

// @ts-ignore: decorator
@inline
function storeRow<V>(mode: i32, c: usize, x: V, y: V, gate: usize): void {
  store<V>(c, finish<V>(mode, x, mode == GATE ? load<V>(gate) : x))
  storeSecond<V>(c, finish<V>(mode, y, mode == GATE ? second<V>(gate) : y))
}

// C[4 x 8] = A[4 x K] panel (+ bias), then ReLU or zero where the gate is not positive.
// @ts-ignore: decorator
@inline
function tile<V>(
  mode: i32,
  k: i32,
  a: usize,
  strideA: usize,
  panel: usize,
  c: usize,
  strideC: usize,
  bias: usize,
  gate: usize,
): void {
  let c00 = splat<V>(0)
  let c01 = splat<V>(0)
  if (mode == BIAS || mode == BIAS_RELU) {
    c00 = load<V>(bias)
    c01 = second<V>(bias)
  }
  let c10 = c00
  let c11 = c01
  let c20 = c00
  let c21 = c01
  let c30 = c00
  let c31 = c01
  let a1 = a + strideA
  let a2 = a1 + strideA
  let a3 = a2 + strideA
  for (; k > 0; k--) {
    const b0 = load<V>(panel)
    const b1 = second<V>(panel)
    let x = spread<V>(a, 0)
    c00 = multiplyAdd<V>(x, b0, c00)
    c01 = multiplyAdd<V>(x, b1, c01)
    x = spread<V>(a1, 0)
    c10 = multiplyAdd<V>(x, b0, c10)
    c11 = multiplyAdd<V>(x, b1, c11)
    x = spread<V>(a2, 0)
    c20 = multiplyAdd<V>(x, b0, c20)
    c21 = multiplyAdd<V>(x, b1, c21)
    x = spread<V>(a3, 0)
    c30 = multiplyAdd<V>(x, b0, c30)
    c31 = multiplyAdd<V>(x, b1, c31)
    panel += 32
    a += 4
    a1 += 4
    a2 += 4
    a3 += 4
  }
  storeRow<V>(mode, c, c00, c01, gate)
  c += strideC
  gate += strideC
  storeRow<V>(mode, c, c10, c11, gate)
  c += strideC
  gate += strideC
  storeRow<V>(mode, c, c20, c21, gate)
  c += strideC
  gate += strideC
  storeRow<V>(mode, c, c30, c31, gate)
}

// @ts-ignore: decorator
@inline
function product<V>(
  mode: i32,
  rows: i32,
  k: i32,
  kPadded: i32,
  columns: i32,
  a: usize,
  strideA: usize,
  panels: usize,
  c: usize,
  bias: usize,
  gate: usize,
): void {
  const strideC: usize = <usize>columns << 2
  const step: usize = 2 * bytesOf<V>()
  for (let column: usize = 0; column < strideC; column += step) {
    // Panel number times its size, plus the place inside it (only a machine without SIMD has one).
    const panel = panels + (column >> 5) * (<usize>kPadded << 5) + (column & 31)
    let from = a
    let to = c + column
    let on = gate + column
    for (let row = 0; row < rows; row += 4) {
      tile<V>(mode, k, from, strideA, panel, to, strideC, bias + column, on)
      from += strideA << 2
      to += strideC << 2
      on += strideC << 2
    }
  }
}

/**
 * C[rows x columns] = A[rows x k] B (+ bias), rows a multiple of 4, columns of 8.
 *
 * @param panels  B as panels [columns/8][kPadded][8]
 * @param gate    with mode GATE: same shape as C; C is zero where it is not positive (ReLU's backward pass)
 */
export function multiply(
  mode: i32,
  rows: i32,
  k: i32,
  kPadded: i32,
  columns: i32,
  a: usize,
  strideA: usize,
  panels: usize,
  c: usize,
  bias: usize,
  gate: usize,
): void {
  if (ASC_FEATURE_SIMD) {
    if (mode == PLAIN) product<v128>(PLAIN, rows, k, kPadded, columns, a, strideA, panels, c, bias, gate)
    else if (mode == BIAS) product<v128>(BIAS, rows, k, kPadded, columns, a, strideA, panels, c, bias, gate)
    else if (mode == BIAS_RELU) product<v128>(BIAS_RELU, rows, k, kPadded, columns, a, strideA, panels, c, bias, gate)
    else product<v128>(GATE, rows, k, kPadded, columns, a, strideA, panels, c, bias, gate)
  } else product<f32>(mode, rows, k, kPadded, columns, a, strideA, panels, c, bias, gate)
}

// D[4 x 8] += A^T[4 x rows] Z[rows x 8], D in a panel.
// @ts-ignore: decorator
@inline
function tileTransposed<V>(rows: i32, a: usize, strideA: usize, z: usize, strideZ: usize, d: usize): void {
  const d1 = d + 32
  const d2 = d + 64
  const d3 = d + 96
  let c00 = load<V>(d)
  let c01 = second<V>(d)
  let c10 = load<V>(d1)
  let c11 = second<V>(d1)
  let c20 = load<V>(d2)
  let c21 = second<V>(d2)
  let c30 = load<V>(d3)
  let c31 = second<V>(d3)
  for (; rows > 0; rows--) {
    const b0 = load<V>(z)
    const b1 = second<V>(z)
    let x = spread<V>(a, 0)
    c00 = multiplyAdd<V>(x, b0, c00)
    c01 = multiplyAdd<V>(x, b1, c01)
    x = spread<V>(a, 1)
    c10 = multiplyAdd<V>(x, b0, c10)
    c11 = multiplyAdd<V>(x, b1, c11)
    x = spread<V>(a, 2)
    c20 = multiplyAdd<V>(x, b0, c20)
    c21 = multiplyAdd<V>(x, b1, c21)
    x = spread<V>(a, 3)
    c30 = multiplyAdd<V>(x, b0, c30)
    c31 = multiplyAdd<V>(x, b1, c31)
    z += strideZ
    a += strideA
  }
  store<V>(d, c00)
  storeSecond<V>(d, c01)
  store<V>(d1, c10)
  storeSecond<V>(d1, c11)
  store<V>(d2, c20)
  storeSecond<V>(d2, c21)
  store<V>(d3, c30)
  storeSecond<V>(d3, c31)
}

// @ts-ignore: decorator
@inline
function productTransposed<V>(
  rows: i32,
  k: i32,
  kPadded: i32,
  columns: i32,
  a: usize,
  strideA: usize,
  z: usize,
  panels: usize,
): void {
  const strideZ: usize = <usize>columns << 2
  const step: usize = 2 * bytesOf<V>()
  for (let column: usize = 0; column < strideZ; column += step) {
    let d = panels + (column >> 5) * (<usize>kPadded << 5) + (column & 31)
    let from = a
    for (let i = 0; i < k; i += 4) {
      tileTransposed<V>(rows, from, strideA, z + column, strideZ, d)
      from += 16
      d += 128
    }
  }
}

/** panels += A^T[k x rows] Z[rows x columns]: a weight gradient. */
export function accumulateOuter(
  rows: i32,
  k: i32,
  kPadded: i32,
  columns: i32,
  a: usize,
  strideA: usize,
  z: usize,
  panels: usize,
): void {
  if (ASC_FEATURE_SIMD) productTransposed<v128>(rows, k, kPadded, columns, a, strideA, z, panels)
  else productTransposed<f32>(rows, k, kPadded, columns, a, strideA, z, panels)
}

// @ts-ignore: decorator
@inline
function sumPanels<V>(rows: i32, columns: i32, z: usize, sums: usize): void {
  const stride: usize = <usize>columns << 2
  const step: usize = 2 * bytesOf<V>()
  for (let column: usize = 0; column < stride; column += step) {
    let s0 = splat<V>(0)
    let s1 = splat<V>(0)
    let p = z + column
    for (let row = 0; row < rows; row++) {
      s0 = add<V>(s0, load<V>(p))
      s1 = add<V>(s1, second<V>(p))
      p += stride
    }
    const to = sums + column
    store<V>(to, add<V>(load<V>(to), s0))
    storeSecond<V>(to, add<V>(second<V>(to), s1))
  }
}

/** sums[columns] += column sums of Z[rows x columns]: a bias gradient. */
export function accumulateColumns(rows: i32, columns: i32, z: usize, sums: usize): void {
  if (ASC_FEATURE_SIMD) sumPanels<v128>(rows, columns, z, sums)
  else sumPanels<f32>(rows, columns, z, sums)
}

// @ts-ignore: decorator
@inline
function transposeBlock(from: usize, to: usize, factor: f32): void {
  if (ASC_FEATURE_SIMD) {
    const f = f32x4.splat(factor)
    const r0 = v128.load(from)
    const r1 = v128.load(from, 32)
    const r2 = v128.load(from, 64)
    const r3 = v128.load(from, 96)
    const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5)
    const b = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7)
    const c = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5)
    const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7)
    v128.store(to, f32x4.mul(f, v128.shuffle<f32>(a, c, 0, 1, 4, 5)))
    v128.store(to, f32x4.mul(f, v128.shuffle<f32>(a, c, 2, 3, 6, 7)), 32)
    v128.store(to, f32x4.mul(f, v128.shuffle<f32>(b, d, 0, 1, 4, 5)), 64)
    v128.store(to, f32x4.mul(f, v128.shuffle<f32>(b, d, 2, 3, 6, 7)), 96)
  } else
    for (let i: usize = 0; i < 4; i++)
      for (let j: usize = 0; j < 4; j++)
        store<f32>(to + (j << 5) + (i << 2), factor * load<f32>(from + (i << 5) + (j << 2)))
}

/**
 * Panels of factor W^T from those of W.
 *
 * @param from  [columns/8][kPadded][8]
 * @param to    [k rounded up to 8, over 8][columns][8]; what lies beyond kPadded stays as it is (zero)
 */
export function transposePanels(kPadded: i32, columns: i32, from: usize, to: usize, factor: f32): void {
  for (let n = 0; n < columns; n += 4) {
    const source = from + <usize>(n >> 3) * (<usize>kPadded << 5) + (<usize>(n & 4) << 2)
    for (let k = 0; k < kPadded; k += 4)
      transposeBlock(
        source + (<usize>k << 5),
        to + ((<usize>(k >> 3) * <usize>columns + n) << 5) + (<usize>(k & 4) << 2),
        factor,
      )
  }
}
