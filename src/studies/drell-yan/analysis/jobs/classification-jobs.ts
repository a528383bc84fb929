import type { ClassifierLocation, LoadedClassifier } from '../classification/loaded-classifier.ts'
import type { ClassifierReport } from '../../../../ml/classifier/train-classifier.ts'
import type { ClassifiedDataset } from '../datasets/classified-dataset.ts'
import type { ClassifierBundle, ExportClassifierRequest } from '../datasets/classifier-bundle.ts'
import type { DroppedFile } from '../../../../ml/sort-model-files.ts'
import type { Classifier, ClassifierNetworks } from '../classification/classifier.ts'
import type { EvaluateOptions } from '../classification/class-setup.ts'
import type { ClassReport } from '../classification/evaluate.ts'
import type { Gallery } from '../classification/gallery.ts'
import type { TrainMemberRequest } from '../classification/train-member.ts'
import type { UniverseModel } from '../universes.ts'

/** What the classification workers do. */
export type ClassificationJobs = {
  /** One network; the members of an ensemble are jobs side by side. */
  'train-class-member': { request: TrainMemberRequest; progress: ClassifierReport; result: Float32Array }
  /** Calibrates trained networks and scores them beside the Bayes posterior. */
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
