// Attention of a head of four numbers: the lanes are four queries, so that nothing is ever added across lanes on the
// way forward; keys and values of a token lie side by side and are spread over the lanes as they are read.

import { exp4, expInside } from './functions'
import { attended, rows, tokens } from './plan'

/** Scores beyond this are taken relative to the largest: exp would leave the range of float32. */
const SAFE: f32 = 40

// Four rows of four become four columns, by pairs and then by halves.
// @ts-ignore: decorator
@inline
function low(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5)
}
// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7)
}
// @ts-ignore: decorator
@inline
function firsts(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 1, 4, 5)
}
// @ts-ignore: decorator
@inline
function seconds(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 3, 6, 7)
}

// @ts-ignore: decorator
@inline
function score(q0: v128, q1: v128, q2: v128, q3: v128, k: usize): v128 {
  const a = f32x4.add(f32x4.mul(q0, v128.load32_splat(k)), f32x4.mul(q1, v128.load32_splat(k, 4)))
  const b = f32x4.add(f32x4.mul(q2, v128.load32_splat(k, 8)), f32x4.mul(q3, v128.load32_splat(k, 12)))
  return f32x4.add(a, b)
}

/** Keys and values of one head side by side, [tokens, 8]; returns the largest |k|². */
function gather(q: usize, row: usize, pairs: usize): f32 {
  const toKey: usize = <usize>attended << 2
  let largest = f32x4.splat(0)
  for (let j = 0; j < tokens; j++) {
    const k = v128.load(q + toKey)
    v128.store(pairs, k)
    v128.store(pairs, v128.load(q + 2 * toKey), 16)
    largest = f32x4.pmax(largest, f32x4.mul(k, k))
    q += row
    pairs += 32
  }
  return f32x4.extract_lane(largest, 0) + f32x4.extract_lane(largest, 1) + f32x4.extract_lane(largest, 2) + f32x4.extract_lane(largest, 3)
}

/**
 * @param q        queries of the head in the rows [rows, 3 x attended]; keys and values lie further along
 * @param pairs    scratch [tokens, 8]
 * @param weights  exp(score - shift) [rows / 4, tokens, 4], kept for the way back
 * @param inverse  1 / sums of the weights [rows]
 * @param out      of the head in the rows [rows, attended]
 */
export function attendFour(q: usize, pairs: usize, weights: usize, inverse: usize, out: usize): void {
  const outRow: usize = <usize>attended << 2
  const row: usize = 3 * outRow
  const largestKey = gather(q, row, pairs)
  const end = pairs + (<usize>tokens << 5)
  for (let i = 0; i < rows; i += 4) {
    const r0 = v128.load(q)
    const r1 = v128.load(q + row)
    const r2 = v128.load(q + 2 * row)
    const r3 = v128.load(q + 3 * row)
    const l01 = low(r0, r1)
    const l23 = low(r2, r3)
    const h01 = high(r0, r1)
    const h23 = high(r2, r3)
    const q0 = firsts(l01, l23)
    const q1 = seconds(l01, l23)
    const q2 = firsts(h01, h23)
    const q3 = seconds(h01, h23)
    const squares = f32x4.add(f32x4.add(f32x4.mul(q0, q0), f32x4.mul(q1, q1)), f32x4.add(f32x4.mul(q2, q2), f32x4.mul(q3, q3)))
    let sum = f32x4.splat(0)
    let w = weights
    // |q·k| <= |q| |k|: only where that may be large is the largest score looked for.
    if (v128.any_true(f32x4.gt(f32x4.mul(squares, f32x4.splat(largestKey)), f32x4.splat(SAFE * SAFE)))) {
      let shift = f32x4.splat(-Infinity)
      for (let k = pairs; k < end; k += 32) shift = f32x4.pmax(shift, score(q0, q1, q2, q3, k))
      for (let k = pairs; k < end; k += 32) {
        const e = exp4(f32x4.sub(score(q0, q1, q2, q3, k), shift))
        v128.store(w, e)
        sum = f32x4.add(sum, e)
        w += 16
      }
    } else {
      for (let k = pairs; k < end; k += 32) {
        const e = expInside(score(q0, q1, q2, q3, k))
        v128.store(w, e)
        sum = f32x4.add(sum, e)
        w += 16
      }
    }
    // A loop of its own: with the scores it has more numbers than there are registers.
    let o0 = f32x4.splat(0)
    let o1 = o0
    let o2 = o0
    let o3 = o0
    for (let k = pairs; k < end; k += 32) {
      const e = v128.load(weights)
      o0 = f32x4.add(o0, f32x4.mul(e, v128.load32_splat(k, 16)))
      o1 = f32x4.add(o1, f32x4.mul(e, v128.load32_splat(k, 20)))
      o2 = f32x4.add(o2, f32x4.mul(e, v128.load32_splat(k, 24)))
      o3 = f32x4.add(o3, f32x4.mul(e, v128.load32_splat(k, 28)))
      weights += 16
    }
    const z = f32x4.div(f32x4.splat(1), sum)
    v128.store(inverse, z)
    o0 = f32x4.mul(o0, z)
    o1 = f32x4.mul(o1, z)
    o2 = f32x4.mul(o2, z)
    o3 = f32x4.mul(o3, z)
    const m01 = low(o0, o1)
    const m23 = low(o2, o3)
    const n01 = high(o0, o1)
    const n23 = high(o2, o3)
    v128.store(out, firsts(m01, m23))
    v128.store(out + outRow, seconds(m01, m23))
    v128.store(out + 2 * outRow, firsts(n01, n23))
    v128.store(out + 3 * outRow, seconds(n01, n23))
    q += 4 * row
    out += 4 * outRow
    inverse += 16
  }
}

