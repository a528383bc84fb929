// The pair loss.

import {
  add,
  atLeast,
  bytesOf,
  div,
  mul,
  multiplyAdd,
  root,
  splat,
  spreadLabel,
  sub,
  total,
  whereLabel,
} from './lanes'
import { dimension, give, gradient, labels, latent, line, row } from './latents'

// |z_i - z_j|^2 for the group of rows at `at`.
// @ts-ignore: decorator
@inline
function squaredDistance<V>(dim: i32, i: usize, at: usize): V {
  let s = splat<V>(0)
  for (let q: usize = 0; q < <usize>dim * line; q += line) {
    const d = sub<V>(splat<V>(load<f32>(latent + q + i)), load<V>(latent + q + at))
    s = multiplyAdd<V>(d, d, s)
  }
  return s
}

// @ts-ignore: decorator
@inline
function countSame<V>(i: usize): f32 {
  const label = spreadLabel<V>(labels + i)
  const one = splat<V>(1)
  let count = splat<V>(0)
  for (let at: usize = 0; at < line; at += bytesOf<V>())
    count = add<V>(count, whereLabel<V>(one, labels + at, label))
  return total<V>(count)
}

/** Hadsell, Chopra, LeCun (CVPR 2006): mean of d^2 over like pairs + mean of max(0, M - d)^2 over unlike ones. */
// @ts-ignore: decorator
@inline
export function pair<V>(rows: i32, margin: f32): f64 {
  const dim = dimension()
  let like = 0.0
  for (let i: usize = 0; i < <usize>rows << 2; i += 4) like += countSame<V>(i) - 1
  const unlike = <f64>rows * <f64>(rows - 1) - like
  const likeWeight: f32 = like > 0 ? <f32>(1 / like) : 0
  const unlikeWeight: f32 = unlike > 0 ? <f32>(1 / unlike) : 0
  const zero = splat<V>(0)
  const m = splat<V>(margin)
  const pull = splat<V>(likeWeight)
  const minusPush = splat<V>(-unlikeWeight)
  let loss = 0.0
  for (let i: usize = 0; i < <usize>rows << 2; i += 4) {
    const label = spreadLabel<V>(labels + i)
    let near = zero
    let far = zero
    for (let at: usize = 0; at < line; at += bytesOf<V>()) {
      const square = squaredDistance<V>(dim, i, at)
      const d = root<V>(atLeast<V>(square, splat<V>(1e-9)))
      const gap = atLeast<V>(sub<V>(m, d), zero)
      const slope = div<V>(mul<V>(minusPush, gap), d)
      near = add<V>(near, whereLabel<V>(square, labels + at, label))
      const tooClose = mul<V>(gap, gap)
      far = add<V>(far, sub<V>(tooClose, whereLabel<V>(tooClose, labels + at, label)))
      const change = whereLabel<V>(sub<V>(pull, slope), labels + at, label)
      store<V>(row + at, add<V>(slope, change))
    }
    loss += <f64>likeWeight * total<V>(near) + <f64>unlikeWeight * total<V>(far)
    for (let at = <usize>rows << 2; at < line; at += 4) store<f32>(row + at, 0)
    for (let q: usize = 0; q < <usize>dim * line; q += line) {
      const z = splat<V>(load<f32>(latent + q + i))
      let sum = zero
      for (let at: usize = 0; at < line; at += bytesOf<V>())
        sum = multiplyAdd<V>(load<V>(row + at), sub<V>(z, load<V>(latent + q + at)), sum)
      store<f32>(gradient + q + i, total<V>(sum))
    }
  }
  give(rows, 4)
  return loss
}
