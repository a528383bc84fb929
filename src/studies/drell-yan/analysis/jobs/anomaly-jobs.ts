import type { Mlp } from '../../../../ml/mlp.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { AnomalyEvaluation } from '../anomaly/evaluate.ts'
import type { EvaluationOptions } from '../anomaly/evaluation-options.ts'
import type { ClassifierNetworks } from '../classification/classifier.ts'
import type { KnownUniverses } from '../anomaly/known-universes.ts'
import type { RetrievalEvaluation, RetrievalOptions } from '../retrieval/evaluate.ts'
import type { UniverseModel } from '../universes.ts'

/** What workers do for anomaly detection and retrieval. All report the fraction done. */
export type AnomalyJobs = {
  /** Where known spectra lie and how they score: what a page needs to score a spectrum at every move. */
  'known-universes': {
    request: {
      model: UniverseModel
      encoder: Mlp
      whitenedMeans: Float32Array
      flags: Uint8Array
      order: EftOrder
      /** As knownUniverses() takes it. */
      calibrated: KnownUniverses['calibration'] | null
    }
    progress: number
    result: KnownUniverses
  }
  'evaluate-anomalies': {
    request: {
      model: UniverseModel
      encoder: { id: string; mlp: Mlp } | null
      /** A Dirichlet prior network of the dataset, where one is shipped */
      priorNetwork: ClassifierNetworks | null
      options: EvaluationOptions
    }
    progress: number
    result: AnomalyEvaluation
  }
  'evaluate-retrieval': {
    request: {
      model: UniverseModel
      /** [universes, bins] whitened */
      gallery: Float32Array
      encoder: { id: string; mlp: Mlp } | null
      options: RetrievalOptions
    }
    progress: number
    result: RetrievalEvaluation
  }
}
