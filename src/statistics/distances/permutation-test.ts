import { shuffle, type Rng } from '../../numerics/rng.ts'
import type { Estimate } from '../gaussian-limit.ts'
import { distanceBetween } from './energy-distance.ts'

export interface PermutationTest {
  /** Of the samples as they are. */
  statistic: number
  /** Of samples with their labels exchanged at random, ascending: what chance alone gives. */
  chance: Float64Array // [permutations]
  /** (1 + those at least as large) / (1 + permutations), so that it is never 0, with the error of so many permutations. */
  p: Estimate
}

/**
 * Whether two samples are of one distribution, by their energy distance: exact at any size, as labels are exchangeable
 * where they are.
 *
 * @param a, b          [n, d] and [m, d] row-major; memory (n + m)², time permutations × n²
 * @param permutations  of the labels
 * Source: B. Phipson, G. K. Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010) 39, for p.
 */
export function energyPermutationTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  d: number,
  { permutations, rng }: { permutations: number; rng: Rng },
): PermutationTest {
  const [n, m] = [a.length / d, b.length / d]
  const size = n + m
  const distances = pairDistances(a, b, d)
  const total = distances.reduce((sum, r) => sum + r, 0) / 2
  const towards = Float64Array.from({ length: size }, (_, i) =>
    distances.subarray(i * size, (i + 1) * size).reduce((sum, r) => sum + r, 0),
  )

  function statisticOf(labels: Uint32Array): number {
    let [within, all] = [0, 0]
    for (let i = 0; i < n; i++) {
      const row = labels[i] * size
      all += towards[labels[i]]
      for (let j = 0; j < i; j++) within += distances[row + labels[j]]
    }
    const across = all - 2 * within
    const rest = total - within - across
    return (2 * across) / (n * m) - (2 * within) / (n * (n - 1)) - (2 * rest) / (m * (m - 1))
  }

  const labels = Uint32Array.from({ length: size }, (_, i) => i)
  const statistic = statisticOf(labels)
  const chance = Float64Array.from({ length: permutations }, () => statisticOf(shuffle(labels, rng))).sort()
  const atLeast = chance.filter((value) => value >= statistic).length
  const p = (1 + atLeast) / (1 + permutations)
  return { statistic, chance, p: { value: p, error: Math.sqrt((p * (1 - p)) / (permutations + 1)) } }
}

/** [n + m, n + m] */
function pairDistances(a: ArrayLike<number>, b: ArrayLike<number>, d: number): Float64Array {
  const both = Float64Array.from([...Array.from(a), ...Array.from(b)])
  const size = both.length / d
  const out = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) out[i * size + j] = out[j * size + i] = distanceBetween(both, i, both, j, d)
  return out
}
