// Exact nearest rows by brute force. A scan over a copy of the table in bfloat16 (the upper half of an f32) is bound
// by memory half as much as one over the table itself. Every row that its rounding could have kept out, a fifth more
// than asked for in a hundred dimensions, is then measured in f64, where ties go to the lower index.

import { allocate } from './arena'
import { PLAIN, multiply } from './tiles'

let table: usize = 0
let rows: i32 = 0
/** floats per row, a multiple of 8 */
let width: i32 = 0
let columns: i32 = 0
/** [rows/16][columns][16] bfloat16; see halfAt */
let scan: usize = 0
/** bytes of sixteen rows in it */
let scanStride: usize = 0
let distances: usize = 0
// A heap of the nearest so far, the farthest on top: squared distance f64, index i32.
let heapKeys: usize = 0
let heapRows: usize = 0
let heapSize: i32 = 0
let heapCapacity: i32 = 0

/** Queries that pass over the table together, and rows that stay in the first-level cache meanwhile. */
const GROUP: i32 = 8
const BLOCK_BYTES: i32 = 24576

/** Largest relative rounding of an f32 to bfloat16. */
const ROUNDING: f64 = 1.0 / 512

/** Room for the table, rows of `columns` floats rounded up to 8 and zero filled. 0: no memory. */
export function reserveTable(count: i32, given: i32): usize {
  rows = count
  columns = given
  width = (columns + 7) & ~7
  const sixteens = <usize>((rows + 15) >> 4)
  scanStride = <usize>columns << 5
  scan = allocate(sixteens * scanStride)
  distances = allocate((sixteens << 6) * GROUP)
  table = allocate(<usize>((rows + 3) & ~3) * (<usize>width << 2))
  return scan && distances ? table : 0
}

/** Place of a row's bfloat16 among the sixteen of a column: a vector's low halves are rows 0 to 3, its high ones 4 to 7. */
// @ts-ignore: decorator
@inline
function halfAt(row: i32): usize {
  return (<usize>(row >> 4) * scanStride) + (<usize>(row & 8) << 1) + (<usize>(row & 3) << 2) + (<usize>(row & 4) >> 1)
}

/** Makes the bfloat16 copy; call when the table is filled. */
export function finishTable(): void {
  for (let i = 0; i < rows; i++) {
    let to = scan + halfAt(i)
    const from = table + <usize>i * (<usize>width << 2)
    for (let j: usize = 0; j < <usize>columns << 2; j += 4) {
      const bits = load<u32>(from + j)
      let half = (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16
      if ((half & 0x7fff) == 0x7f80) half-- // not to infinity
      store<u16>(to, <u16>half)
      to += 32
    }
  }
}

export function tableWidth(): i32 {
  return width
}

/** Rows x [count, from] times a matrix in panels (tiles.ts) to [count, columns]; count a multiple of 4. */
export function mapRows(x: usize, count: i32, from: i32, panels: usize, columns: i32, to: usize): void {
  multiply(PLAIN, count, from, (from + 3) & ~3, columns, x, <usize>from << 2, panels, to, 0, 0)
}

/** Rows of `width` floats to unit length. Returns the first row that is zero, or -1. */
export function normaliseRows(at: usize, count: i32): i32 {
  for (let i = 0; i < count; i++) {
    let square = 0.0
    for (let j: usize = 0; j < <usize>width << 2; j += 4) {
      const x = <f64>load<f32>(at + j)
      square += x * x
    }
    if (square == 0) return i
    const inverse = 1 / Math.sqrt(square)
    for (let j: usize = 0; j < <usize>width << 2; j += 4) store<f32>(at + j, <f32>(<f64>load<f32>(at + j) * inverse))
    at += <usize>width << 2
  }
  return -1
}

/** Squared distances of a query to the bfloat16 rows from..to (multiples of 16). */
function measure(query: usize, from: i32, to: i32, out: usize): void {
  const last = query + (<usize>columns << 2)
  let p = scan + <usize>(from >> 4) * scanStride
  out += <usize>from << 2
  for (let i = from; i < to; i += 16) {
    if (ASC_FEATURE_SIMD) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      let s2 = s0
      let s3 = s0
      const high = i32x4.splat(<i32>0xffff0000)
      for (let q = query; q < last; q += 4) {
        const x = v128.load_splat<f32>(q)
        let halves = v128.load(p)
        let d = f32x4.sub(i32x4.shl(halves, 16), x)
        s0 = f32x4.add(s0, f32x4.mul(d, d))
        d = f32x4.sub(v128.and(halves, high), x)
        s1 = f32x4.add(s1, f32x4.mul(d, d))
        halves = v128.load(p, 16)
        d = f32x4.sub(i32x4.shl(halves, 16), x)
        s2 = f32x4.add(s2, f32x4.mul(d, d))
        d = f32x4.sub(v128.and(halves, high), x)
        s3 = f32x4.add(s3, f32x4.mul(d, d))
        p += 32
      }
      v128.store(out, s0)
      v128.store(out, s1, 16)
      v128.store(out, s2, 32)
      v128.store(out, s3, 48)
    } else {
      for (let r = 0; r < 16; r++) {
        let half = p + halfAt(r)
        let sum: f32 = 0
        for (let q = query; q < last; q += 4) {
          const d = reinterpret<f32>(<u32>load<u16>(half) << 16) - load<f32>(q)
          sum += d * d
          half += 32
        }
        store<f32>(out + (<usize>r << 2), sum)
      }
      p += scanStride
    }
    out += 64
  }
}

