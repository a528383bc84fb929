/**
 * Exact k nearest others of every row, nearest first, ties by row number.
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
  for (let at = 0; at < asked; at++) {
    const i = of?.[at] ?? at
    findNearest(rows, n, d, i, out.subarray(i * k, (i + 1) * k), best)
  }
  return out
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
  const k = found.length
  best.fill(Infinity)
  for (let j = 0; j < n; j++) {
    if (j === i) continue
    let sum = 0
    for (let c = 0; c < d && sum < best[k - 1]; c++) {
      const difference = rows[i * d + c] - rows[j * d + c]
      sum += difference * difference
    }
    if (!(sum < best[k - 1])) continue
    let place = k - 1
    for (; place > 0 && best[place - 1] > sum; place--) {
      best[place] = best[place - 1]
      found[place] = found[place - 1]
    }
    best[place] = sum
    found[place] = j
  }
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
