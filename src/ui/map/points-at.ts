import type { MapPoints } from './types.ts'

/** @param xy  [points, 2] row-major */
export function pointsAt(xy: ArrayLike<number>): MapPoints {
  const count = xy.length / 2
  const axis = (k: number) => Float32Array.from({ length: count }, (_, i) => xy[2 * i + k])
  return { x: axis(0), y: axis(1), count, version: 0 }
}
