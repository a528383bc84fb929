import type { LossAndGradient } from './loss-and-gradient.ts'
import { sameLabelCounts } from './supervised-contrastive-loss.ts'

/** Squared distances below this are taken as this: the gradient of a distance at zero has no direction. */
export const minimumSquaredDistance = 1e-9

export interface PairWeights {
  same: number
  different: number
}

/** 1/(number of ordered pairs) of each kind, 0 where there is none. */
export function pairWeights(labels: Int32Array): PairWeights {
  let same = 0
  for (const count of sameLabelCounts(labels)) same += count - 1
  const different = labels.length * (labels.length - 1) - same
  return { same: same > 0 ? 1 / same : 0, different: different > 0 ? 1 / different : 0 }
}

/**
 * Pair loss: mean of d² over pairs of one universe + mean of max(0, M - d)² over pairs of two.
 * Source: Hadsell, Chopra, LeCun, "Dimensionality reduction by learning an invariant mapping", CVPR 2006, eq. 4,
 * each kind of pair averaged by itself, because pairs of two universes are far more numerous.
 */
export function pairLoss(
  z: ArrayLike<number>,
  labels: Int32Array,
  dim: number,
  margin: number,
): LossAndGradient {
  const rows = labels.length
  const weights = pairWeights(labels)
  const gradient = new Float64Array(rows * dim)
  let value = 0
  for (let i = 0; i < rows; i++)
    for (let j = i + 1; j < rows; j++) {
      let square = 0
      for (let k = 0; k < dim; k++) square += (z[i * dim + k] - z[j * dim + k]) ** 2
      let factor: number // dL/d(z_i) = factor (z_i - z_j), both orders of the pair
      if (labels[i] === labels[j]) {
        value += 2 * weights.same * square
        factor = 4 * weights.same
      } else {
        const d = Math.sqrt(Math.max(square, minimumSquaredDistance))
        const gap = margin - d
        if (gap <= 0) continue
        value += 2 * weights.different * gap * gap
        factor = (-4 * weights.different * gap) / d
      }
      for (let k = 0; k < dim; k++) {
        const push = factor * (z[i * dim + k] - z[j * dim + k])
        gradient[i * dim + k] += push
        gradient[j * dim + k] -= push
      }
    }
  return { value, gradient }
}
