/** A similarity that lays one cloud of points onto another: y = scale · Q x + shift. */
export interface Procrustes {
  /** [2, 2] row-major, orthogonal: a rotation, with a mirror where that fits better. */
  rotation: Float64Array
  mirrored: boolean
  scale: number
  shift: readonly [number, number]
  /** Sum of squared distances left, over the target's spread about its centre: 0 is equal up to a similarity. */
  disparity: number
}

/**
 * Least-squares similarity of two clouds of n points in the plane. For two dimensions the singular values of the
 * cross-covariance M are known in closed form: the best proper rotation gains |M_xx + M_yy, M_xy − M_yx|, the best
 * mirror |M_xx − M_yy, M_xy + M_yx|.
 * Source: Schönemann, Psychometrika 31 (1966) 1; Gower, Psychometrika 40 (1975) 33.
 *
 * @param target, moving  [n, 2] row-major
 */
export function procrustes(target: ArrayLike<number>, moving: ArrayLike<number>, n: number): Procrustes {
  const [tx, ty] = centre(target, n)
  const [mx, my] = centre(moving, n)
  let [xx, xy, yx, yy] = [0, 0, 0, 0]
  let spread = 0
  let own = 0
  for (let i = 0; i < n; i++) {
    const [a, b] = [target[2 * i] - tx, target[2 * i + 1] - ty]
    const [c, d] = [moving[2 * i] - mx, moving[2 * i + 1] - my]
    xx += a * c
    xy += a * d
    yx += b * c
    yy += b * d
    spread += a * a + b * b
    own += c * c + d * d
  }
  // Below rounding a cloud is a point.
  if (spread < 1e-24 * n * (tx * tx + ty * ty)) spread = 0
  if (own < 1e-24 * n * (mx * mx + my * my)) own = 0
  const turned = Math.hypot(xx + yy, yx - xy)
  const flipped = Math.hypot(xx - yy, xy + yx)
  const mirrored = flipped > turned
  const gain = Math.max(turned, flipped)
  const [cos, sin] =
    gain === 0
      ? [1, 0]
      : mirrored
        ? [(xx - yy) / gain, (xy + yx) / gain]
        : [(xx + yy) / gain, (yx - xy) / gain]
  const rotation = Float64Array.of(cos, mirrored ? sin : -sin, sin, mirrored ? -cos : cos)
  const scale = own > 0 ? gain / own : 0
  return {
    rotation,
    mirrored,
    scale,
    shift: [
      tx - scale * (rotation[0] * mx + rotation[1] * my),
      ty - scale * (rotation[2] * mx + rotation[3] * my),
    ],
    disparity: spread > 0 && own > 0 ? Math.max(0, 1 - (gain * gain) / (own * spread)) : spread > 0 ? 1 : 0,
  }
}

/** The points of the moved cloud. @returns [n, 2] */
export function applyProcrustes(
  { rotation, scale, shift }: Procrustes,
  points: ArrayLike<number>,
  n: number,
): Float32Array {
  const out = new Float32Array(2 * n)
  for (let i = 0; i < n; i++) {
    const [x, y] = [points[2 * i], points[2 * i + 1]]
    out[2 * i] = scale * (rotation[0] * x + rotation[1] * y) + shift[0]
    out[2 * i + 1] = scale * (rotation[2] * x + rotation[3] * y) + shift[1]
  }
  return out
}

function centre(points: ArrayLike<number>, n: number): [number, number] {
  let [x, y] = [0, 0]
  for (let i = 0; i < n; i++) {
    x += points[2 * i] / n
    y += points[2 * i + 1] / n
  }
  return [x, y]
}
