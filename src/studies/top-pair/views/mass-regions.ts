import { contourLines } from '../../../numerics/contours.ts'
import type { DensityGrid } from '../../../numerics/density.ts'
import { crossingsAt, polygonArea } from '../../../numerics/polygon.ts'

/** Share of the mass below which a piece of a region is noise of the samples, not a mode: none is listed that is lighter. */
export const lightestPiece = 0.005

interface Vertex {
  x: number
  y: number
}

/** The border of a highest-density region as closed polygons, separated by null: what plotly fills. */
export interface Region {
  x: (number | null)[]
  y: (number | null)[]
  /** Extreme vertices, where labels stand; null for an empty region. */
  top: Vertex | null
  bottom: Vertex | null
  left: Vertex | null
}

/**
 * All points whose density exceeds the level. A region that a wall of the prior cuts is closed along the wall: the grid
 * is framed by nodes of zero density, a hair outside. Islands of less than `lightestPiece` of the mass are left out.
 */
export function massRegion(grid: DensityGrid, level: number): Region {
  const lines = withoutIslands(contourLines(framed(grid), level), grid)
  const region: Region = { x: [], y: [], top: null, bottom: null, left: null }
  for (const line of lines) {
    if (line.length < 6) continue
    if (region.x.length > 0) {
      region.x.push(null)
      region.y.push(null)
    }
    for (let i = 0; i < line.length; i += 2) {
      // Vertices on the frame belong to the wall.
      const x = Math.min(grid.xMax, Math.max(grid.xMin, line[i]))
      const y = Math.min(grid.yMax, Math.max(grid.yMin, line[i + 1]))
      region.x.push(x)
      region.y.push(y)
      if (!region.top || y > region.top.y) region.top = { x, y }
      if (!region.bottom || y < region.bottom.y) region.bottom = { x, y }
      if (!region.left || x < region.left.x) region.left = { x, y }
    }
  }
  return region
}

/** Pieces that hold mass, and the holes in them; a single piece stays whatever it holds. */
function withoutIslands(lines: Float64Array[], grid: DensityGrid): Float64Array[] {
  if (lines.length < 2) return lines
  const total = grid.values.reduce((sum, value) => sum + value, 0)
  return lines.filter((line) => {
    const polygon = Array.from({ length: line.length / 2 }, (_, i): [number, number] => [
      line[2 * i],
      line[2 * i + 1],
    ])
    // Higher values lie to the left: round a hole the other way about.
    return polygonArea(polygon) < 0 || massInside(polygon, grid) >= lightestPiece * total
  })
}

/** Sum of the nodes in a polygon. */
function massInside(
  polygon: readonly [number, number][],
  { xMin, xMax, yMin, yMax, columns, rows, values }: DensityGrid,
): number {
  const [dx, dy] = [(xMax - xMin) / (columns - 1), (yMax - yMin) / (rows - 1)]
  const span = (k: 0 | 1, from: number, step: number, most: number): [number, number] => {
    const all = polygon.map((vertex) => vertex[k])
    const [low, high] = [Math.min(...all), Math.max(...all)]
    return [Math.max(0, Math.floor((low - from) / step)), Math.min(most, Math.ceil((high - from) / step))]
  }
  const [left, right] = span(0, xMin, dx, columns - 1)
  const [bottom, top] = span(1, yMin, dy, rows - 1)
  let sum = 0
  for (let row = bottom; row <= top; row++) {
    const crossings = crossingsAt(polygon, yMin + row * dy)
    let passed = 0
    for (let column = left; column <= right; column++) {
      while (crossings[passed] <= xMin + column * dx) passed++
      if ((crossings.length - passed) % 2 === 1) sum += values[row * columns + column]
    }
  }
  return sum
}

function framed({ xMin, xMax, yMin, yMax, columns, rows, values }: DensityGrid): DensityGrid {
  const dx = (xMax - xMin) / (columns - 1)
  const dy = (yMax - yMin) / (rows - 1)
  const wide = columns + 2
  const out = new Float64Array(wide * (rows + 2))
  for (let row = 0; row < rows; row++)
    out.set(values.subarray(row * columns, (row + 1) * columns), (row + 1) * wide + 1)
  return {
    xMin: xMin - dx,
    xMax: xMax + dx,
    yMin: yMin - dy,
    yMax: yMax + dy,
    columns: wide,
    rows: rows + 2,
    values: out,
  }
}
