import type { Rng } from './rng.ts'

/** Two orthonormal axes through a space of d dimensions, one after the other. */
export type Plane = Float64Array // [2, d]

/** The plane of two coordinate axes. */
export function axisPlane(d: number, first: number, second: number): Plane {
  const plane = new Float64Array(2 * d)
  plane[first] = 1
  plane[d + second] = 1
  return plane
}

/** Orthonormal axes of the same plane by Gram and Schmidt; null where the two are none. */
export function orthonormalPlane(axes: ArrayLike<number>): Plane | null {
  const d = axes.length / 2
  const plane = Float64Array.from(axes)
  const [x, y] = [plane.subarray(0, d), plane.subarray(d)]
  if (!normalise(x)) return null
  subtract(y, x, dot(x, y))
  return normalise(y) ? plane : null
}

/** A plane of a uniformly distributed direction: normal numbers made orthonormal (Asimov 1985, SIAM J. Sci. Stat. Comput. 6, 128). */
export function randomPlane(d: number, rng: Rng): Plane {
  for (;;) {
    const plane = orthonormalPlane(Float64Array.from({ length: 2 * d }, () => rng.normal()))
    if (plane) return plane
  }
}

/** Planes between two, along the shortest way. */
export interface Geodesic {
  /** Both angles between the planes [rad]. */
  angles: readonly [number, number]
  /** @param t  0 is the frame that was begun with, 1 spans the plane aimed at */
  at: (t: number) => Plane
}

/**
 * Interpolation by principal angles (Buja, Cook, Asimov, Hurley, Computational Methods for High-Dimensional Rotations,
 * Handbook of Statistics 24, 2005, sections 3 and 4): no turn within the plane, so the picture does not spin.
 */
export function geodesic(from: Plane, to: Plane): Geodesic {
  const d = from.length / 2
  const [a1, a2] = [from.subarray(0, d), from.subarray(d)]
  const [z1, z2] = [to.subarray(0, d), to.subarray(d)]
  // Singular vectors of the 2 x 2 matrix of inner products are the principal directions of both planes.
  const { left, right, values } = svd2([dot(a1, z1), dot(a1, z2), dot(a2, z1), dot(a2, z2)])
  const start = [0, 1].map((k) => mix(a1, a2, left[k]))
  const end = [0, 1].map((k) => mix(z1, z2, right[k]))
  const angles = values.map((value) => Math.acos(Math.min(1, Math.max(-1, value)))) as [number, number]
  const away = end.map((direction, k) => {
    const rest = direction.slice()
    subtract(rest, start[k], dot(rest, start[k]))
    return normalise(rest) ? rest : new Float64Array(d)
  })
  return {
    angles,
    at: (t) => {
      const turned = start.map((direction, k) =>
        direction.map((s, i) => Math.cos(t * angles[k]) * s + Math.sin(t * angles[k]) * away[k][i]),
      )
      // Back to the frame that was begun with: x and y are mixtures of the principal directions.
      const out = new Float64Array(2 * d)
      for (let axis = 0; axis < 2; axis++)
        for (let i = 0; i < d; i++)
          out[axis * d + i] = left[0][axis] * turned[0][i] + left[1][axis] * turned[1][i]
      return out
    },
  }
}

/**
 * The plane tilted by hand about a direction out of it, that of a coordinate axis as far as it is not in the plane.
 *
 * @param across, up  angles by which x and y lean towards that direction [rad]
 */
export function tilted(plane: Plane, axis: number, across: number, up: number): Plane {
  const d = plane.length / 2
  const [x, y] = [plane.slice(0, d), plane.slice(d)]
  let out: Float64Array | null = null
  // An axis that lies in the plane leads nowhere: the next one does.
  for (let k = 0; k < d && !out; k++) {
    const direction = new Float64Array(d)
    direction[(axis + k) % d] = 1
    subtract(direction, x, dot(direction, x))
    subtract(direction, y, dot(direction, y))
    if (dot(direction, direction) > 1e-6 && normalise(direction)) out = direction
  }
  if (!out) return plane
  const leant = Float64Array.of(
    ...x.map((value, i) => Math.cos(across) * value + Math.sin(across) * out[i]),
    ...y.map((value, i) => Math.cos(up) * value + Math.sin(up) * out[i]),
  )
  return orthonormalPlane(leant) ?? plane
}

/** @returns the two coordinates of point `row` of rows [n, d] on the plane */
export function onPlane(plane: Plane, rows: ArrayLike<number>, row: number): [number, number] {
  const d = plane.length / 2
  let x = 0
  let y = 0
  for (let i = 0; i < d; i++) {
    x += plane[i] * rows[row * d + i]
    y += plane[d + i] * rows[row * d + i]
  }
  return [x, y]
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

function subtract(from: Float64Array, what: ArrayLike<number>, times: number): void {
  for (let i = 0; i < from.length; i++) from[i] -= times * what[i]
}

function normalise(vector: Float64Array): boolean {
  const length = Math.sqrt(dot(vector, vector))
  if (!(length > 1e-9)) return false
  for (let i = 0; i < vector.length; i++) vector[i] /= length
  return true
}

const mix = (a: Float64Array, b: Float64Array, [first, second]: readonly [number, number]) =>
  a.map((value, i) => first * value + second * b[i])

type Pair = [number, number]

/** Singular values, larger first, and vectors of [[a, b], [c, d]] by one Jacobi rotation of M Mᵀ. */
function svd2([a, b, c, d]: [number, number, number, number]) {
  const angle = 0.5 * Math.atan2(2 * (a * c + b * d), a * a + b * b - c * c - d * d)
  const left: [Pair, Pair] = [
    [Math.cos(angle), Math.sin(angle)],
    [-Math.sin(angle), Math.cos(angle)],
  ]
  const images = left.map(([p, q]): Pair => [p * a + q * c, p * b + q * d])
  const values = images.map(([p, q]) => Math.hypot(p, q))
  // A plane at right angles has no image: any direction at right angles to the other one does.
  const first: Pair = values[0] > 1e-12 ? [images[0][0] / values[0], images[0][1] / values[0]] : [1, 0]
  const second: Pair =
    values[1] > 1e-12 ? [images[1][0] / values[1], images[1][1] / values[1]] : [-first[1], first[0]]
  return { left, right: [first, second] as [Pair, Pair], values: values as Pair }
}
