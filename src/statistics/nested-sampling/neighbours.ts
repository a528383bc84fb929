/** For each of n rows its `kept` nearest others, nearest first. */
export interface Neighbours {
  kept: number
  index: Int32Array // [n, kept]
  distance2: Float64Array // [n, kept]
}

/**
 * @param points  [n, d] sorted by the first coordinate, which bounds the search
 */
export function nearestNeighbours(points: Float64Array, n: number, d: number, wanted: number): Neighbours {
  const kept = Math.min(wanted, n - 1)
  const index = new Int32Array(n * kept)
  const distance2 = new Float64Array(n * kept).fill(Number.POSITIVE_INFINITY)
  for (let i = 0; i < n; i++) {
    const last = i * kept + kept - 1
    for (const step of [1, -1])
      for (let j = i + step; j >= 0 && j < n; j += step) {
        const gap = points[i * d] - points[j * d]
        if (gap * gap >= distance2[last]) break
        const sum = squaredDistance(points, i, j, d)
        if (sum < distance2[last]) insert(index, distance2, i * kept, kept, j, sum)
      }
  }
  return { kept, index, distance2 }
}

function squaredDistance(points: Float64Array, i: number, j: number, d: number): number {
  let sum = 0
  for (let k = 0; k < d; k++) {
    const gap = points[i * d + k] - points[j * d + k]
    sum += gap * gap
  }
  return sum
}

function insert(
  index: Int32Array,
  distance2: Float64Array,
  start: number,
  kept: number,
  who: number,
  value: number,
): void {
  let at = start + kept - 1
  while (at > start && distance2[at - 1] > value) {
    distance2[at] = distance2[at - 1]
    index[at] = index[at - 1]
    at--
  }
  distance2[at] = value
  index[at] = who
}

/**
 * Friends-of-friends groups: rows joined by steps of at most sqrt(radius2).
 *
 * @param points  [n, d] sorted by the first coordinate
 * @returns       label per row, and their number
 */
export function friendsOfFriends(
  points: Float64Array,
  n: number,
  d: number,
  radius2: number,
): { label: Int32Array; groups: number } {
  const label = new Int32Array(n).fill(-1)
  const queue = new Int32Array(n)
  let groups = 0
  for (let first = 0; first < n; first++) {
    if (label[first] >= 0) continue
    let end = 0
    queue[end++] = first
    label[first] = groups
    for (let head = 0; head < end; head++) {
      const i = queue[head]
      for (const step of [1, -1])
        for (let j = i + step; j >= 0 && j < n; j += step) {
          const gap = points[i * d] - points[j * d]
          if (gap * gap > radius2) break
          if (label[j] >= 0 || squaredDistance(points, i, j, d) > radius2) continue
          label[j] = groups
          queue[end++] = j
        }
    }
    groups++
  }
  return { label, groups }
}
