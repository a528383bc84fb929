import type { TrainingConfig } from '../training-config.ts'
import type { LossAndGradient } from './loss-and-gradient.ts'
import { pairLoss } from './pair-loss.ts'
import { supervisedContrastiveLoss } from './supervised-contrastive-loss.ts'

/** Which loss, and its one number. */
export type LossSettings = Pick<TrainingConfig, 'loss' | 'temperature' | 'margin'>

/**
 * The loss and its gradient in double precision, without any library: what the page evaluates on held-out
 * universes, and the reference for every other implementation.
 *
 * @param z       [rows, dim] row-major
 * @param labels  universe of each row
 */
export function contrastiveLoss(
  settings: LossSettings,
  z: ArrayLike<number>,
  labels: Int32Array,
  dim: number,
): LossAndGradient {
  switch (settings.loss) {
    case 'supcon-euclidean':
      return supervisedContrastiveLoss(z, labels, dim, settings.temperature, 'euclidean')
    case 'supcon-cosine':
      return supervisedContrastiveLoss(z, labels, dim, settings.temperature, 'cosine')
    case 'pair':
      return pairLoss(z, labels, dim, settings.margin)
  }
}
