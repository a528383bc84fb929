// Attention of a head of any size, by dense products; a head of four has its own (attention-four.ts).

import { expNegative } from '../lanes'
import { sum4 } from './functions'
import { attended, headSize, rows, tokens } from './plan'
import { dense, transpose, transposed } from './products'

/**
 * @param q        queries of the head in the rows [rows, 3 x attended]; keys and values lie further along
 * @param turned   scratch [headSize, rows]
 * @param weights  attention [rows, rows], kept for the way back; columns of the padding are 0
 */
export function attendAny(q: usize, turned: usize, weights: usize, out: usize): void {
  const outRow: usize = <usize>attended << 2
  const row: usize = 3 * outRow
  const keyRow: usize = <usize>rows << 2
  transpose(q + outRow, row, rows, headSize, turned, keyRow)
  dense(q, row, headSize, turned, keyRow, weights, keyRow, rows, rows, 0)
  for (let i = 0; i < rows; i++) softmax(weights + <usize>i * keyRow)
  dense(weights, keyRow, tokens, q + 2 * outRow, row, out, outRow, rows, headSize, 0)
}

function softmax(row: usize): void {
  const end = row + (<usize>rows << 2)
  for (let j = tokens; j < rows; j++) store<f32>(row + (<usize>j << 2), -Infinity)
  let top = f32x4.splat(-Infinity)
  for (let p = row; p < end; p += 16) top = f32x4.pmax(top, v128.load(p))
  const highest = f32x4.splat(
    max<f32>(max<f32>(f32x4.extract_lane(top, 0), f32x4.extract_lane(top, 1)), max<f32>(f32x4.extract_lane(top, 2), f32x4.extract_lane(top, 3))),
  )
  let sum = f32x4.splat(0)
  for (let p = row; p < end; p += 16) {
    const e = expNegative<v128>(f32x4.sub(v128.load(p), highest))
    v128.store(p, e)
    sum = f32x4.add(sum, e)
  }
  const z = f32x4.splat(<f32>1 / sum4(sum))
  for (let p = row; p < end; p += 16) v128.store(p, f32x4.mul(v128.load(p), z))
}

/** @param scores  scratch [rows, rows] */
export function attendAnyBack(q: usize, turned: usize, weights: usize, dOut: usize, scores: usize, dQ: usize): void {
  const outRow: usize = <usize>attended << 2
  const row: usize = 3 * outRow
  const keyRow: usize = <usize>rows << 2
  transpose(q + 2 * outRow, row, rows, headSize, turned, keyRow)
  dense(dOut, outRow, headSize, turned, keyRow, scores, keyRow, rows, rows, 0)
  for (let i: usize = 0; i < <usize>rows; i++) {
    const w = weights + i * keyRow
    const s = scores + i * keyRow
    let sum = f32x4.splat(0)
    for (let j: usize = 0; j < keyRow; j += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(w + j), v128.load(s + j)))
    const mean = f32x4.splat(sum4(sum))
    for (let j: usize = 0; j < keyRow; j += 16) v128.store(s + j, f32x4.mul(v128.load(w + j), f32x4.sub(v128.load(s + j), mean)))
  }
  dense(scores, keyRow, rows, q + outRow, row, dQ, row, rows, headSize, 0)
  transposed(scores, keyRow, rows, q, row, dQ + outRow, row, rows, headSize)
  transposed(weights, keyRow, rows, dOut, outRow, dQ + 2 * outRow, row, rows, headSize)
}
