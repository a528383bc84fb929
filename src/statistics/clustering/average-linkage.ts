/**
 * Agglomerative clustering with average linkage (Sokal and Michener 1958), cut where `clusters` are left. Ties are
 * broken by index, so the answer does not depend on chance.
 *
 * @param distances  [n, n], symmetric
 * @returns          cluster of each row, numbered by first appearance
 */
export function averageLinkage(distances: ArrayLike<number>, n: number, clusters: number): Uint8Array {
  const groups = Array.from({ length: n }, (_, i) => [i])
  const mean = (a: readonly number[], b: readonly number[]) => {
    let sum = 0
    for (const i of a) for (const j of b) sum += distances[i * n + j]
    return sum / (a.length * b.length)
  }
  while (groups.length > Math.max(1, clusters)) {
    let [from, into] = [1, 0]
    let best = Infinity
    for (let i = 0; i < groups.length; i++)
      for (let j = i + 1; j < groups.length; j++) {
        const d = mean(groups[i], groups[j])
        if (d < best) [best, into, from] = [d, i, j]
      }
    groups[into] = [...groups[into], ...groups[from]]
    groups.splice(from, 1)
  }
  const label = new Uint8Array(n)
  groups.forEach((group, k) => group.forEach((i) => (label[i] = k)))
  return numberedByAppearance(label)
}

/** The same partition with labels in order of first appearance. */
export function numberedByAppearance(labels: ArrayLike<number>): Uint8Array {
  const seen = new Map<number, number>()
  return Uint8Array.from(Array.from(labels), (label) => {
    const known = seen.get(label) ?? seen.size
    seen.set(label, known)
    return known
  })
}
