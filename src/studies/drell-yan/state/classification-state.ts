import type { ClassifierCard } from '../../../ml/classifier/classifier-files.ts'
import type { ClassifierReport } from '../../../ml/classifier/train-classifier.ts'
import type { Classifier } from '../analysis/classification/classifier.ts'
import type { ClassReport } from '../analysis/classification/evaluate.ts'
import type { Gallery } from '../analysis/classification/gallery.ts'
import type { Recorded } from '../../../core/recorded.ts'
import { idle, type Loadable } from '../../../core/loadable.ts'

/** A classifier that can answer on the open dataset. */
export interface ShownClassifier {
  /** Names dataset and settings: another key is another classifier. */
  key: string
  origin: 'shipped' | 'trained' | 'file'
  classifier: Classifier
  gallery: Gallery
  card: ClassifierCard | null
}

/** Scores of the classifier with this key. */
export type KeyedReport = ClassReport & { key: string; recorded?: Recorded }

export interface ClassificationState {
  shown: Loadable<ShownClassifier>
  /** Key of which none is shipped, at hand or stored: it is there once it has been trained. */
  untrained: string | null
  report: Loadable<KeyedReport>
  /** Progress of each member while a training runs. */
  members: ClassifierReport[]
}

export const emptyClassification: ClassificationState = {
  ...{ shown: idle, report: idle },
  ...{ untrained: null, members: [] },
}
