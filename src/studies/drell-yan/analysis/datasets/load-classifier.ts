import { fetchWhole, type HttpOptions } from '../../../../dataset/http.ts'
import type { ClassifiedDataset } from './classified-dataset.ts'
import { classifierFromFiles } from './classifier-bundle.ts'
import type { ClassifierLocation, LoadedClassifier } from '../classification/loaded-classifier.ts'

const largestBytes = 32 * 1024 * 1024

/**
 * A shipped classifier, verified by hash and checked against the dataset whose universes it names.
 *
 * @throws AppError 'model/mismatch' where it was trained on another dataset
 */
export async function loadClassifier(
  location: ClassifierLocation,
  header: ClassifiedDataset,
  http: HttpOptions,
): Promise<LoadedClassifier> {
  const [cardBytes, weights] = await Promise.all([
    fetchWhole(location.cardUrl, largestBytes, http),
    fetchWhole(location.weightsUrl, largestBytes, http),
  ])
  const card = new TextDecoder().decode(cardBytes)
  return classifierFromFiles({ card, weights: Uint8Array.from(weights) }, header)
}
