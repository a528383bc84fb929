import { contourLines } from '../../numerics/contours.ts'
import { enclosedMassLevels, kernelDensity } from '../../numerics/density.ts'
import type { MapContour } from './types.ts'

/** Contours that enclose the given shares of the rows (of the masked rows, with a mask). */
export function densityContours(
  x: Float32Array,
  y: Float32Array,
  count: number,
  masses: readonly number[],
  options: { mask?: Uint8Array | null; nodes?: number } = {},
): MapContour[] {
  const { mask = null, nodes = 160 } = options
  const grid = kernelDensity(x, y, count, { columns: nodes, rows: nodes, mask })
  if (!grid) return []
  const levels = enclosedMassLevels(grid, masses)
  return masses.map((mass, k) => ({ mass, lines: contourLines(grid, levels[k]) }))
}
