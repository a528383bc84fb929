/**
 * Exact k nearest others of every row, nearest first, ties by row number. Rows are visited outward along a direction in
 * which they lie far apart, until no other can be nearer: of 2,000 spectra of 71 bins a tenth is looked at.
 *
 * @param of  rows whose neighbours are wanted, where it is not all: lists of the others are zeros
 * @param rows  [n, d] row-major
 * @returns     [n, k]
 */
export function neighbourLists(
  rows: ArrayLike<number>,
  n: number,
  d: number,
  k: number,
  of: ArrayLike<number> | null = null,
): Int32Array {
  const out = new Int32Array(n * k)
  const best = new Float64Array(k)
  const asked = of?.length ?? n
  const line = lineThrough(rows, n, d)
  for (let at = 0; at < asked; at++) {
    const i = of?.[at] ?? at
    const found = out.subarray(i * k, (i + 1) * k)
    if (line) findAlong(rows, d, i, line, found, best)
    else findNearest(rows, n, d, i, found, best)
  }
  return out
}

/** Rows in the order of their places along a direction. */
interface Line {
  places: Float64Array // [n] by row
  order: Int32Array // [n] rows by rising place
  rank: Int32Array // [n] where a row stands in the order
  /** Rounding of a difference of places is less. */
  slack: number
}

/** The line from the mean of the rows to the one that is farthest from it; null where rows are not finite. */
function lineThrough(rows: ArrayLike<number>, n: number, d: number): Line | null {
  const mean = new Float64Array(d)
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) mean[c] += rows[i * d + c] / n
  let [far, farthest] = [0, 0]
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let c = 0; c < d; c++) sum += (rows[i * d + c] - mean[c]) ** 2
    if (!(sum < Infinity)) return null
    if (sum > farthest) [far, farthest] = [i, sum]
  }
  const length = Math.sqrt(farthest) || 1
  const places = new Float64Array(n)
  for (let i = 0; i < n; i++)
    for (let c = 0; c < d; c++)
      places[i] += ((rows[i * d + c] - mean[c]) * (rows[far * d + c] - mean[c])) / length
  const order = Int32Array.from(places, (_, i) => i).sort((a, b) => places[a] - places[b] || a - b)
  const rank = new Int32Array(n)
  order.forEach((row, at) => (rank[row] = at))
  return { places, order, rank, slack: 1e-9 * length }
}

/** Two rows are no nearer than their places along a direction. */
function findAlong(
  rows: ArrayLike<number>,
  d: number,
  i: number,
  { places, order, rank, slack }: Line,
  found: Int32Array,
  best: Float64Array,
): void {
  best.fill(Infinity)
  const k = found.length
  const n = order.length
  let [below, above] = [rank[i] - 1, rank[i] + 1]
  while (below >= 0 || above < n) {
    const down = below >= 0 ? places[i] - places[order[below]] : Infinity
    const up = above < n ? places[order[above]] - places[i] : Infinity
    const least = Math.min(down, up) - slack
    if (least > 0 && least * least > best[k - 1]) return
    consider(rows, d, i, down <= up ? order[below--] : order[above++], found, best)
  }
}

/**
 * Exact k nearest others of one row, nearest first, ties by row number; fewer where there are no more.
 *
 * @param rows  [n, d] row-major
 */
export function nearestOthers(
  rows: ArrayLike<number>,
  n: number,
  d: number,
  row: number,
  k: number,
): { row: number; distance: number }[] {
  const found = new Int32Array(Math.min(k, n - 1))
  const best = new Float64Array(found.length)
  findNearest(rows, n, d, row, found, best)
  return Array.from(found, (other, place) => ({ row: other, distance: Math.sqrt(best[place]) }))
}

/** @param found, best  [k], filled with rows and their squared distances */
function findNearest(
  rows: ArrayLike<number>,
  n: number,
  d: number,
  i: number,
  found: Int32Array,
  best: Float64Array,
): void {
  best.fill(Infinity)
  for (let j = 0; j < n; j++) if (j !== i) consider(rows, d, i, j, found, best)
}

/** Takes a row among the nearest if it is one of them, whatever came before. */
function consider(
  rows: ArrayLike<number>,
  d: number,
  i: number,
  j: number,
  found: Int32Array,
  best: Float64Array,
): void {
  const last = best.length - 1
  const worst = best[last]
  let sum = 0
  for (let c = 0; c < d && sum <= worst; c++) {
    const difference = rows[i * d + c] - rows[j * d + c]
    sum += difference * difference
  }
  if (!(sum < worst || (sum === worst && j < found[last]))) return
  let place = last
  for (; place > 0 && (best[place - 1] > sum || (best[place - 1] === sum && found[place - 1] > j)); place--) {
    best[place] = best[place - 1]
    found[place] = found[place - 1]
  }
  best[place] = sum
  found[place] = j
}

/** How many of row's k neighbours the two lists share. */
export function sharedNeighbours(a: Int32Array, b: Int32Array, k: number, row: number): number {
  let shared = 0
  for (let p = row * k; p < (row + 1) * k; p++)
    for (let q = row * k; q < (row + 1) * k; q++) if (a[p] === b[q]) shared++
  return shared
}

/** |A ∩ B| / |A ∪ B| of two sets of k with that many in common. */
export function jaccard(shared: number, k: number): number {
  return shared / (2 * k - shared)
}
