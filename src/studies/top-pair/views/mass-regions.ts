import { contourLines } from '../../../numerics/contours.ts'
import type { DensityGrid } from '../../../numerics/density.ts'

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
 * is framed by nodes of zero density, a hair outside.
 */
export function massRegion(grid: DensityGrid, level: number): Region {
  const lines = contourLines(framed(grid), level)
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