/**
 * @param out, dOut  of the head in the rows [rows, attended]
 * @param scores     scratch [tokens, 4]
 * @param dPairs     scratch [tokens, 8]
 * @param dQ         of the head in the rows [rows, 3 x attended]: gradients by queries, keys and values, written
 */
export function attendFourBack(q: usize, pairs: usize, weights: usize, inverse: usize, out: usize, dOut: usize, scores: usize, dPairs: usize, dQ: usize): void {
  const outRow: usize = <usize>attended << 2
  const row: usize = 3 * outRow
  gather(q, row, pairs)
  const size = <usize>tokens << 5
  const end = pairs + size
  memory.fill(dPairs, 0, size)
  let d = dQ
  for (let i = 0; i < rows; i += 4) {
    // Gradients by the sums of weights times values: divided by the sum of the weights.
    const g0 = f32x4.mul(v128.load(dOut), v128.load32_splat(inverse))
    const g1 = f32x4.mul(v128.load(dOut + outRow), v128.load32_splat(inverse, 4))
    const g2 = f32x4.mul(v128.load(dOut + 2 * outRow), v128.load32_splat(inverse, 8))
    const g3 = f32x4.mul(v128.load(dOut + 3 * outRow), v128.load32_splat(inverse, 12))
    const l01 = low(g0, g1)
    const l23 = low(g2, g3)
    const h01 = high(g0, g1)
    const h23 = high(g2, g3)
    const c0 = firsts(l01, l23)
    const c1 = seconds(l01, l23)
    const c2 = firsts(h01, h23)
    const c3 = seconds(h01, h23)
    const s0 = f32x4.mul(g0, v128.load(out))
    const s1 = f32x4.mul(g1, v128.load(out + outRow))
    const s2 = f32x4.mul(g2, v128.load(out + 2 * outRow))
    const s3 = f32x4.mul(g3, v128.load(out + 3 * outRow))
    const t0 = f32x4.add(low(s0, s1), high(s0, s1))
    const t1 = f32x4.add(low(s2, s3), high(s2, s3))
    const mean = f32x4.add(firsts(t0, t1), seconds(t0, t1))
    let a0 = f32x4.splat(0)
    let a1 = a0
    let a2 = a0
    let a3 = a0
    let w = weights
    let s = scores
    for (let k = pairs; k < end; k += 32) {
      let p = f32x4.add(f32x4.mul(c0, v128.load32_splat(k, 16)), f32x4.mul(c1, v128.load32_splat(k, 20)))
      p = f32x4.add(p, f32x4.add(f32x4.mul(c2, v128.load32_splat(k, 24)), f32x4.mul(c3, v128.load32_splat(k, 28))))
      p = f32x4.mul(v128.load(w), f32x4.sub(p, mean))
      v128.store(s, p)
      a0 = f32x4.add(a0, f32x4.mul(p, v128.load32_splat(k)))
      a1 = f32x4.add(a1, f32x4.mul(p, v128.load32_splat(k, 4)))
      a2 = f32x4.add(a2, f32x4.mul(p, v128.load32_splat(k, 8)))
      a3 = f32x4.add(a3, f32x4.mul(p, v128.load32_splat(k, 12)))
      w += 16
      s += 16
    }
    const m01 = low(a0, a1)
    const m23 = low(a2, a3)
    const n01 = high(a0, a1)
    const n23 = high(a2, a3)
    v128.store(d, firsts(m01, m23))
    v128.store(d + row, seconds(m01, m23))
    v128.store(d + 2 * row, firsts(n01, n23))
    v128.store(d + 3 * row, seconds(n01, n23))
    const q0 = v128.load(q)
    const q1 = v128.load(q + row)
    const q2 = v128.load(q + 2 * row)
    const q3 = v128.load(q + 3 * row)
    s = scores
    const last = dPairs + size
    for (let k = dPairs; k < last; k += 32) {
      let x = f32x4.add(v128.load(k), f32x4.mul(v128.load32_splat(s), q0))
      let y = f32x4.add(v128.load(k, 16), f32x4.mul(v128.load32_splat(weights), g0))
      x = f32x4.add(x, f32x4.mul(v128.load32_splat(s, 4), q1))
      y = f32x4.add(y, f32x4.mul(v128.load32_splat(weights, 4), g1))
      x = f32x4.add(x, f32x4.mul(v128.load32_splat(s, 8), q2))
      y = f32x4.add(y, f32x4.mul(v128.load32_splat(weights, 8), g2))
      v128.store(k, f32x4.add(x, f32x4.mul(v128.load32_splat(s, 12), q3)))
      v128.store(k, f32x4.add(y, f32x4.mul(v128.load32_splat(weights, 12), g3)), 16)
      s += 16
      weights += 16
    }
    q += 4 * row
    out += 4 * outRow
    dOut += 4 * outRow
    d += 4 * row
    inverse += 16
  }
  // Tokens of the padding are keys of nobody.
  for (let j = 0; j < rows; j++) {
    const known = j < tokens
    v128.store(dQ + outRow, known ? v128.load(dPairs) : f32x4.splat(0))
    v128.store(dQ + 2 * outRow, known ? v128.load(dPairs, 16) : f32x4.splat(0))
    dQ += row
    dPairs += 32
  }
}
