/**
 * Adjusted Rand index of two partitions: 1 for equal ones, 0 on average for independent ones of the same sizes.
 * Source: Hubert and Arabie, Journal of Classification 2 (1985) 193, eq. (5).
 */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length
  const both = new Map<string, number>()
  const rows = new Map<number, number>()
  const columns = new Map<number, number>()
  const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1)
  for (let i = 0; i < n; i++) {
    add(both, `${a[i]} ${b[i]}`)
    add(rows, a[i])
    add(columns, b[i])
  }
  const pairs = (counts: Iterable<number>) => {
    let sum = 0
    for (const count of counts) sum += (count * (count - 1)) / 2
    return sum
  }
  const [index, inA, inB] = [pairs(both.values()), pairs(rows.values()), pairs(columns.values())]
  const expected = n > 1 ? (inA * inB) / ((n * (n - 1)) / 2) : 0
  const largest = (inA + inB) / 2
  return largest === expected ? 1 : (index - expected) / (largest - expected)
}
