import { tableOfPoints } from '../../../../dataset/points-file.ts'
import { createRng, type Rng } from '../../../../numerics/rng.ts'
import { principalAxes, project } from '../../../../statistics/gaussian-limit.ts'

export const axisNames = ['x1', 'x2', 'x3', 'x4']
export const dimensions = axisNames.length
export const classNames = ['first', 'second', 'third', 'from the file'] as const

/** Files of points of one's own. */
export const pointsFile = tableOfPoints(axisNames)

/** Centres of the classes that are drawn, in units of their common width. */
const centres = [3, 0, 0, 0, 0, 3, 0, 1, 0, 0, 3, -1]

export interface BlobsRequest {
  seed: number
  perClass: number
  /** Further points, put on the same map. */
  dropped: Float64Array // [n, 4]
}

export interface Blobs {
  count: number
  values: Float64Array // [count, 4]
  kind: Uint8Array // [count], place in classNames
  /** Along the first two principal axes of the points that were drawn. */
  xy: Float64Array // [count, 2]
}

/** Points of the three classes in turn. @returns [3 perClass, 4] and the class of each */
export function drawClasses(rng: Rng, perClass: number): { values: number[]; classes: number[] } {
  const classes = Array.from({ length: 3 * perClass }, (_, i) => i % 3)
  const point = (c: number) => axisNames.map((_, j) => centres[c * dimensions + j] + rng.normal())
  return { values: classes.flatMap(point), classes }
}

/** Draws the classes and lays all points on a map. */
export async function drawBlobs({ seed, perClass, dropped }: BlobsRequest): Promise<Blobs> {
  const drawn = drawClasses(createRng(seed).split('blobs'), perClass)
  const values = Float64Array.from([...drawn.values, ...dropped])
  const count = values.length / dimensions
  const kind = Uint8Array.from({ length: count }, (_, i) => drawn.classes[i] ?? 3)
  const axes = principalAxes(Float64Array.from(drawn.values), 3 * perClass, dimensions)
  return { count, values, kind, xy: project(axes, values, count, dimensions, 2) }
}
