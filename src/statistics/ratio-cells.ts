import { AppError } from '../errors.ts'
import { dotTerms, pullBack, termsFor, termValues, type PolynomialOrder } from './likelihood/terms.ts'

/**
 * A division of feature space into cells by what learned ratios say, with the ratio of each cell taken from weighted events.
 *
 * The number of the cell is a summary of an event. Its distribution is known from simulation for every c, whatever the networks
 * are worth: r(cell, c) = sum of w(c)/sum of w(0) over simulated events. A likelihood of cells is therefore a right one, positive
 * and with the right rates; a bad network costs information, not coverage. Source of the idea, for one classifier's output:
 * Cranmer, Pavez, Louppe 1506.02169, sec. 2.
 */
export interface RatioCells {
  tree: CellTree
  ratios: Float64Array // [cells, terms], first column 1
  /** Events in units of the SM that each cell rests on: (sum w)^2/sum w^2. */
  effectiveEvents: Float64Array // [cells]
}

/** Scores at a few coefficients are cut in two again and again. */
export interface CellTree {
  coefficients: number
  order: PolynomialOrder
  /** Where scores d ln r/dc_j are taken, in the order of the coordinates: all of the first point, then of the next. */
  points: number[][]
  /** Per node the coordinate that is cut, or -1 in a cell. */
  coordinate: Int16Array
  threshold: Float64Array
  /** The node below the threshold, the other one follows it; in a cell its number. */
  next: Int32Array
  cells: number
}

export interface CellOptions {
  coefficients: number
  order: PolynomialOrder
  points: number[][]
  /** At most. */
  cells: number
  /** Fewest rows in a cell. */
  rowsPerCell: number
}

/** A learned ratio below this counts as this where a score is taken: scores are then finite. */
const smallestRatio = 1e-3

/** Scores further out, in standard deviations, count as this. */
const largestScore = 10

/** Scores of rows of learned ratios; the weights of rows at each point. */
function scoreTable(
  { coefficients: n, order, points }: Pick<CellTree, 'coefficients' | 'order' | 'points'>,
  ratios: Float64Array,
) {
  const terms = termsFor(n, order)
  const rows = ratios.length / terms
  const width = n * points.length
  const monomials = points.map((c) => termValues(c, n, order, new Float64Array(terms)))
  const byTerm = new Float64Array(terms)
  const slope = new Float64Array(n)
  /** Fills scores [points, n] of one row and its ratios at the points. */
  const fill = (
    row: number,
    scores: Float64Array | Float32Array,
    at: number,
    density: Float64Array,
  ): void => {
    byTerm.set(ratios.subarray(row * terms, (row + 1) * terms))
    for (let m = 0; m < points.length; m++) {
      const r = Math.max(smallestRatio, dotTerms(byTerm, 0, monomials[m]))
      density[m] = r
      pullBack(points[m], n, order, byTerm, slope)
      for (let j = 0; j < n; j++) scores[at + m * n + j] = slope[j] / r
    }
  }
  return { rows, width, fill }
}

/**
 * Divides until there are enough cells: always the cell and the score in which most of the Fisher information is lost that the
 * learned ratios promise, relative to all of it, at the weighted mean. Only learned ratios and weights of the SM are used, so
 * that events which later fill the cells decide nothing.
 *
 * @param ratios   learned, [rows, terms], first column 1
 * @param weights  of the SM [rows]
 */
export function buildCells(ratios: Float64Array, weights: ArrayLike<number>, options: CellOptions): CellTree {
  const { coefficients: n, order, points, cells: wanted, rowsPerCell } = options
  const { rows, width, fill } = scoreTable(options, ratios)
  if (rows < 2 * rowsPerCell)
    throw new AppError(
      'input/invalid',
      `${rows} events cannot be divided into cells of ${rowsPerCell}. Simulate more, or loosen the cuts.`,
      { rows, rowsPerCell },
    )
  const scores = new Float32Array(rows * width)
  const density = new Float64Array(rows * points.length)
  const r = new Float64Array(points.length)
  for (let i = 0; i < rows; i++) {
    fill(i, scores, i * width, r)
    for (let m = 0; m < points.length; m++) density[i * points.length + m] = weights[i] * r[m]
  }
  const information = standardise(scores, density, rows, width, n)

  interface Leaf {
    node: number
    from: number
    to: number
    coordinate: number
    threshold: number
    loss: number
  }
  const byCell = Uint32Array.from({ length: rows }, (_, i) => i)
  const coordinate: number[] = []
  const threshold: number[] = []
  const next: number[] = []
  const addNode = (): number => {
    next.push(-1)
    threshold.push(0)
    return coordinate.push(-1) - 1
  }
  const sums = { w: new Float64Array(points.length), t: new Float64Array(width), tt: new Float64Array(width) }
  const leafOf = (node: number, from: number, to: number): Leaf => {
    const { w, t, tt } = sums
    w.fill(0)
    t.fill(0)
    tt.fill(0)
    for (let at = from; at < to; at++) {
      const i = byCell[at]
      for (let m = 0, k = 0; m < points.length; m++) {
        const p = density[i * points.length + m]
        w[m] += p
        for (let j = 0; j < n; j++, k++) {
          const score = scores[i * width + k]
          t[k] += p * score
          tt[k] += p * score * score
        }
      }
    }
    const leaf: Leaf = { node, from, to, coordinate: -1, threshold: 0, loss: 0 }
    if (to - from < 2 * rowsPerCell) return leaf
    for (let k = 0; k < width; k++) {
      const total = w[Math.floor(k / n)]
      if (!(total > 0 && information[k] > 0)) continue
      const loss = (tt[k] - t[k] ** 2 / total) / information[k]
      if (loss > leaf.loss) Object.assign(leaf, { loss, coordinate: k, threshold: t[k] / total })
    }
    return leaf
  }

  const open = createHeap<Leaf>((leaf) => leaf.loss)
  open.push(leafOf(addNode(), 0, rows))
  let cells = 1
  while (cells < wanted && open.size() > 0) {
    const leaf = open.pop()
    if (leaf.coordinate < 0) continue
    const middle = partition(byCell, leaf, (i) => scores[i * width + leaf.coordinate] < leaf.threshold)
    if (middle - leaf.from < rowsPerCell || leaf.to - middle < rowsPerCell) continue
    const below = addNode()
    const above = addNode()
    coordinate[leaf.node] = leaf.coordinate
    threshold[leaf.node] = leaf.threshold
    next[leaf.node] = below
    open.push(leafOf(below, leaf.from, middle))
    open.push(leafOf(above, middle, leaf.to))
    cells++
  }
  let number = 0
  coordinate.forEach((k, node) => {
    if (k < 0) next[node] = number++
  })
  return {
    coefficients: n,
    order,
    points: points.map((c) => [...c]),
    coordinate: Int16Array.from(coordinate),
    threshold: Float64Array.from(threshold),
    next: Int32Array.from(next),
    cells,
  }
}

