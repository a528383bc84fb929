import { AppError } from '../../errors.ts'
import { createRng } from '../../numerics/rng.ts'
import type { Estimate } from '../gaussian-limit.ts'

/** Neighbours that are asked for their class. */
export const purityNeighbours = 15

/**
 * Of each point the share of its k nearest others that are of its class, equal distances by index. @returns [n]
 *
 * @param distances  [n, n]
 * @throws AppError 'input/invalid' where there are not k others
 */
export function neighbourPurity(
  distances: Float64Array,
  labels: ArrayLike<number>,
  k = purityNeighbours,
): Float64Array {
  const n = labels.length
  if (!(k >= 1 && k < n))
    throw new AppError(
      'input/invalid',
      `${k} neighbours are asked for, each of ${n} points has ${n - 1} others.`,
    )
  const order = new Int32Array(n)
  return Float64Array.from({ length: n }, (_, i) => {
    // Insertion into the k nearest so far: most points are farther than all of these.
    let held = 0
    for (let j = 0; j < n; j++) {
      if (j === i) continue
      const d = distances[i * n + j]
      if (held === k && d >= distances[i * n + order[k - 1]]) continue
      let place = held < k ? held++ : k - 1
      while (place > 0 && distances[i * n + order[place - 1]] > d) {
        order[place] = order[place - 1]
        place--
      }
      order[place] = j
    }
    let same = 0
    for (let place = 0; place < k; place++) if (labels[order[place]] === labels[i]) same++
    return same / k
  })
}

/** Mean over points with its bootstrap error; neighbours stay those of all points. */
export function bootstrapMean(values: Float64Array, seed: number, draws = 200): Estimate {
  const n = values.length
  const rng = createRng(seed, 'bootstrap')
  let value = 0
  for (const x of values) value += x / n
  let squares = 0
  for (let draw = 0; draw < draws; draw++) {
    let mean = 0
    for (let i = 0; i < n; i++) mean += values[rng.integer(n)] / n
    squares += (mean - value) ** 2
  }
  return { value, error: Math.sqrt(squares / draws) }
}

/** How much purer the neighbours of the same points are in another space, with the error of the paired bootstrap. */
export function purityGain(before: Float64Array, after: Float64Array, seed: number, draws = 200): Estimate {
  return bootstrapMean(
    after.map((x, i) => x - before[i]),
    seed,
    draws,
  )
}
