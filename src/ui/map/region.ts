import { mostVertices } from '../../share/map-limits.ts'
import type { MapRegion } from '../../share/map-schema.ts'
import { selectBox, selectPolygon, type Selection } from './select.ts'

/** Digits of corners: links stay short and no point changes sides visibly. */
const round = (value: number): number => Number(value.toPrecision(5))

/** What was drawn on a map, as an intent keeps it. */
export function regionOf(drawn: Selection): MapRegion {
  if (drawn.kind === 'polygon')
    return {
      kind: 'polygon',
      points: thin(drawn.points).map(([x, y]): [number, number] => [round(x), round(y)]),
    }
  const { xMin, yMin, xMax, yMax } = drawn.bounds
  return { kind: 'box', x0: round(xMin), y0: round(yMin), x1: round(xMax), y1: round(yMax) }
}

/** @returns mask [count], 1 for points of the region */
export function regionMask(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  count: number,
  region: MapRegion,
): Uint8Array {
  if (region.kind === 'polygon') return selectPolygon(x, y, count, region.points)
  const { x0, y0, x1, y1 } = region
  return selectBox(x, y, count, {
    xMin: Math.min(x0, x1),
    xMax: Math.max(x0, x1),
    yMin: Math.min(y0, y1),
    yMax: Math.max(y0, y1),
  })
}

/** At most as many vertices as a link carries, evenly taken. */
function thin(points: [number, number][]): [number, number][] {
  const step = Math.ceil(points.length / mostVertices)
  return points.filter((_, i) => i % step === 0)
}
