import { AppError } from '../../errors.ts'

export interface Medoids {
  /** The representatives, ascending. */
  medoids: number[]
  /** [n] which of them is nearest to each. */
  nearest: number[]
  /** Sum of the distances to the nearest. */
  cost: number
}

/**
 * The k members of a set that represent it best, so that the sum of distances to the nearest of them is small: greedy
 * BUILD, then SWAP until no exchange helps. Ties are broken by index, so the answer does not depend on chance.
 *
 * @param distances  [n, n], symmetric, 0 on the diagonal
 * @throws AppError 'input/invalid' for k outside 1 … n
 * Source: L. Kaufman, P. J. Rousseeuw, Finding Groups in Data (Wiley 1990), ch. 2, PAM.
 */
export function kMedoids(distances: ArrayLike<number>, n: number, k: number): Medoids {
  if (!(Number.isInteger(k) && k >= 1 && k <= n))
    throw new AppError(
      'input/invalid',
      `${k} representatives of ${n} cannot be chosen. Ask for 1 to ${n} of them.`,
    )
  const costOf = (chosen: readonly number[]): number => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += Math.min(...chosen.map((m) => distances[i * n + m]))
    return sum
  }
  const all = Array.from({ length: n }, (_, i) => i)
  let medoids: number[] = []
  while (medoids.length < k) medoids = best(others(all, medoids).map((i) => [...medoids, i]))

  function best(candidates: number[][]): number[] {
    let least = Infinity
    let found = candidates[0]
    for (const candidate of candidates) {
      const cost = costOf(candidate)
      if (cost < least) [least, found] = [cost, candidate]
    }
    return found
  }

  for (;;) {
    const swaps = medoids.flatMap((_, place) =>
      others(all, medoids).map((i) => medoids.map((m, at) => (at === place ? i : m))),
    )
    if (swaps.length === 0) break
    const next = best(swaps)
    // Rounding must not make it go round.
    if (!(costOf(next) < costOf(medoids) * (1 - 1e-12))) break
    medoids = next
  }
  medoids.sort((a, b) => a - b)
  return {
    medoids,
    nearest: all.map((i) =>
      medoids.reduce((near, m) => (distances[i * n + m] < distances[i * n + near] ? m : near)),
    ),
    cost: costOf(medoids),
  }
}

const others = (all: readonly number[], chosen: readonly number[]): number[] =>
  all.filter((i) => !chosen.includes(i))
