// Latent vectors and their gradients as contrastive losses use them: by coordinate, [dim][rows rounded up to 4], so that
// a group of lanes holds one coordinate of neighbouring rows.

import { allocate } from './arena'
import { layerAt, layerCount } from './network'

/** A coordinate so far away that a row there is nobody's neighbour; its square is still a number. */
export const FAR: f32 = 1e18

export let unusedLabel: i32 = -1
let capacity: i32 = 0
/** latent of the current anchor, [dim] */
export let anchor: usize = 0
/** one number per row of the table: similarities, then weights */
export let row: usize = 0
export let labels: usize = 0
export let latent: usize = 0
export let gradient: usize = 0
let norms: usize = 0
/** bytes of one coordinate of all rows */
export let line: usize = 0

// @ts-ignore: decorator
@inline
export function dimension(): i32 {
  return layerAt(layerCount - 1).units
}

export function reserve(rows: i32): bool {
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
export function take(rows: i32, givenLabels: usize): bool {
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

export function give(rows: i32, factor: f32): void {
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
export function normaliseLatents(rows: i32): void {
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
export function projectGradient(rows: i32): void {
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
