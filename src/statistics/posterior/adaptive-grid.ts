import { AppError } from '../../errors.ts'
import type { Rng } from '../../numerics/rng.ts'

export interface AdaptiveGrid {
  /** ln of the mean likelihood over the box: the evidence under a flat prior */
  logZ: number
  /** Node of largest likelihood */
  best: { theta: Float64Array; logL: number }
  evaluations: number
  /** The cells that matter are finer than asked for. */
  resolved: boolean
  /** Equally weighted draws [count, d] from the density interpolated inside cells, and ln of that density in units of L. */
  draw(count: number, rng: Rng): { theta: Float64Array; logL: Float64Array }
}

export interface AdaptiveGridOptions {
  /** Cells per axis to begin with: the widest hill that may be missed is a few of them. */
  cells?: number
  /** Depth of ln L below the summit that counts as nothing. */
  depth?: number
  /** Largest difference of ln L inside a cell within 2 of the summit: 0.7 is about a quarter of a standard deviation. */
  spread?: number
  /** Halvings at most; with 32 cells 8 of them resolve a posterior of 1e-3 of the box. */
  halvings?: number
  /** No more halving beyond so many nodes. */
  nodes?: number
}

interface Cells {
  column: Int32Array
  row: Int32Array
}

/**
 * The exact posterior of one or two parameters under a flat prior, without sampling: cells whose corners, by the slope
 * inside them, might come near the summit are halved until ln L hardly changes inside. The evidence is the trapezoidal sum
 * over what is left, which for a smooth hill is far better than its spacing suggests.
 *
 * @param logLikelihoods  rows of thetas [count, d] at once
 */
export function adaptiveGrid(
  logLikelihoods: (thetas: Float64Array, count: number, out: Float64Array) => void,
  { min, max }: { min: ArrayLike<number>; max: ArrayLike<number> },
  options: AdaptiveGridOptions = {},
): AdaptiveGrid {
  const { cells: first = 32, depth = 14, spread = 0.7, halvings = 8, nodes: most = 50_000 } = options
  const d = min.length
  checkBox(min, max)
  const finest = first * 2 ** halvings
  const stride = finest + 1
  const nodes = new Map<number, number>()
  let top = Number.NEGATIVE_INFINITY
  let topNode = 0

  const at = (node: number, k: number): number =>
    min[k] + ((max[k] - min[k]) * (k === 0 ? node % stride : Math.floor(node / stride))) / finest

  function evaluate(wanted: number[]): void {
    const thetas = new Float64Array(wanted.length * d)
    wanted.forEach((node, i) => {
      for (let k = 0; k < d; k++) thetas[i * d + k] = at(node, k)
    })
    const values = new Float64Array(wanted.length)
    logLikelihoods(thetas, wanted.length, values)
    wanted.forEach((node, i) => {
      if (!(values[i] < Infinity))
        throw new AppError(
          'statistics/bad-likelihood',
          `The log-likelihood is ${values[i]} at (${thetas.subarray(i * d, (i + 1) * d).join(', ')}). Check the data for NaN.`,
        )
      nodes.set(node, values[i])
      if (values[i] > top) {
        top = values[i]
        topNode = node
      }
    })
  }

  const cornersOf = (column: number, row: number, step: number): number[] => {
    const low = row * step * stride + column * step
    return d === 1 ? [low, low + step] : [low, low + step, low + step * stride, low + step * stride + step]
  }

  let level = 0
  let cells = allCells(first, d)
  let resolved = false
  for (;;) {
    const step = finest / (first * 2 ** level)
    const wanted = new Set<number>()
    for (let i = 0; i < cells.column.length; i++)
      for (const node of cornersOf(cells.column[i], cells.row[i], step))
        if (!nodes.has(node)) wanted.add(node)
    evaluate([...wanted])
    if (top === Number.NEGATIVE_INFINITY)
      throw new AppError(
        'statistics/bad-likelihood',
        `The log-likelihood is -Infinity on all ${nodes.size} nodes of the grid. Move the box to where the prediction is positive.`,
      )
    resolved = true
    const keep: number[] = []
    for (let i = 0; i < cells.column.length; i++) {
      let high = Number.NEGATIVE_INFINITY
      let low = Infinity
      for (const node of cornersOf(cells.column[i], cells.row[i], step)) {
        const value = nodes.get(node)!
        if (value > high) high = value
        if (value < low) low = value
      }
      if (high === Number.NEGATIVE_INFINITY) continue
      // At the border of what is forbidden no cell is ever fine enough.
      const border = low === Number.NEGATIVE_INFINITY
      const rise = border ? depth : high - low
      if (high + rise <= top - depth) continue
      keep.push(i)
      if (high > top - 2 && rise > spread && !border) resolved = false
    }
    cells = withNeighbours(cells, keep, first * 2 ** level)
    if (resolved || level === halvings || nodes.size > most) break
    cells = halved(cells, d)
    level++
  }

  const step = finest / (first * 2 ** level)
  const count = cells.column.length
  const cumulative = new Float64Array(count)
  let sum = 0
  for (let i = 0; i < count; i++) {
    const corners = cornersOf(cells.column[i], cells.row[i], step)
    for (const node of corners) sum += Math.exp(nodes.get(node)! - top) / corners.length
    cumulative[i] = sum
  }

  function draw(wanted: number, rng: Rng): { theta: Float64Array; logL: Float64Array } {
    const theta = new Float64Array(wanted * d)
    const logL = new Float64Array(wanted)
    for (let i = 0; i < wanted; i++) {
      const target = rng.uniform() * sum
      let low = 0
      let high = count - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (cumulative[middle] > target) high = middle
        else low = middle + 1
      }
      const corners = cornersOf(cells.column[low], cells.row[low], step)
      const f = corners.map((node) => Math.exp(nodes.get(node)! - top))
      const peak = Math.max(...f)
      let [u, v] = [0, 0]
      for (;;) {
        u = rng.uniform()
        v = d === 1 ? 0 : rng.uniform()
        const below = f[0] + (f[1] - f[0]) * u
        const above = d === 1 ? below : f[2] + (f[3] - f[2]) * u
        const density = below + (above - below) * v
        if (rng.uniform() * peak >= density) continue
        logL[i] = top + Math.log(density)
        break
      }
      const size = (k: number): number => ((max[k] - min[k]) * step) / finest
      theta[i * d] = at(corners[0], 0) + u * size(0)
      if (d === 2) theta[i * d + 1] = at(corners[0], 1) + v * size(1)
    }
    return { theta, logL }
  }

  return {
    logZ: top + Math.log(sum / (first * 2 ** level) ** d),
    best: { theta: Float64Array.from({ length: d }, (_, k) => at(topNode, k)), logL: top },
    evaluations: nodes.size,
    resolved,
    draw,
  }
}