/** Holds scores to ten standard deviations and returns the sum of squares about the mean of each. */
function standardise(
  scores: Float32Array,
  density: Float64Array,
  rows: number,
  width: number,
  n: number,
): Float64Array {
  const points = width / n
  const information = new Float64Array(width)
  for (let k = 0; k < width; k++) {
    const m = Math.floor(k / n)
    let w = 0
    let t = 0
    let tt = 0
    for (let i = 0; i < rows; i++) {
      const p = density[i * points + m]
      w += p
      t += p * scores[i * width + k]
      tt += p * scores[i * width + k] ** 2
    }
    const mean = t / w
    information[k] = tt - t * mean
    const reach = largestScore * Math.sqrt(information[k] / w)
    for (let i = k; i < rows * width; i += width)
      scores[i] = Math.max(mean - reach, Math.min(mean + reach, scores[i]))
  }
  return information
}

/** Rows for which `below` holds come first; returns where the others begin. */
function partition(
  order: Uint32Array,
  { from, to }: { from: number; to: number },
  below: (row: number) => boolean,
): number {
  let middle = from
  for (let at = from; at < to; at++) {
    const row = order[at]
    if (!below(row)) continue
    order[at] = order[middle]
    order[middle++] = row
  }
  return middle
}

function createHeap<T>(keyOf: (item: T) => number) {
  const items: T[] = []
  const swap = (a: number, b: number): void => {
    ;[items[a], items[b]] = [items[b], items[a]]
  }
  return {
    size: () => items.length,
    push(item: T): void {
      let at = items.push(item) - 1
      for (let up = (at - 1) >> 1; at > 0 && keyOf(items[up]) < keyOf(items[at]); up = (at - 1) >> 1) {
        swap(at, up)
        at = up
      }
    },
    pop(): T {
      swap(0, items.length - 1)
      const top = items.pop()!
      for (let at = 0; ;) {
        let largest = at
        for (const child of [2 * at + 1, 2 * at + 2])
          if (child < items.length && keyOf(items[child]) > keyOf(items[largest])) largest = child
        if (largest === at) return top
        swap(at, largest)
        at = largest
      }
    },
  }
}

/** The cell of each row of learned ratios. */
export function cellsOf(tree: CellTree, ratios: Float64Array): Int32Array {
  const { rows, width, fill } = scoreTable(tree, ratios)
  const scores = new Float64Array(width)
  const density = new Float64Array(tree.points.length)
  const { coordinate, threshold, next } = tree
  const out = new Int32Array(rows)
  for (let i = 0; i < rows; i++) {
    fill(i, scores, 0, density)
    let node = 0
    while (coordinate[node] >= 0)
      node = scores[coordinate[node]] < threshold[node] ? next[node] : next[node] + 1
    out[i] = next[node]
  }
  return out
}

/** Sums weights by cell, chunk by chunk. */
export function createCellSums(tree: CellTree) {
  const terms = termsFor(tree.coefficients, tree.order)
  const sums = new Float64Array(tree.cells * terms)
  const squares = new Float64Array(tree.cells)
  return {
    /** @param ratios  learned [rows, terms]; @param weights  [rows, terms] */
    add(ratios: Float64Array, weights: Float64Array): void {
      cellsOf(tree, ratios).forEach((cell, i) => {
        for (let t = 0; t < terms; t++) sums[cell * terms + t] += weights[i * terms + t]
        squares[cell] += weights[i * terms] ** 2
      })
    },
    finish(): RatioCells {
      const ratios = sums.map((sum, at) => sum / sums[at - (at % terms)])
      const effectiveEvents = squares.map((square, cell) => sums[cell * terms] ** 2 / square)
      return { tree, ratios, effectiveEvents }
    },
  }
}

/** The ratios of the cells that rows of learned ratios fall into, [rows, terms]. */
export function ratiosByCell({ tree, ratios }: RatioCells, learned: Float64Array): Float64Array {
  const terms = termsFor(tree.coefficients, tree.order)
  const out = new Float64Array(learned.length)
  cellsOf(tree, learned).forEach((cell, i) =>
    out.set(ratios.subarray(cell * terms, (cell + 1) * terms), i * terms),
  )
  return out
}
