import type { DensityGrid } from './density.ts'

/**
 * Lines of equal value on a grid by marching squares with linear interpolation along the cell edges; saddles
 * are decided by the mean of the four corners. Higher values lie to the left of the direction of travel.
 *
 * @returns polylines [x0, y0, x1, y1, ...] in data units; a closed one repeats its first vertex
 */
export function contourLines(grid: DensityGrid, level: number): Float64Array[] {
  const { columns, rows, values } = grid
  // Every crossed edge is left by one segment and entered by another: a map of edges is the whole drawing.
  const next = new Map<number, number>()
  const entered = new Set<number>()
  for (let row = 0; row < rows - 1; row++)
    for (let column = 0; column < columns - 1; column++) {
      const at = row * columns + column
      const bl = values[at]
      const br = values[at + 1]
      const tl = values[at + columns]
      const tr = values[at + columns + 1]
      const corners = +(bl >= level) | (+(br >= level) << 1) | (+(tr >= level) << 2) | (+(tl >= level) << 3)
      if (corners === 0 || corners === 15) continue
      const edges = [2 * at, 2 * (at + 1) + 1, 2 * (at + columns), 2 * at + 1] // bottom, right, top, left
      const high = (bl + br + tl + tr) / 4 >= level
      for (const [from, to] of segments(corners, high)) {
        next.set(edges[from], edges[to])
        entered.add(edges[to])
      }
    }
  const lines: Float64Array[] = []
  const trace = (start: number): void => {
    const line: number[] = []
    let edge: number | undefined = start
    while (edge !== undefined) {
      pushCrossing(line, grid, level, edge)
      const following = next.get(edge)
      next.delete(edge)
      edge = following
    }
    lines.push(Float64Array.from(line))
  }
  for (const start of [...next.keys()]) if (!entered.has(start)) trace(start)
  for (const start of [...next.keys()]) if (next.has(start)) trace(start)
  return lines
}

const [B, R, T, L] = [0, 1, 2, 3]

/** Segments of one cell, high corners to the left; bit 0 bottom left, then counter-clockwise. */
function segments(corners: number, highCentre: boolean): [number, number][] {
  switch (corners) {
    case 1:
      return [[B, L]]
    case 2:
      return [[R, B]]
    case 3:
      return [[R, L]]
    case 4:
      return [[T, R]]
    case 5:
      return highCentre
        ? [
            [B, R],
            [T, L],
          ]
        : [
            [B, L],
            [T, R],
          ]
    case 6:
      return [[T, B]]
    case 7:
      return [[T, L]]
    case 8:
      return [[L, T]]
    case 9:
      return [[B, T]]
    case 10:
      return highCentre
        ? [
            [L, B],
            [R, T],
          ]
        : [
            [R, B],
            [L, T],
          ]
    case 11:
      return [[R, T]]
    case 12:
      return [[L, R]]
    case 13:
      return [[B, R]]
    default:
      return [[L, B]]
  }
}

/** An edge is numbered 2 node (to the right of its node) or 2 node + 1 (above it). */
function pushCrossing(line: number[], grid: DensityGrid, level: number, edge: number): void {
  const { columns, rows, values } = grid
  const node = edge >> 1
  const other = edge & 1 ? node + columns : node + 1
  const t = (level - values[node]) / (values[other] - values[node])
  const column = (node % columns) + (edge & 1 ? 0 : t)
  const row = Math.floor(node / columns) + (edge & 1 ? t : 0)
  line.push(
    grid.xMin + (column / (columns - 1)) * (grid.xMax - grid.xMin),
    grid.yMin + (row / (rows - 1)) * (grid.yMax - grid.yMin),
  )
}
