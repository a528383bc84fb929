import { AppError } from '../errors.ts'
import type { Rng } from '../numerics/rng.ts'

/**
 * Spearman's rank correlation: Pearson's of the ranks, ties sharing the mean of theirs. NaN where one side is constant.
 * Source: C. Spearman, Am. J. Psychol. 15 (1904) 72; ties M. G. Kendall, Biometrika 33 (1945) 239.
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [a, b] = [ranks(x), ranks(y)]
  const middle = (a.length + 1) / 2
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [u, v] = [a[i] - middle, b[i] - middle]
    xx += u * u
    yy += v * v
    xy += u * v
  }
  return xy / Math.sqrt(xx * yy)
}

/** From 1, ties by their mean. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i] - values[j])
  const out = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to]] === values[order[from]]) to++
    for (let k = from; k < to; k++) out[order[k]] = (from + to + 1) / 2
    from = to
  }
  return out
}

export interface PairCorrelation {
  rho: number
  /** Central 95 % of the bootstrap over models. */
  low: number
  high: number
  models: number
  pairs: number
}

/**
 * Spearman's rho of two distances over all pairs of models. Pairs share models and are not independent, so the bootstrap
 * draws models with replacement and takes their pairs; a model drawn twice is no pair with itself.
 *
 * @param x, y  [models, models], of which i > j is read
 * @throws AppError 'input/invalid' for fewer than four models
 * Source: T. A. B. Snijders, S. P. Borgatti, Connections 22 (1999) 161, the vertex bootstrap.
 */
export function pairCorrelation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  models: number,
  { replicas, rng }: { replicas: number; rng: Rng },
): PairCorrelation {
  if (models < 4)
    throw new AppError(
      'input/invalid',
      `A correlation over pairs needs at least 4 models, got ${models}. Choose more models.`,
    )
  const of = (drawn: readonly number[]): number => {
    const [left, right]: number[][] = [[], []]
    drawn.forEach((i, a) => {
      for (const j of drawn.slice(0, a)) {
        if (i === j) continue
        const at = Math.max(i, j) * models + Math.min(i, j)
        left.push(x[at])
        right.push(y[at])
      }
    })
    return spearman(left, right)
  }
  const all = Array.from({ length: models }, (_, i) => i)
  const replicated = Float64Array.from({ length: replicas }, () => of(all.map(() => rng.integer(models))))
    .filter((rho) => !Number.isNaN(rho))
    .sort()
  const quantile = (q: number) => replicated[Math.round(q * (replicated.length - 1))] ?? Number.NaN
  return {
    ...{ rho: of(all), low: quantile(0.025), high: quantile(0.975) },
    ...{ models, pairs: (models * (models - 1)) / 2 },
  }
}
