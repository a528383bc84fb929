// Forces of t-SNE between all pairs of points of a plane, four neighbours at a time. Coordinates that fill up the last
// four lie so far away that their t is nothing; the own point has t = 1 and no force.

import { allocate } from '../arena'

export { allocate }

/** Σ over the lanes. */
// @ts-ignore: decorator
@inline
function total(x: v128): f64 {
  return (
    <f64>f32x4.extract_lane(x, 0) +
    <f64>f32x4.extract_lane(x, 1) +
    (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3))
  )
}

/**
 * With t_ij = 1 / (1 + |y_i - y_j|²): of each point its pull Σ p_ij t_ij (y_i - y_j) and its push Σ t_ij² (y_i - y_j).
 *
 * @param p       [count, padded] f32
 * @param x, y    [padded] f32
 * @param forces  [4, count] f32: pull along x and y, push along x and y
 * @returns       Σ t_ij over i != j
 */
export function forces(p: usize, count: i32, padded: i32, x: usize, y: usize, forces: usize): f64 {
  const one = f32x4.splat(1)
  const end = <usize>padded << 2
  const stride = <usize>count << 2
  let sum = 0.0
  for (let i: usize = 0; i < stride; i += 4) {
    const x0 = v128.load_splat<f32>(x + i)
    const y0 = v128.load_splat<f32>(y + i)
    let pullX = f32x4.splat(0)
    let pullY = f32x4.splat(0)
    let pushX = f32x4.splat(0)
    let pushY = f32x4.splat(0)
    let row = f32x4.splat(0)
    for (let j: usize = 0; j < end; j += 16) {
      const dx = f32x4.sub(x0, v128.load(x + j))
      const dy = f32x4.sub(y0, v128.load(y + j))
      const t = f32x4.div(one, f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), one))
      const pull = f32x4.mul(v128.load(p + j), t)
      const push = f32x4.mul(t, t)
      row = f32x4.add(row, t)
      pullX = f32x4.add(pullX, f32x4.mul(pull, dx))
      pullY = f32x4.add(pullY, f32x4.mul(pull, dy))
      pushX = f32x4.add(pushX, f32x4.mul(push, dx))
      pushY = f32x4.add(pushY, f32x4.mul(push, dy))
    }
    store<f32>(forces + i, <f32>total(pullX))
    store<f32>(forces + stride + i, <f32>total(pullY))
    store<f32>(forces + 2 * stride + i, <f32>total(pushX))
    store<f32>(forces + 3 * stride + i, <f32>total(pushY))
    sum += total(row) - 1
    p += end
  }
  return sum
}
