// Sums over events of a polynomial's terms, in f64. Events lie in groups of eight, [events/8][terms][8]: memory is
// read in one stream. The last group is filled up with zeros: such an event has the ratio 1 + 0, whose logarithm
// adds nothing.
//
// What limits: a vector of two ratios takes one multiplication per term and one into the product, and a core makes two
// of 128 bits per cycle. Range and signs are therefore watched outside the multipliers: by bounds known beforehand, by
// one look per span, and by bits.

import { allocate } from './arena'

/** Events of one block: with five terms 20 kB, which stay in the first-level cache for all points. */
const BLOCK: i32 = 512

/** Groups multiplied up before the exponent goes to its integer sum: sixteen ratios a lane (scalar: 32). */
const SPAN: i32 = 4

/** Ratios of a lane in one span. */
const FACTORS: i32 = ASC_FEATURE_SIMD ? SPAN << 2 : SPAN << 3

/** No ratio above this, or products may leave the range of f64 on the way: then the plain sum is taken. */
const HIGHEST: f64 = ASC_FEATURE_SIMD ? 9e18 : 4e9

const MANTISSA: i64 = 0x000fffffffffffff
const ONE: i64 = 0x3ff0000000000000

let groups: usize = 0
/** bytes of a group */
let stride: usize = 0
let terms: i32 = 0
let events: i32 = 0
/** events rounded up to eight */
let padded: i32 = 0
/** largest |r| of each term, [terms] f64 */
let bounds: usize = 0

/** Room for the groups and, behind them, for the largest |r| of each term, which the caller writes. 0: no memory. */
export function reserveColumns(count: i32, rows: i32): usize {
  terms = count
  events = rows
  padded = (rows + 7) & ~7
  stride = <usize>count << 6
  const size = stride * <usize>(padded >> 3)
  groups = allocate(size + (<usize>count << 3) + 64)
  bounds = groups + size
  return groups
}

// @ts-ignore: decorator
@inline
function groupOf(event: i32): usize {
  return groups + <usize>(event >> 3) * stride
}

function ratio(point: usize, event: i32, constant: f64): f64 {
  let sum = constant
  let p = groupOf(event) + (<usize>(event & 7) << 3)
  for (let k = 0; k < terms; k++) {
    sum += load<f64>(point + (<usize>k << 3)) * load<f64>(p)
    p += 64
  }
  return sum
}

/** The plain sum of logarithms: for ratios whose products leave the range of f64, and for signs and zeros. */
function plainLogSum(point: usize): f64 {
  let sum = 0.0
  for (let e = 0; e < events; e++) sum += Math.log(ratio(point, e, 1))
  return sum
}

/** No ratio of the point is larger: 1 + sum_k |c_k| max |r_k|. */
function largestRatio(point: usize): f64 {
  let sum = 1.0
  for (let k: usize = 0; k < <usize>terms << 3; k += 8) sum += abs(load<f64>(point + k)) * load<f64>(bounds + k)
  return sum
}

/**
 * A product of a span that is no smaller has met no denormal on its way, where each of its factors is at most `largest`:
 * otherwise the others would have to make up for it.
 */
function leastProduct(largest: f64): f64 {
  let least = reinterpret<f64>(<i64>2 << 52) // 2^-1021
  for (let i = 1; i < FACTORS; i++) least *= largest
  return least
}

// State of one point between blocks: product of each lane (in [1, 2)), sum of the exponents taken out, signs of all
// ratios (their top bits), least product of a span: 64 bytes.
const STATE: usize = 64

// constant + sum of the first n terms (n literal, 1 to 6) for two events; the coefficients stay in registers.
// @ts-ignore: decorator
@inline
function fewTerms(n: i32, p: usize, t: v128, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, x5: v128): v128 {
  t = f64x2.add(t, f64x2.mul(x0, v128.load(p)))
  if (n > 1) t = f64x2.add(t, f64x2.mul(x1, v128.load(p, 64)))
  if (n > 2) t = f64x2.add(t, f64x2.mul(x2, v128.load(p, 128)))
  if (n > 3) t = f64x2.add(t, f64x2.mul(x3, v128.load(p, 192)))
  if (n > 4) t = f64x2.add(t, f64x2.mul(x4, v128.load(p, 256)))
  if (n > 5) t = f64x2.add(t, f64x2.mul(x5, v128.load(p, 320)))
  return t
}

/**
 * Multiplies the ratios of events from..to into the state. The products' exponents go to an integer sum, so a
 * block needs no logarithm at all.
 *
 * @param n  the number of terms, literal, where it is 1 to 6; else 0
 */
