import type { MeasuredFiles } from '../analysis/own-measurement/measured-spectrum.ts'
import type { AnomalyState } from './anomaly-state.ts'
import type { ClassificationState, ShownClassifier } from './classification-state.ts'
import type { MeasuredLimits } from './drell-yan-state.ts'

/** What is kept across visits, by kind. A type and no interface: its names are those of the store. */
export type DrellYanProducts = {
  classifier: Omit<ShownClassifier, 'key' | 'gallery'> & {
    report: ClassificationState['report']['value'] | null
  }
  evaluation: NonNullable<AnomalyState['evaluation']['value']>
  retrieval: NonNullable<AnomalyState['retrieval']['value']>
  limits: MeasuredLimits
  measured: MeasuredFiles
}

/** Of the code that makes them: raised with the numbers, or with what is kept of a product. */
export const drellYanProductVersion = 'drell-yan/1'
