// Contrastive losses of the latent vectors and their gradients, one anchor (row of the B x B table) at a time: the
// table itself is never kept. Latents are held by coordinate, [dim][rows rounded up to 4], so that a group of lanes
// holds one coordinate of neighbouring rows.

import { allocate } from './arena'
import {
  add,
  atLeast,
  bytesOf,
  div,
  expNegative,
  largest,
  mul,
  multiplyAdd,
  root,
  splat,
  spreadLabel,
  sub,
  total,
  whereAbove,
  whereLabel,
} from './lanes'
import { layerAt, layerCount } from './network'

export const EUCLIDEAN: i32 = 0
export const COSINE: i32 = 1
export const PAIR: i32 = 2

/** A similarity that no row reaches: exp gives exactly zero. */
const NEVER: f32 = -1e30

/** A coordinate so far away that a row there is nobody's neighbour; its square is still a number. */
const FAR: f32 = 1e18

// What compare() found.
let sameSum: f32 = 0
let sameCount: f32 = 0
let highest: f32 = 0

let unusedLabel: i32 = -1
let capacity: i32 = 0
/** latent of the current anchor, [dim] */
let anchor: usize = 0
let row: usize = 0
let labels: usize = 0
let latent: usize = 0
let gradient: usize = 0
let norms: usize = 0
/** bytes of one coordinate of all rows */
let line: usize = 0

// @ts-ignore: decorator
@inline
function dimension(): i32 {
  return layerAt(layerCount - 1).units
}

function reserve(rows: i32): bool {
  const padded = (rows + 3) & ~3
  line = <usize>padded << 2
  if (padded <= capacity) return true
  capacity = padded
  row = allocate(line)
  labels = allocate(line)
  norms = allocate(line)
  latent = allocate(line * dimension())
  gradient = allocate(line * dimension())
  anchor = allocate((<usize>dimension() << 2) + 4)
  return row && labels && norms && latent && gradient && anchor ? true : false
}

/** @returns false where a latent is not finite */
function take(rows: i32, givenLabels: usize): bool {
  const layer = layerAt(layerCount - 1)
  const dim = layer.units
  const stride = <usize>layer.unitColumns << 2
  let check: f32 = 0
  for (let i = 0; i < rows; i++)
    for (let q = 0; q < dim; q++) {
      const z = load<f32>(layer.output + <usize>i * stride + (<usize>q << 2))
      check += z * 0
      store<f32>(latent + <usize>q * line + (<usize>i << 2), z)
    }
  memory.copy(labels, givenLabels, <usize>rows << 2)
  // Rows that fill up the last group get a label of their own.
  unusedLabel = -1
  for (let i = 0; i < rows; i++)
    if (load<i32>(givenLabels + (<usize>i << 2)) == unusedLabel) {
      unusedLabel--
      i = -1
    }
  for (let at = <usize>rows << 2; at < line; at += 4) {
    store<i32>(labels + at, unusedLabel)
    for (let q = 0; q < dim; q++) store<f32>(latent + <usize>q * line + at, FAR)
  }
  memory.fill(gradient, 0, line * dim)
  return check == 0
}

function give(rows: i32, factor: f32): void {
  const layer = layerAt(layerCount - 1)
  const stride = <usize>layer.unitColumns << 2
  const tiny: f32 = 1e-30
  for (let i = 0; i < rows; i++)
    for (let q = 0; q < layer.units; q++) {
      const g = factor * load<f32>(gradient + <usize>q * line + (<usize>i << 2))
      store<f32>(layer.outputGradient + <usize>i * stride + (<usize>q << 2), abs<f32>(g) < tiny ? <f32>0 : g)
    }
}

/** Latents on the unit sphere; norms below 1e-6 are taken as 1e-6. */
function normaliseLatents(rows: i32): void {
  const dim = dimension()
  for (let i: usize = 0; i < <usize>rows << 2; i += 4) {
    let square: f32 = 0
    for (let q = 0; q < dim; q++) {
      const z = load<f32>(latent + <usize>q * line + i)
      square += z * z
    }
    const norm = max<f32>(sqrt<f32>(square), 1e-6)
    store<f32>(norms + i, norm)
    for (let q = 0; q < dim; q++) {
      const p = latent + <usize>q * line + i
      store<f32>(p, load<f32>(p) / norm)
    }
  }
}

/** From the gradient by the unit vectors to that by the latents: the part along a vector does not count. */
function projectGradient(rows: i32): void {
  const dim = dimension()
  for (let i: usize = 0; i < <usize>rows << 2; i += 4) {
    let along: f32 = 0
    for (let q = 0; q < dim; q++)
      along += load<f32>(gradient + <usize>q * line + i) * load<f32>(latent + <usize>q * line + i)
    const norm = load<f32>(norms + i)
    for (let q = 0; q < dim; q++) {
      const p = gradient + <usize>q * line + i
      store<f32>(p, (load<f32>(p) - along * load<f32>(latent + <usize>q * line + i)) / norm)
    }
  }
}

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
function supervised<V>(kind: i32, rows: i32, temperature: f32): f64 {
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

/** Hadsell, Chopra, LeCun (CVPR 2006): mean of d^2 over like pairs + mean of max(0, M - d)^2 over unlike ones. */
// @ts-ignore: decorator
@inline
function pair<V>(rows: i32, margin: f32): f64 {
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

// @ts-ignore: decorator
@inline
function dispatch<V>(kind: i32, rows: i32, setting: f32): f64 {
  if (kind == EUCLIDEAN) return supervised<V>(EUCLIDEAN, rows, setting)
  if (kind == COSINE) return supervised<V>(COSINE, rows, setting)
  return pair<V>(rows, setting)
}

/**
 * Loss of the latents in the output's rows 0 to rows; their gradient goes to outputGradient.
 *
 * @param setting  temperature, or the margin of the pair loss
 * @returns        NaN (and no gradient) where a latent is not finite or memory is short
 */
export function contrastiveLoss(kind: i32, rows: i32, givenLabels: usize, setting: f32): f64 {
  const layer = layerAt(layerCount - 1)
  const padded = (rows + 3) & ~3
  memory.fill(layer.outputGradient, 0, <usize>padded * (<usize>layer.unitColumns << 2))
  if (!reserve(rows) || !take(rows, givenLabels)) return NaN
  if (kind == COSINE) normaliseLatents(rows)
  if (ASC_FEATURE_SIMD) return dispatch<v128>(kind, rows, setting)
  else return dispatch<f32>(kind, rows, setting)
}
