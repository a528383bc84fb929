// Sums over events of a polynomial's terms, in f64. Events lie in columns, one per term, each padded with zeros to
// a multiple of eight: a padding event has the ratio 1 + 0, whose logarithm adds nothing.

import { allocate } from './arena'

/** Events of one block: with five terms 20 kB, which stay in the first-level cache for all points. */
const BLOCK: i32 = 512

const MANTISSA: i64 = 0x000fffffffffffff
const ONE: i64 = 0x3ff0000000000000
const LOWEST: f64 = 1e-300
const HIGHEST: f64 = 1e300

let columns: usize = 0
let stride: usize = 0
let terms: i32 = 0
let events: i32 = 0
/** events rounded up to eight */
let padded: i32 = 0

/** Room for the columns; the binding writes them to the returned address, `stride` bytes each. 0: no memory. */
export function reserveColumns(count: i32, rows: i32): usize {
  terms = count
  events = rows
  padded = (rows + 7) & ~7
  stride = <usize>padded << 3
  columns = allocate(stride * count + 64)
  return columns
}

// @ts-ignore: decorator
@inline
function term(point: usize, event: usize, constant: f64): f64 {
  let sum = constant
  let column = columns + event
  for (let k = 0; k < terms; k++) {
    sum += load<f64>(point + (<usize>k << 3)) * load<f64>(column)
    column += stride
  }
  return sum
}

/** The plain sum of logarithms: for ratios whose products leave the range of f64, and for signs and zeros. */
function plainLogSum(point: usize): f64 {
  let sum = 0.0
  for (let e: usize = 0; e < <usize>events << 3; e += 8) sum += Math.log(term(point, e, 1))
  return sum
}

// State of one point between blocks: product of each lane (in [1, 2)), sum of the exponents taken out, and whether
// all went well: 48 bytes.
const STATE: usize = 48

/**
 * Multiplies the ratios of events from..to into the state. Four ratios are multiplied before their exponent goes
 * to the integer sum, so a block needs no logarithm at all.
 */
function multiplyIn(point: usize, from: i32, to: i32, state: usize): void {
  const end = <usize>to << 3
  if (ASC_FEATURE_SIMD) {
    const one = f64x2.splat(1)
    const mantissa = i64x2.splat(MANTISSA)
    const lowest = f64x2.splat(LOWEST)
    const highest = f64x2.splat(HIGHEST)
    let product = v128.load(state)
    let exponents = v128.load(state, 16)
    let fine = v128.load(state, 32)
    for (let e = <usize>from << 3; e < end; e += 64) {
      let t0 = one
      let t1 = one
      let t2 = one
      let t3 = one
      let column = columns + e
      const last = point + (<usize>terms << 3)
      for (let c = point; c < last; c += 8) {
        const x = v128.load_splat<f64>(c)
        t0 = f64x2.add(t0, f64x2.mul(x, v128.load(column)))
        t1 = f64x2.add(t1, f64x2.mul(x, v128.load(column, 16)))
        t2 = f64x2.add(t2, f64x2.mul(x, v128.load(column, 32)))
        t3 = f64x2.add(t3, f64x2.mul(x, v128.load(column, 48)))
        column += stride
      }
      const p = f64x2.mul(product, f64x2.mul(f64x2.mul(t0, t1), f64x2.mul(t2, t3)))
      // Two negative ratios would hide each other in the product: their sign bits do not.
      const signs = v128.or(v128.or(t0, t1), v128.or(t2, t3))
      fine = v128.andnot(v128.and(fine, v128.and(f64x2.gt(p, lowest), f64x2.lt(p, highest))), i64x2.shr_s(signs, 63))
      exponents = i64x2.add(exponents, i64x2.shr_u(p, 52))
      product = v128.or(v128.and(p, mantissa), one)
    }
    v128.store(state, product)
    v128.store(state, exponents, 16)
    v128.store(state, fine, 32)
  } else {
    let product = load<f64>(state)
    let exponents = load<i64>(state, 16)
    let fine = load<i64>(state, 32)
    for (let e = <usize>from << 3; e < end; e += 32) {
      const t0 = term(point, e, 1)
      const t1 = term(point, e + 8, 1)
      const t2 = term(point, e + 16, 1)
      const t3 = term(point, e + 24, 1)
      const p = product * (t0 * t1 * (t2 * t3))
      if (!(min(min(t0, t1), min(t2, t3)) > 0 && p > LOWEST && p < HIGHEST)) fine = 0
      const bits = reinterpret<i64>(p)
      exponents += bits >>> 52
      product = reinterpret<f64>((bits & MANTISSA) | ONE)
    }
    store<f64>(state, product)
    store<i64>(state, exponents, 16)
    store<i64>(state, fine, 32)
  }
}

