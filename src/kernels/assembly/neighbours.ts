// Exact nearest rows by brute force. Squared distances are first taken in f32, four rows at a time; every row that
// their rounding could have kept out is then measured again in f64, where ties go to the lower index.

import { allocate } from './arena'
import { PLAIN, multiply } from './tiles'

let table: usize = 0
let rows: i32 = 0
/** floats per row, a multiple of 8 */
let width: i32 = 0
let distances: usize = 0
// A heap of the nearest so far, the farthest on top: squared distance f64, index i32.
let heapKeys: usize = 0
let heapRows: usize = 0
let heapSize: i32 = 0
let heapCapacity: i32 = 0

/** Queries that pass over the table together, and rows that stay in the first-level cache meanwhile. */
const GROUP: i32 = 8
const BLOCK_BYTES: i32 = 24576

/** Room for the table, rows of `columns` floats rounded up to 8 and zero filled. 0: no memory. */
export function reserveTable(count: i32, columns: i32): usize {
  rows = count
  width = (columns + 7) & ~7
  const padded = <usize>((rows + 3) & ~3)
  table = allocate(padded * (<usize>width << 2))
  distances = allocate(padded * (GROUP << 2))
  return distances ? table : 0
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

/** Squared distances of a query to rows from..to (multiples of 4). */
function measure(query: usize, from: i32, to: i32, out: usize): void {
  const stride = <usize>width << 2
  let row = table + <usize>from * stride
  for (let i = from; i < to; i += 4) {
    if (ASC_FEATURE_SIMD) {
      let s0 = f32x4.splat(0)
      let s1 = s0
      let s2 = s0
      let s3 = s0
      let p = row
      const end = query + stride
      for (let q = query; q < end; q += 16) {
        const x = v128.load(q)
        let d = f32x4.sub(v128.load(p), x)
        s0 = f32x4.add(s0, f32x4.mul(d, d))
        d = f32x4.sub(v128.load(p + stride), x)
        s1 = f32x4.add(s1, f32x4.mul(d, d))
        d = f32x4.sub(v128.load(p + 2 * stride), x)
        s2 = f32x4.add(s2, f32x4.mul(d, d))
        d = f32x4.sub(v128.load(p + 3 * stride), x)
        s3 = f32x4.add(s3, f32x4.mul(d, d))
        p += 16
      }
      // Four horizontal sums by one transposition.
      const a = f32x4.add(v128.shuffle<f32>(s0, s1, 0, 4, 1, 5), v128.shuffle<f32>(s0, s1, 2, 6, 3, 7))
      const b = f32x4.add(v128.shuffle<f32>(s2, s3, 0, 4, 1, 5), v128.shuffle<f32>(s2, s3, 2, 6, 3, 7))
      const sum = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7))
      v128.store(out + (<usize>i << 2), sum)
    } else
      for (let r: usize = 0; r < 4; r++) {
        let sum: f32 = 0
        for (let j: usize = 0; j < stride; j += 4) {
          const d = load<f32>(row + r * stride + j) - load<f32>(query + j)
          sum += d * d
        }
        store<f32>(out + (<usize>i << 2) + (r << 2), sum)
      }
    row += stride << 2
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
  // A sum of squares of m groups of lanes is off by at most m + 8 roundings, on both sides of the comparison.
  const slack = 1 + <f64>(width + 8) * 1.2e-7
  limit = <f32>(<f64>limit * slack * slack + 1e-30)
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
  const padded = (rows + 3) & ~3
  const line = <usize>padded << 2
  const stride = <usize>width << 2
  const block = max(BLOCK_BYTES / (width << 2), 4) & ~3
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
