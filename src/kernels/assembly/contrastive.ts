// Contrastive losses of the latent vectors and their gradients.

import { normaliseLatents, reserve, take } from './latents'
import { layerAt, layerCount } from './network'
import { pair } from './pair-loss'
import { COSINE, EUCLIDEAN, supervised } from './supervised'

// @ts-ignore: decorator
@inline
function dispatch<V>(kind: i32, rows: i32, setting: f32): f64 {
  if (kind == EUCLIDEAN) return supervised<V>(EUCLIDEAN, rows, setting)
  if (kind == COSINE) return supervised<V>(COSINE, rows, setting)
  return pair<V>(rows, setting)
}

/**
 * Loss of the latents in the output's rows 0 to rows; their gradient goes to outputGradient.
 *
 * @param setting  temperature, or the margin of the pair loss
 * @returns        NaN (and no gradient) where a latent is not finite or memory is short
 */
export function contrastiveLoss(kind: i32, rows: i32, givenLabels: usize, setting: f32): f64 {
  const layer = layerAt(layerCount - 1)
  const padded = (rows + 3) & ~3
  memory.fill(layer.outputGradient, 0, <usize>padded * (<usize>layer.unitColumns << 2))
  if (!reserve(rows) || !take(rows, givenLabels)) return NaN
  if (kind == COSINE) normaliseLatents(rows)
  if (ASC_FEATURE_SIMD) return dispatch<v128>(kind, rows, setting)
  else return dispatch<f32>(kind, rows, setting)
}
