/** For each of n rows its `kept` nearest others, nearest first. */
export interface Neighbours {
  kept: number
  index: Int32Array // [n, kept]
  distance2: Float64Array // [n, kept]
}

export function nearestNeighbours(points: Float64Array, n: number, d: number, wanted: number): Neighbours {
  const kept = Math.min(wanted, n - 1)
  const index = new Int32Array(n * kept)
  const distance2 = new Float64Array(n * kept).fill(Number.POSITIVE_INFINITY)
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0
      for (let k = 0; k < d; k++) {
        const gap = points[i * d + k] - points[j * d + k]
        sum += gap * gap
      }
      if (sum < distance2[i * kept + kept - 1]) insert(index, distance2, i * kept, kept, j, sum)
      if (sum < distance2[j * kept + kept - 1]) insert(index, distance2, j * kept, kept, i, sum)
    }
  return { kept, index, distance2 }
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

/** Friends-of-friends groups: rows joined by steps of at most sqrt(radius2). @returns label per row, and their number */
export function friendsOfFriends(
  points: Float64Array,
  n: number,
  d: number,
  radius2: number,
): { label: Int32Array; groups: number } {
  const label = new Int32Array(n).fill(-1)
  const free = Int32Array.from({ length: n }, (_, i) => i)
  let left = n
  let groups = 0
  const queue = new Int32Array(n)
  while (left > 0) {
    let end = 0
    queue[end++] = free[--left]
    label[queue[0]] = groups
    for (let head = 0; head < end; head++) {
      const i = queue[head]
      for (let f = left - 1; f >= 0; f--) {
        const j = free[f]
        let sum = 0
        for (let k = 0; k < d; k++) {
          const gap = points[i * d + k] - points[j * d + k]
          sum += gap * gap
        }
        if (sum > radius2) continue
        label[j] = groups
        queue[end++] = j
        free[f] = free[--left]
      }
    }
    groups++
  }
  return { label, groups }
}
