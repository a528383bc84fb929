import type { ToyRegion } from '../analysis/fit/fit-jobs.ts'
import type { DensityGrid } from '../../../numerics/density.ts'
import { massRegion, type Region } from './mass-regions.ts'

/** Share of toys beyond which a point is excluded at 95 %. */
const excluded = 0.05

/** The joint 95 % set of two coefficients, the first along x; null for one. */
export function jointRegion({ axes, pValues }: Pick<ToyRegion, 'axes' | 'pValues'>): Region | null {
  if (axes.length !== 2) return null
  const [x, y] = axes
  const grid: DensityGrid = {
    ...{ xMin: x[0], xMax: x[x.length - 1], yMin: y[0], yMax: y[y.length - 1] },
    ...{ columns: x.length, rows: y.length },
    values: Float64Array.from({ length: x.length * y.length }, (_, at) => {
      const p = pValues[(at % x.length) * y.length + Math.floor(at / x.length)]
      return Number.isFinite(p) ? p : 0
    }),
  }
  return massRegion(grid, excluded)
}

/** From where to where the 95 % set reaches along one coefficient; null where it is empty. */
export function regionExtent(
  region: Pick<ToyRegion, 'axes' | 'pValues'>,
  k: number,
): { low: number; high: number } | null {
  const joint = jointRegion(region)
  const values = joint
    ? (k === 0 ? joint.x : joint.y).filter((value) => value !== null)
    : edges(region.axes[0], region.pValues)
  return values.length > 0 ? { low: Math.min(...values), high: Math.max(...values) } : null
}

/** Where p crosses on a line, and its ends where they are not excluded. */
function edges(x: Float64Array, p: Float64Array): number[] {
  const found: number[] = []
  x.forEach((value, i) => {
    if (p[i] >= excluded && (i === 0 || i === x.length - 1)) found.push(value)
    if (i === 0 || p[i] >= excluded === p[i - 1] >= excluded) return
    found.push(x[i - 1] + ((value - x[i - 1]) * (excluded - p[i - 1])) / (p[i] - p[i - 1]))
  })
  return found
}