/**
 * For each point c the sum over events of log(1 + sum_k c_k r_k), as Math.log would give: -Infinity with a ratio
 * of zero, NaN with a negative one.
 *
 * @param points  [count, terms] f64
 * @param out     [count] f64
 * @param states  48 bytes per point, to work with
 */
export function logSums(points: usize, count: i32, out: usize, states: usize): void {
  const size = <usize>terms << 3
  for (let i = 0; i < count; i++) {
    const state = states + <usize>i * STATE
    store<f64>(state, 1)
    store<f64>(state, 1, 8)
    memory.fill(state + 16, 0, 16)
    memory.fill(state + 32, 0xff, 16)
  }
  for (let from = 0; from < padded; from += BLOCK) {
    const to = min(from + BLOCK, padded)
    for (let i = 0; i < count; i++) multiplyIn(points + <usize>i * size, from, to, states + <usize>i * STATE)
  }
  for (let i = 0; i < count; i++) {
    const state = states + <usize>i * STATE
    const fine = ASC_FEATURE_SIMD ? load<i64>(state, 32) & load<i64>(state, 40) : load<i64>(state, 32)
    let value = 0.0
    if (fine == 0) value = plainLogSum(points + <usize>i * size)
    else {
      const taken = padded >> 2 // exponents added up, each too large by 1023
      const exponent = load<i64>(state, 16) + load<i64>(state, 24) - <i64>1023 * taken
      value = <f64>exponent * 0.6931471805599453 + Math.log(load<f64>(state) * load<f64>(state, 8))
    }
    store<f64>(out + (<usize>i << 3), value)
  }
}

/** Gradient of the sum at one point: sum over events of r_k / (1 + sum_j c_j r_j), [terms] f64. */
export function logSumGradient(point: usize, out: usize): void {
  memory.fill(out, 0, <usize>terms << 3)
  const end = <usize>padded << 3
  for (let from: usize = 0; from < end; from += <usize>BLOCK << 3) {
    const to = min(from + (<usize>BLOCK << 3), end)
    if (ASC_FEATURE_SIMD) {
      for (let e = from; e < to; e += 64) {
        const one = f64x2.splat(1)
        let t0 = one
        let t1 = one
        let t2 = one
        let t3 = one
        let column = columns + e
        for (let k: usize = 0; k < <usize>terms << 3; k += 8) {
          const x = v128.load_splat<f64>(point + k)
          t0 = f64x2.add(t0, f64x2.mul(x, v128.load(column)))
          t1 = f64x2.add(t1, f64x2.mul(x, v128.load(column, 16)))
          t2 = f64x2.add(t2, f64x2.mul(x, v128.load(column, 32)))
          t3 = f64x2.add(t3, f64x2.mul(x, v128.load(column, 48)))
          column += stride
        }
        t0 = f64x2.div(one, t0)
        t1 = f64x2.div(one, t1)
        t2 = f64x2.div(one, t2)
        t3 = f64x2.div(one, t3)
        column = columns + e
        for (let k: usize = 0; k < <usize>terms << 3; k += 8) {
          const a = f64x2.add(f64x2.mul(t0, v128.load(column)), f64x2.mul(t1, v128.load(column, 16)))
          const b = f64x2.add(f64x2.mul(t2, v128.load(column, 32)), f64x2.mul(t3, v128.load(column, 48)))
          const s = f64x2.add(a, b)
          store<f64>(out + k, load<f64>(out + k) + f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1))
          column += stride
        }
      }
    } else
      for (let e = from; e < to; e += 8) {
        const inverse = 1 / term(point, e, 1)
        let column = columns + e
        for (let k: usize = 0; k < <usize>terms << 3; k += 8) {
          store<f64>(out + k, load<f64>(out + k) + inverse * load<f64>(column))
          column += stride
        }
      }
  }
}

/** Weights of all events at one point, sum_k c_k w_k, to out [padded] f64. */
export function contract(point: usize, out: usize): void {
  const end = <usize>padded << 3
  for (let e: usize = 0; e < end; e += 64) {
    if (ASC_FEATURE_SIMD) {
      let t0 = f64x2.splat(0)
      let t1 = t0
      let t2 = t0
      let t3 = t0
      let column = columns + e
      for (let k: usize = 0; k < <usize>terms << 3; k += 8) {
        const x = v128.load_splat<f64>(point + k)
        t0 = f64x2.add(t0, f64x2.mul(x, v128.load(column)))
        t1 = f64x2.add(t1, f64x2.mul(x, v128.load(column, 16)))
        t2 = f64x2.add(t2, f64x2.mul(x, v128.load(column, 32)))
        t3 = f64x2.add(t3, f64x2.mul(x, v128.load(column, 48)))
        column += stride
      }
      v128.store(out + e, t0)
      v128.store(out + e, t1, 16)
      v128.store(out + e, t2, 32)
      v128.store(out + e, t3, 48)
    } else for (let i = e; i < e + 64; i += 8) store<f64>(out + i, term(point, i, 0))
  }
}
