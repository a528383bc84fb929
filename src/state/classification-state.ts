import type { ClassifierCard } from '../ml/classifier/classifier-files.ts'
import type { ClassifierReport } from '../ml/classifier/train-classifier.ts'
import type { Classifier } from '../analysis/drell-yan/classification/classifier.ts'
import type { ClassReport } from '../analysis/drell-yan/classification/evaluate.ts'
import type { Gallery } from '../analysis/drell-yan/classification/gallery.ts'
import { idle, type Loadable } from './loadable.ts'

/** A classifier that can answer on the open dataset. */
export interface ShownClassifier {
  /** Names dataset and settings: another key is another classifier. */
  key: string
  origin: 'shipped' | 'trained' | 'file'
  classifier: Classifier
  gallery: Gallery
  card: ClassifierCard | null
}

export interface ClassificationState {
  /** 'idle' without a value: nothing is shipped or trained for these settings. */
  shown: Loadable<ShownClassifier>
  /** Scores of the classifier with this key. */
  report: Loadable<ClassReport & { key: string }>
  /** Progress of each member while a training runs. */
  members: ClassifierReport[]
}

export const emptyClassification: ClassificationState = { shown: idle, report: idle, members: [] }
