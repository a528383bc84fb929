import { AppError } from '../../errors.ts'
import { enclosedMassLevels, type DensityGrid } from '../../numerics/density.ts'
import { contourMasses, type Density2d } from './density-2d.ts'
import type { Density1d } from './density-1d.ts'

export interface GridBox {
  min: readonly [number, number]
  max: readonly [number, number]
}

export interface GridPosterior {
  /** ln of the mean likelihood over the box: the evidence under a flat prior */
  logZ: number
  density: Density2d
  marginals: [Density1d, Density1d]
  /** Node of largest likelihood */
  best: { theta: [number, number]; logL: number }
}

/**
 * Posterior of two parameters on a regular grid, by the trapezoidal rule: the cross-check of a nested run.
 * Error falls with the square of the spacing, faster where the posterior dies away inside the box.
 *
 * @param nodes  per axis; the spacing must resolve the posterior
 */
export function* gridPosterior(
  logLikelihood: (theta: Float64Array) => number,
  { min, max }: GridBox,
  nodes = 201,
): Generator<{ done: number; total: number }, GridPosterior> {
  for (const k of [0, 1])
    if (!(min[k] < max[k]))
      throw new AppError(
        'input/invalid',
        `Axis ${k} of the grid runs from ${min[k]} to ${max[k]}; the minimum must lie below the maximum.`,
      )
  const step = [(max[0] - min[0]) / (nodes - 1), (max[1] - min[1]) / (nodes - 1)]
  const logL = new Float64Array(nodes * nodes)
  const theta = new Float64Array(2)
  let best = 0
  for (let row = 0; row < nodes; row++) {
    theta[1] = min[1] + row * step[1]
    for (let column = 0; column < nodes; column++) {
      theta[0] = min[0] + column * step[0]
      const at = row * nodes + column
      logL[at] = logLikelihood(theta)
      if (logL[at] > logL[best] || Number.isNaN(logL[at])) best = at
      if (Number.isNaN(logL[at]))
        throw new AppError(
          'statistics/bad-likelihood',
          `The log-likelihood is NaN at (${theta[0]}, ${theta[1]}). Check the data for NaN.`,
        )
    }
    yield { done: row + 1, total: nodes }
  }
  const top = logL[best]
  if (top === Number.NEGATIVE_INFINITY)
    throw new AppError(
      'statistics/bad-likelihood',
      `The log-likelihood is -Infinity on all ${nodes * nodes} nodes of the grid. Move the box to where the prediction is positive.`,
    )
  const values = logL.map((value) => Math.exp(value - top))
  const edge = (i: number) => (i === 0 || i === nodes - 1 ? 0.5 : 1)
  const rows = new Float64Array(nodes)
  const columns = new Float64Array(nodes)
  let total = 0
  for (let row = 0; row < nodes; row++)
    for (let column = 0; column < nodes; column++) {
      const value = values[row * nodes + column]
      columns[column] += edge(row) * value
      rows[row] += edge(column) * value
      total += edge(row) * edge(column) * value
    }
  const cell = step[0] * step[1]
  for (let i = 0; i < values.length; i++) values[i] /= total * cell
  const grid: DensityGrid = {
    xMin: min[0],
    xMax: max[0],
    yMin: min[1],
    yMax: max[1],
    columns: nodes,
    rows: nodes,
    values,
  }
  const marginal = (sums: Float64Array, k: number): Density1d => ({
    x: Float64Array.from({ length: nodes }, (_, i) => min[k] + i * step[k]),
    density: sums.map((value) => value / (total * step[k])),
    bandwidth: 0,
  })
  return {
    logZ: top + Math.log(total / (nodes - 1) ** 2),
    density: { ...grid, levels: enclosedMassLevels(grid, contourMasses), bandwidth: [0, 0] },
    marginals: [marginal(columns, 0), marginal(rows, 1)],
    best: {
      theta: [min[0] + (best % nodes) * step[0], min[1] + Math.floor(best / nodes) * step[1]],
      logL: top,
    },
  }
}
