import type { ClassifierReport } from '../ml/classifier/train-classifier.ts'
import type { ClassifierCard } from '../ml/classifier/classifier-files.ts'
import type { ClassifiedDataset } from './classified-dataset.ts'
import type { ClassifierBundle, ExportClassifierRequest } from './classifier-bundle.ts'
import type { DroppedFile } from './model-bundle.ts'
import type { Classifier, ClassifierNetworks } from './drell-yan/classification/classifier.ts'
import type { EvaluateOptions } from './drell-yan/classification/class-setup.ts'
import type { ClassReport } from './drell-yan/classification/evaluate.ts'
import type { Gallery } from './drell-yan/classification/gallery.ts'
import type { TrainMemberRequest } from './drell-yan/classification/train-member.ts'
import type { UniverseModel } from './drell-yan/universes.ts'

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

/** What the classification workers do. */
export type ClassificationJobs = {
  /** One network; the members of an ensemble are jobs side by side. */
  'train-class-member': { request: TrainMemberRequest; progress: ClassifierReport; result: Float32Array }
  /** Calibrates trained networks and scores them beside the exact posterior. */
  'evaluate-classifier': {
    request: {
      model: UniverseModel
      gallery: Gallery
      networks: ClassifierNetworks
      options: EvaluateOptions
    }
    progress: number
    result: { classifier: Classifier; report: ClassReport }
  }
  'load-classifier': {
    request: { location: ClassifierLocation; header: ClassifiedDataset }
    progress: never
    result: LoadedClassifier
  }
  /** A classifier as files, and the same files read back, checked against the open dataset. */
  'export-classifier': { request: ExportClassifierRequest; progress: never; result: ClassifierBundle }
  'import-classifier': {
    request: { files: DroppedFile[]; header: ClassifiedDataset }
    progress: never
    result: LoadedClassifier
  }
}
