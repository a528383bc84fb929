import { fetchWhole, type HttpOptions } from '../dataset/http.ts'
import type { DatasetManifest } from '../dataset/manifest.ts'
import { AppError } from '../errors.ts'
import { readClassifierFiles, type ClassifierCard } from '../ml/classifier/classifier-files.ts'
import type { ConformalRule } from '../statistics/classification/conformal.ts'
import type { ClassifierLocation, LoadedClassifier } from './classification-jobs.ts'

const largestBytes = 32 * 1024 * 1024

/**
 * A shipped classifier, verified by hash. It names universes of one dataset by number, so it answers for no other.
 *
 * @throws AppError 'model/mismatch' where it was trained on another dataset
 */
export async function loadClassifier(
  location: ClassifierLocation,
  manifest: DatasetManifest,
  manifestHash: string,
  http: HttpOptions,
): Promise<LoadedClassifier> {
  const [cardBytes, weights] = await Promise.all([
    fetchWhole(location.cardUrl, largestBytes, http),
    fetchWhole(location.weightsUrl, largestBytes, http),
  ])
  const { card, members } = await readClassifierFiles({ card: new TextDecoder().decode(cardBytes), weights })
  if (card.dataset.manifestSha256 !== manifestHash)
    throw new AppError(
      'model/mismatch',
      `Classifier ${card.id} was trained on dataset ${card.dataset.id} ${card.dataset.manifestSha256.slice(0, 8)}, open is ${manifest.id} ${manifestHash.slice(0, 8)}. Train one on this dataset.`,
    )
  const { training: config, calibration } = card
  return {
    id: card.id,
    card,
    classifier: {
      config,
      universes: Int32Array.from(card.universes),
      latent: null,
      members,
      calibration: {
        ...calibration,
        sets: { lac: fromCard(calibration.sets.lac), aps: fromCard(calibration.sets.aps) },
      },
    },
  }
}

function fromCard(rule: ClassifierCard['calibration']['sets']['lac']): ConformalRule {
  return { ...rule, quantile: rule.quantile ?? Number.POSITIVE_INFINITY }
}

/** JSON has no infinity. */
export function toCard(rule: ConformalRule): ClassifierCard['calibration']['sets']['lac'] {
  return { ...rule, quantile: Number.isFinite(rule.quantile) ? rule.quantile : null }
}
