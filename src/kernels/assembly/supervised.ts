// Supervised contrastive losses, one anchor (row of the B x B table) at a time: the table itself is never kept.

import {
  add,
  atLeast,
  bytesOf,
  expNegative,
  largest,
  mul,
  multiplyAdd,
  splat,
  spreadLabel,
  sub,
  total,
  whereLabel,
} from './lanes'
import {
  FAR,
  anchor,
  dimension,
  give,
  gradient,
  labels,
  latent,
  line,
  projectGradient,
  row,
  unusedLabel,
} from './latents'

export const EUCLIDEAN: i32 = 0
export const COSINE: i32 = 1

/** A similarity that no row reaches: exp gives exactly zero. */
const NEVER: f32 = -1e30

// What compare() found.
let sameSum: f32 = 0
let sameCount: f32 = 0
let highest: f32 = 0

/** Takes row i out of sight of its own anchor: no label equals its label, no distance is shorter. */
// @ts-ignore: decorator
@inline
function hide(dim: i32, i: usize): void {
  store<i32>(labels + i, unusedLabel)
  for (let q = 0; q < dim; q++) store<f32>(latent + <usize>q * line + i, FAR)
}

// @ts-ignore: decorator
@inline
function show(dim: i32, i: usize, label: i32): void {
  store<i32>(labels + i, label)
  for (let q = 0; q < dim; q++) store<f32>(latent + <usize>q * line + i, load<f32>(anchor + (<usize>q << 2)))
}

// Similarities of the anchor with all rows into `row`; their largest, and sum and number of those with its label.
// @ts-ignore: decorator
@inline
function compare<V>(kind: i32, dim: i32, inverse: f32, label: V): void {
  const scale = splat<V>(kind == EUCLIDEAN ? -inverse : inverse)
  const one = splat<V>(1)
  const a0 = splat<V>(load<f32>(anchor))
  const a1 = splat<V>(load<f32>(anchor, 4))
  let same = splat<V>(0)
  let count = splat<V>(0)
  let top = splat<V>(NEVER)
  for (let at: usize = 0; at < line; at += bytesOf<V>()) {
    let s = splat<V>(0)
    if (kind == EUCLIDEAN && dim == 2) {
      const dx = sub<V>(a0, load<V>(latent + at))
      const dy = sub<V>(a1, load<V>(latent + line + at))
      s = multiplyAdd<V>(dx, dx, mul<V>(dy, dy))
    } else {
      let p = latent + at
      for (let q: usize = 0; q < <usize>dim << 2; q += 4) {
        const a = splat<V>(load<f32>(anchor + q))
        if (kind == EUCLIDEAN) {
          const d = sub<V>(a, load<V>(p))
          s = multiplyAdd<V>(d, d, s)
        } else s = multiplyAdd<V>(a, load<V>(p), s)
        p += line
      }
    }
    s = mul<V>(s, scale)
    store<V>(row + at, s)
    same = add<V>(same, whereLabel<V>(s, labels + at, label))
    count = add<V>(count, whereLabel<V>(one, labels + at, label))
    top = atLeast<V>(s, top)
  }
  sameSum = total<V>(same)
  sameCount = total<V>(count)
  highest = largest<V>(top)
}

// From similarities in `row` to exp(s - highest); returns their sum.
// @ts-ignore: decorator
@inline
function exponentials<V>(): f32 {
  const shift = splat<V>(highest)
  let sum = splat<V>(0)
  for (let at: usize = 0; at < line; at += bytesOf<V>()) {
    const e = expNegative<V>(sub<V>(load<V>(row + at), shift))
    sum = add<V>(sum, e)
    store<V>(row + at, e)
  }
  return total<V>(sum)
}

// dL/ds_ij = probability - target, the weight of the pull of j on i.
// @ts-ignore: decorator
@inline
function weight<V>(at: usize, share: V, target: V, label: V): V {
  return sub<V>(mul<V>(load<V>(row + at), share), whereLabel<V>(target, labels + at, label))
}

// @ts-ignore: decorator
@inline
function addTo(p: usize, x: f32): void {
  store<f32>(p, load<f32>(p) + x)
}

