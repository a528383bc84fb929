import type { Polygon } from '../../numerics/polygon.ts'
import type { Bounds } from '../../numerics/histogram.ts'

/** A region of the map; travels in links instead of the rows it holds. */
export type Selection = { kind: 'polygon'; points: [number, number][] } | { kind: 'box'; bounds: Bounds }

/** How a new region acts on the selection that is there (Shift adds, Alt takes away). */
export type SelectionMode = 'replace' | 'add' | 'subtract'

const gridSize = 128
const outside = 0
const inside = 1
const border = 2

/**
 * Rows inside a polygon, exactly as `containsPoint` has it, for all rows. The polygon's bounding box is cut
 * into 128 x 128 cells: only rows in a cell that an edge passes through need the exact test, and that with the
 * edges of their own row of cells alone. The other cells are decided once, at their centre.
 *
 * @returns mask [count], 1 inside. Rows that are not finite are never inside.
 */
export function selectPolygon(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  count: number,
  polygon: Polygon,
): Uint8Array {
  const mask = new Uint8Array(count)
  const bounds = polygonBounds(polygon)
  if (polygon.length < 3 || !(bounds.xMax > bounds.xMin) || !(bounds.yMax > bounds.yMin)) return mask
  const { xMin, xMax, yMin, yMax } = bounds
  const xScale = gridSize / (xMax - xMin)
  const yScale = gridSize / (yMax - yMin)
  const { cells, edgesOfRow } = rasterise(polygon, bounds, xScale, yScale)
  for (let i = 0; i < count; i++) {
    const px = x[i]
    const py = y[i]
    if (!(px >= xMin && px <= xMax && py >= yMin && py <= yMax)) continue
    const row = Math.min(gridSize - 1, ((py - yMin) * yScale) | 0)
    const cell = cells[row * gridSize + Math.min(gridSize - 1, ((px - xMin) * xScale) | 0)]
    if (cell === border) mask[i] = crossingsToTheRight(edgesOfRow[row], px, py)
    else mask[i] = cell
  }
  return mask
}

/** Rows inside a rectangle, its border included. */
export function selectBox(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  count: number,
  { xMin, xMax, yMin, yMax }: Bounds,
): Uint8Array {
  const mask = new Uint8Array(count)
  for (let i = 0; i < count; i++) mask[i] = +(x[i] >= xMin && x[i] <= xMax && y[i] >= yMin && y[i] <= yMax)
  return mask
}

export function selectRegion(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  count: number,
  region: Selection,
): Uint8Array {
  return region.kind === 'box'
    ? selectBox(x, y, count, region.bounds)
    : selectPolygon(x, y, count, region.points)
}

/** A new mask; the shorter of two masks counts as zero beyond its end. */
export function combineMasks(previous: Uint8Array | null, next: Uint8Array, mode: SelectionMode): Uint8Array {
  if (mode === 'replace' || !previous) return mode === 'subtract' ? new Uint8Array(next.length) : next.slice()
  const result = new Uint8Array(Math.max(previous.length, next.length))
  result.set(previous)
  for (let i = 0; i < next.length; i++) if (next[i]) result[i] = mode === 'add' ? 1 : 0
  return result
}

export function countSelected(mask: Uint8Array | null): number {
  if (!mask) return 0
  let sum = 0
  for (let i = 0; i < mask.length; i++) sum += +(mask[i] !== 0)
  return sum
}

function polygonBounds(polygon: Polygon): Bounds {
  const bounds = { xMin: Infinity, xMax: -Infinity, yMin: Infinity, yMax: -Infinity }
  for (const [x, y] of polygon) {
    bounds.xMin = Math.min(bounds.xMin, x)
    bounds.xMax = Math.max(bounds.xMax, x)
    bounds.yMin = Math.min(bounds.yMin, y)
    bounds.yMax = Math.max(bounds.yMax, y)
  }
  return bounds
}

/** Edges as [xi, yi, xj, yj] of one row of cells; the same arithmetic as `containsPoint`, so the same answer. */
function crossingsToTheRight(edges: number[], x: number, y: number): number {
  let parity = 0
  for (let k = 0; k < edges.length; k += 4) {
    const yi = edges[k + 1]
    const yj = edges[k + 3]
    if (yi > y !== yj > y && x < edges[k] + ((y - yi) / (yj - yi)) * (edges[k + 2] - edges[k])) parity ^= 1
  }
  return parity
}

function rasterise(polygon: Polygon, bounds: Bounds, xScale: number, yScale: number) {
  const { xMin, yMin } = bounds
  const edgesOfRow: number[][] = Array.from({ length: gridSize }, () => [])
  const cells = new Uint8Array(gridSize * gridSize)
  // A cell's width to either side covers every rounding error: a border cell too many costs time, not truth.
  const clamp = (v: number): number => Math.min(gridSize - 1, Math.max(0, Math.floor(v)))
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]
    const [xj, yj] = polygon[j]
    const [u0, u1, v0, v1] = [xi, xj, yi, yj].map((value, k) =>
      k < 2 ? (value - xMin) * xScale : (value - yMin) * yScale,
    )
    const from = clamp(Math.min(v0, v1) - 0.01)
    const to = clamp(Math.max(v0, v1) + 0.01)
    for (let row = from; row <= to; row++) {
      edgesOfRow[row].push(xi, yi, xj, yj)
      const t0 = v1 === v0 ? 0 : Math.min(1, Math.max(0, (row - v0) / (v1 - v0)))
      const t1 = v1 === v0 ? 1 : Math.min(1, Math.max(0, (row + 1 - v0) / (v1 - v0)))
      const ua = u0 + t0 * (u1 - u0)
      const ub = u0 + t1 * (u1 - u0)
      const first = clamp(Math.min(ua, ub) - 0.01)
      const last = clamp(Math.max(ua, ub) + 0.01)
      cells.fill(border, row * gridSize + first, row * gridSize + last + 1)
    }
  }
  for (let row = 0; row < gridSize; row++) {
    let known = outside
    let decided = false
    for (let column = 0; column < gridSize; column++) {
      const at = row * gridSize + column
      if (cells[at] === border) {
        decided = false
        continue
      }
      // Cells between two border cells share one answer.
      if (!decided) {
        const centreX = xMin + (column + 0.5) / xScale
        const centreY = yMin + (row + 0.5) / yScale
        known = crossingsToTheRight(edgesOfRow[row], centreX, centreY) ? inside : outside
        decided = true
      }
      cells[at] = known
    }
  }
  return { cells, edgesOfRow }
}