function checkBox(min: ArrayLike<number>, max: ArrayLike<number>): void {
  if (min.length < 1 || min.length > 2)
    throw new AppError('input/invalid', `A grid takes 1 or 2 parameters, got ${min.length}.`)
  for (let k = 0; k < min.length; k++)
    if (!(min[k] < max[k]))
      throw new AppError(
        'input/invalid',
        `Axis ${k} of the grid runs from ${min[k]} to ${max[k]}; the minimum must lie below the maximum.`,
      )
}

function allCells(perAxis: number, d: number): Cells {
  const count = perAxis ** d
  return {
    column: Int32Array.from({ length: count }, (_, i) => i % perAxis),
    row: Int32Array.from({ length: count }, (_, i) => Math.floor(i / perAxis)),
  }
}

/** The kept cells and those beside them, as far as they were not given up before. */
function withNeighbours({ column, row }: Cells, keep: number[], perAxis: number): Cells {
  const known = new Map<number, number>()
  for (let i = 0; i < column.length; i++) known.set(row[i] * perAxis + column[i], i)
  const chosen = new Set<number>()
  for (const i of keep)
    for (let dr = -1; dr <= 1; dr++)
      for (let dc = -1; dc <= 1; dc++) {
        const c = column[i] + dc
        if (c < 0 || c >= perAxis) continue
        const neighbour = known.get((row[i] + dr) * perAxis + c)
        if (neighbour !== undefined) chosen.add(neighbour)
      }
  const list = [...chosen]
  return { column: Int32Array.from(list, (i) => column[i]), row: Int32Array.from(list, (i) => row[i]) }
}

function halved({ column, row }: Cells, d: number): Cells {
  const parts = 2 ** d
  const count = column.length * parts
  return {
    column: Int32Array.from({ length: count }, (_, i) => 2 * column[Math.floor(i / parts)] + (i & 1)),
    row: Int32Array.from({ length: count }, (_, i) => 2 * row[Math.floor(i / parts)] + ((i & 2) >> 1)),
  }
}