/** In f64, coordinate by coordinate: what a plain loop over the stored numbers gives, to the bit. */
function exactSquare(query: usize, row: i32): f64 {
  let p = table + <usize>row * (<usize>width << 2)
  let sum = 0.0
  for (let j: usize = 0; j < <usize>width << 2; j += 4) {
    const d = <f64>load<f32>(query + j) - <f64>load<f32>(p + j)
    sum += d * d
  }
  return sum
}

// @ts-ignore: decorator
@inline
function keyAt(i: i32): f64 {
  return load<f64>(heapKeys + (<usize>i << 3))
}

// @ts-ignore: decorator
@inline
function rowAt(i: i32): i32 {
  return load<i32>(heapRows + (<usize>i << 2))
}

// @ts-ignore: decorator
@inline
function put(i: i32, key: f64, row: i32): void {
  store<f64>(heapKeys + (<usize>i << 3), key)
  store<i32>(heapRows + (<usize>i << 2), row)
}

// @ts-ignore: decorator
@inline
function farther(key: f64, row: i32, thanKey: f64, thanRow: i32): bool {
  return key > thanKey || (key == thanKey && row > thanRow)
}

function siftDown(i: i32, size: i32, key: f64, row: i32): void {
  for (;;) {
    let child = 2 * i + 1
    if (child >= size) break
    if (child + 1 < size && farther(keyAt(child + 1), rowAt(child + 1), keyAt(child), rowAt(child))) child++
    if (!farther(keyAt(child), rowAt(child), key, row)) break
    put(i, keyAt(child), rowAt(child))
    i = child
  }
  put(i, key, row)
}

function offer(k: i32, key: f64, row: i32): void {
  if (heapSize < k) {
    let i = heapSize++
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!farther(key, row, keyAt(parent), rowAt(parent))) break
      put(i, keyAt(parent), rowAt(parent))
      i = parent
    }
    put(i, key, row)
  } else if (farther(keyAt(0), rowAt(0), key, row)) siftDown(0, k, key, row)
}

function select(query: usize, measured: usize, k: i32, outRows: usize, outSquares: usize): void {
  heapSize = 0
  let at = 0
  for (; at < k; at++) offer(k, load<f32>(measured + (<usize>at << 2)), at)
  let limit = <f32>keyAt(0)
  for (; at < rows; ) {
    if (ASC_FEATURE_SIMD)
      if ((at & 3) == 0 && at + 4 <= rows) {
        const near = f32x4.lt(v128.load(measured + (<usize>at << 2)), f32x4.splat(limit))
        if (!v128.any_true(near)) {
          at += 4
          continue
        }
      }
    const d = load<f32>(measured + (<usize>at << 2))
    if (d < limit) {
      offer(k, d, at)
      limit = <f32>keyAt(0)
    }
    at++
  }
  // Rounded rows lie off by at most ROUNDING |x|, and |x| <= |q| + d; the sums add a rounding per column.
  let norm = 0.0
  for (let j: usize = 0; j < <usize>width << 2; j += 4) norm += <f64>load<f32>(query + j) * <f64>load<f32>(query + j)
  const off = ROUNDING * Math.sqrt(norm)
  const slack = 1 + <f64>(columns + 8) * 1.2e-7
  const farthest = (Math.sqrt(limit) * slack + off) / (1 - ROUNDING)
  const seen = (farthest * (1 + ROUNDING) + off) * slack
  limit = <f32>(seen * seen * slack + 1e-30)
  heapSize = 0
  for (at = 0; at < rows; ) {
    if (ASC_FEATURE_SIMD)
      if ((at & 3) == 0 && at + 4 <= rows) {
        const near = f32x4.le(v128.load(measured + (<usize>at << 2)), f32x4.splat(limit))
        if (!v128.any_true(near)) {
          at += 4
          continue
        }
      }
    if (load<f32>(measured + (<usize>at << 2)) <= limit) offer(k, exactSquare(query, at), at)
    at++
  }
  for (let size = k; size > 0; size--) {
    store<i32>(outRows + (<usize>(size - 1) << 2), rowAt(0))
    store<f64>(outSquares + (<usize>(size - 1) << 3), keyAt(0))
    siftDown(0, size - 1, keyAt(size - 1), rowAt(size - 1))
  }
}

/**
 * The k nearest rows of each query, nearest first.
 *
 * @param queries     [count, width] f32
 * @param k           1 to rows
 * @param outRows     [count, k] i32
 * @param outSquares  [count, k] f64, squared distances
 * @returns           false where memory is short
 */
export function nearest(queries: usize, count: i32, k: i32, outRows: usize, outSquares: usize): bool {
  if (k > heapCapacity) {
    heapKeys = allocate(<usize>k << 3)
    heapRows = allocate(<usize>k << 2)
    if (!heapKeys || !heapRows) return false
    heapCapacity = k
  }
  const padded = (rows + 15) & ~15
  const line = <usize>padded << 2
  const stride = <usize>width << 2
  const block = max(BLOCK_BYTES / (columns << 1), 16) & ~15
  for (let first = 0; first < count; first += GROUP) {
    const group = min(GROUP, count - first)
    for (let from = 0; from < padded; from += block)
      for (let g = 0; g < group; g++)
        measure(queries + <usize>(first + g) * stride, from, min(from + block, padded), distances + <usize>g * line)
    for (let g = 0; g < group; g++) {
      const q = <usize>(first + g)
      select(
        queries + q * stride,
        distances + <usize>g * line,
        k,
        outRows + q * (<usize>k << 2),
        outSquares + q * (<usize>k << 3),
      )
    }
  }
  return true
}
