import type { ClassifierCard } from '../../../../ml/classifier/classifier-files.ts'
import type { Classifier } from './classifier.ts'

/** Where a shipped classifier lives. */
export interface ClassifierLocation {
  id: string
  cardUrl: string
  weightsUrl: string
}

/** A classifier ready to answer; `card` is null for one trained in this page. */
export interface LoadedClassifier {
  id: string
  classifier: Classifier
  card: ClassifierCard | null
}