// @ts-ignore: decorator
@inline
function multiplyVectors(n: i32, point: usize, from: i32, to: i32, state: usize): void {
  const one = f64x2.splat(1)
  const mantissa = i64x2.splat(MANTISSA)
  const x0 = v128.load_splat<f64>(point)
  const x1 = n > 1 ? v128.load_splat<f64>(point, 8) : x0
  const x2 = n > 2 ? v128.load_splat<f64>(point, 16) : x0
  const x3 = n > 3 ? v128.load_splat<f64>(point, 24) : x0
  const x4 = n > 4 ? v128.load_splat<f64>(point, 32) : x0
  const x5 = n > 5 ? v128.load_splat<f64>(point, 40) : x0
  let product = v128.load(state)
  let exponents = v128.load(state, 16)
  let signs = v128.load(state, 32)
  let least = v128.load(state, 48)
  const end = groupOf(to)
  const step: usize = n > 0 ? <usize>n << 6 : stride
  for (let p = groupOf(from); p < end; ) {
    const pause = min(p + <usize>SPAN * step, end)
    for (; p < pause; p += step) {
      let t0 = one
      let t1 = one
      let t2 = one
      let t3 = one
      if (n > 0) {
        t0 = fewTerms(n, p, t0, x0, x1, x2, x3, x4, x5)
        t1 = fewTerms(n, p + 16, t1, x0, x1, x2, x3, x4, x5)
        t2 = fewTerms(n, p + 32, t2, x0, x1, x2, x3, x4, x5)
        t3 = fewTerms(n, p + 48, t3, x0, x1, x2, x3, x4, x5)
      } else {
        let c = point
        for (let r = p; r < p + stride; r += 64) {
          const x = v128.load_splat<f64>(c)
          t0 = f64x2.add(t0, f64x2.mul(x, v128.load(r)))
          t1 = f64x2.add(t1, f64x2.mul(x, v128.load(r, 16)))
          t2 = f64x2.add(t2, f64x2.mul(x, v128.load(r, 32)))
          t3 = f64x2.add(t3, f64x2.mul(x, v128.load(r, 48)))
          c += 8
        }
      }
      product = f64x2.mul(product, f64x2.mul(f64x2.mul(t0, t1), f64x2.mul(t2, t3)))
      signs = v128.or(signs, v128.or(v128.or(t0, t1), v128.or(t2, t3)))
    }
    least = f64x2.pmin(least, product)
    exponents = i64x2.add(exponents, i64x2.shr_u(product, 52))
    product = v128.or(v128.and(product, mantissa), one)
  }
  v128.store(state, product)
  v128.store(state, exponents, 16)
  v128.store(state, signs, 32)
  v128.store(state, least, 48)
}

function multiplyIn(point: usize, from: i32, to: i32, state: usize): void {
  if (ASC_FEATURE_SIMD) {
    if (terms == 1) multiplyVectors(1, point, from, to, state)
    else if (terms == 2) multiplyVectors(2, point, from, to, state)
    else if (terms == 3) multiplyVectors(3, point, from, to, state)
    else if (terms == 4) multiplyVectors(4, point, from, to, state)
    else if (terms == 5) multiplyVectors(5, point, from, to, state)
    else if (terms == 6) multiplyVectors(6, point, from, to, state)
    else multiplyVectors(0, point, from, to, state)
  } else {
    let product = load<f64>(state)
    let exponents = load<i64>(state, 16)
    let signs = load<i64>(state, 32)
    let least = load<f64>(state, 48)
    for (let e = from; e < to; ) {
      const pause = min(e + (SPAN << 3), to)
      for (; e < pause; e++) {
        const t = ratio(point, e, 1)
        signs |= reinterpret<i64>(t)
        product *= t
      }
      least = min(least, product)
      const bits = reinterpret<i64>(product)
      exponents += bits >>> 52
      product = reinterpret<f64>((bits & MANTISSA) | ONE)
    }
    store<f64>(state, product)
    store<i64>(state, exponents, 16)
    store<i64>(state, signs, 32)
    store<f64>(state, least, 48)
  }
}

/** The sum from its state; the plain one where a product may have lost digits, or a ratio is not positive. */
function sumOf(point: usize, state: usize): f64 {
  let signs = load<i64>(state, 32)
  let least = load<f64>(state, 48)
  if (ASC_FEATURE_SIMD) {
    signs |= load<i64>(state, 40)
    least = min(least, load<f64>(state, 56))
  }
  const largest = largestRatio(point)
  if (!(largest < HIGHEST) || signs < 0 || !(least >= leastProduct(largest))) return plainLogSum(point)
  // Exponents added up, each too large by 1023.
  const pauses = ((padded >> 3) + SPAN - 1) / SPAN
  const taken = ASC_FEATURE_SIMD ? 2 * pauses : pauses
  const exponent = load<i64>(state, 16) + load<i64>(state, 24) - <i64>1023 * taken
  return <f64>exponent * 0.6931471805599453 + Math.log(load<f64>(state) * load<f64>(state, 8))
}