// Adds w_ij (z_i - z_j) to i and takes it from j, for all j.
// @ts-ignore: decorator
@inline
function pushApart<V>(dim: i32, i: usize, share: V, target: V, label: V): void {
  if (dim == 2) {
    const a0 = splat<V>(load<f32>(anchor))
    const a1 = splat<V>(load<f32>(anchor, 4))
    let sum0 = splat<V>(0)
    let sum1 = splat<V>(0)
    const latent1 = latent + line
    const gradient1 = gradient + line
    for (let at: usize = 0; at < line; at += bytesOf<V>()) {
      const w = weight<V>(at, share, target, label)
      const x = mul<V>(w, sub<V>(a0, load<V>(latent + at)))
      const y = mul<V>(w, sub<V>(a1, load<V>(latent1 + at)))
      sum0 = add<V>(sum0, x)
      sum1 = add<V>(sum1, y)
      store<V>(gradient + at, sub<V>(load<V>(gradient + at), x))
      store<V>(gradient1 + at, sub<V>(load<V>(gradient1 + at), y))
    }
    addTo(gradient + i, total<V>(sum0))
    addTo(gradient1 + i, total<V>(sum1))
    return
  }
  for (let at: usize = 0; at < line; at += bytesOf<V>()) store<V>(row + at, weight<V>(at, share, target, label))
  let own = latent
  let to = gradient
  for (let q: usize = 0; q < <usize>dim << 2; q += 4) {
    const a = splat<V>(load<f32>(anchor + q))
    let sum = splat<V>(0)
    for (let at: usize = 0; at < line; at += bytesOf<V>()) {
      const x = mul<V>(load<V>(row + at), sub<V>(a, load<V>(own + at)))
      sum = add<V>(sum, x)
      store<V>(to + at, sub<V>(load<V>(to + at), x))
    }
    addTo(to + i, total<V>(sum))
    own += line
    to += line
  }
}

// Adds w_ij u_j to i and w_ij u_i to j.
// @ts-ignore: decorator
@inline
function pullAlong<V>(dim: i32, i: usize, share: V, target: V, label: V): void {
  for (let at: usize = 0; at < line; at += bytesOf<V>()) store<V>(row + at, weight<V>(at, share, target, label))
  let own = latent
  let to = gradient
  for (let q: usize = 0; q < <usize>dim << 2; q += 4) {
    const a = splat<V>(load<f32>(anchor + q))
    let sum = splat<V>(0)
    for (let at: usize = 0; at < line; at += bytesOf<V>()) {
      const w = load<V>(row + at)
      sum = multiplyAdd<V>(w, load<V>(own + at), sum)
      store<V>(to + at, multiplyAdd<V>(w, a, load<V>(to + at)))
    }
    addTo(to + i, total<V>(sum))
    own += line
    to += line
  }
}

/** Khosla et al. 2004.11362 eq. 2, mean over the rows that have a positive; s = -|z_i - z_j|^2 or the cosine. */
// @ts-ignore: decorator
@inline
export function supervised<V>(kind: i32, rows: i32, temperature: f32): f64 {
  const dim = dimension()
  const inverse: f32 = 1 / temperature
  let loss = 0.0
  let anchors = 0
  for (let i: usize = 0; i < <usize>rows << 2; i += 4) {
    const own = load<i32>(labels + i)
    const label = spreadLabel<V>(labels + i)
    for (let q = 0; q < dim; q++) store<f32>(anchor + (<usize>q << 2), load<f32>(latent + <usize>q * line + i))
    hide(dim, i)
    compare<V>(kind, dim, inverse, label)
    if (sameCount > 0) {
      anchors++
      if (kind == COSINE) {
        // A scalar product does not hide what is far away.
        store<f32>(row + i, NEVER)
        for (let at = <usize>rows << 2; at < line; at += 4) store<f32>(row + at, NEVER)
        let top = splat<V>(NEVER)
        for (let at: usize = 0; at < line; at += bytesOf<V>()) top = atLeast<V>(load<V>(row + at), top)
        highest = largest<V>(top)
      }
      const all = exponentials<V>()
      loss += Math.log(all) + <f64>highest - <f64>sameSum / sameCount
      const share = splat<V>(1 / all)
      const target = splat<V>(1 / sameCount)
      if (kind == EUCLIDEAN) pushApart<V>(dim, i, share, target, label)
      else pullAlong<V>(dim, i, share, target, label)
    }
    show(dim, i, own)
  }
  if (anchors == 0) return 0
  if (kind == COSINE) projectGradient(rows)
  give(rows, (kind == EUCLIDEAN ? <f32>-2 : <f32>1) * inverse / <f32>anchors)
  return loss / anchors
}