/**
 * For each point c the sum over events of log(1 + sum_k c_k r_k), as Math.log would give: -Infinity with a ratio
 * of zero, NaN with a negative one.
 *
 * @param points  [count, terms] f64
 * @param out     [count] f64
 * @param states  64 bytes per point, to work with
 */
export function logSums(points: usize, count: i32, out: usize, states: usize): void {
  const size = <usize>terms << 3
  for (let i = 0; i < count; i++) {
    const state = states + <usize>i * STATE
    memory.fill(state, 0, STATE)
    store<f64>(state, 1)
    store<f64>(state, 1, 8)
    store<f64>(state, Infinity, 48)
    store<f64>(state, Infinity, 56)
  }
  for (let from = 0; from < padded; from += BLOCK) {
    const to = min(from + BLOCK, padded)
    for (let i = 0; i < count; i++) multiplyIn(points + <usize>i * size, from, to, states + <usize>i * STATE)
  }
  for (let i = 0; i < count; i++)
    store<f64>(out + (<usize>i << 3), sumOf(points + <usize>i * size, states + <usize>i * STATE))
}

/** Gradient of the sum at one point: sum over events of r_k / (1 + sum_j c_j r_j), [terms] f64. */
export function logSumGradient(point: usize, out: usize): void {
  const size = <usize>terms << 3
  memory.fill(out, 0, size)
  for (let from = 0; from < padded; from += 8) {
    const group = groupOf(from)
    if (ASC_FEATURE_SIMD) {
      const one = f64x2.splat(1)
      let t0 = one
      let t1 = one
      let t2 = one
      let t3 = one
      let p = group
      for (let k: usize = 0; k < size; k += 8) {
        const x = v128.load_splat<f64>(point + k)
        t0 = f64x2.add(t0, f64x2.mul(x, v128.load(p)))
        t1 = f64x2.add(t1, f64x2.mul(x, v128.load(p, 16)))
        t2 = f64x2.add(t2, f64x2.mul(x, v128.load(p, 32)))
        t3 = f64x2.add(t3, f64x2.mul(x, v128.load(p, 48)))
        p += 64
      }
      t0 = f64x2.div(one, t0)
      t1 = f64x2.div(one, t1)
      t2 = f64x2.div(one, t2)
      t3 = f64x2.div(one, t3)
      p = group
      for (let k: usize = 0; k < size; k += 8) {
        const a = f64x2.add(f64x2.mul(t0, v128.load(p)), f64x2.mul(t1, v128.load(p, 16)))
        const b = f64x2.add(f64x2.mul(t2, v128.load(p, 32)), f64x2.mul(t3, v128.load(p, 48)))
        const s = f64x2.add(a, b)
        store<f64>(out + k, load<f64>(out + k) + (f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1)))
        p += 64
      }
    } else
      for (let i = from; i < from + 8; i++) {
        const inverse = 1 / ratio(point, i, 1)
        let p = group + (<usize>(i & 7) << 3)
        for (let k: usize = 0; k < size; k += 8) {
          store<f64>(out + k, load<f64>(out + k) + inverse * load<f64>(p))
          p += 64
        }
      }
  }
}

/** Weights of all events at one point, sum_k c_k w_k, to out [events rounded up to 8] f64. */
export function contract(point: usize, out: usize): void {
  for (let from = 0; from < padded; from += 8) {
    if (ASC_FEATURE_SIMD) {
      let t0 = f64x2.splat(0)
      let t1 = t0
      let t2 = t0
      let t3 = t0
      let p = groupOf(from)
      for (let k: usize = 0; k < <usize>terms << 3; k += 8) {
        const x = v128.load_splat<f64>(point + k)
        t0 = f64x2.add(t0, f64x2.mul(x, v128.load(p)))
        t1 = f64x2.add(t1, f64x2.mul(x, v128.load(p, 16)))
        t2 = f64x2.add(t2, f64x2.mul(x, v128.load(p, 32)))
        t3 = f64x2.add(t3, f64x2.mul(x, v128.load(p, 48)))
        p += 64
      }
      v128.store(out, t0)
      v128.store(out, t1, 16)
      v128.store(out, t2, 32)
      v128.store(out, t3, 48)
    } else for (let i = 0; i < 8; i++) store<f64>(out + (<usize>i << 3), ratio(point, from + i, 0))
    out += 64
  }
}
