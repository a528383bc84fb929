import type { DatasetHeader, LoadedEncoder } from '../studies/drell-yan/analysis/dataset-types.ts'
import type { TrainingConfig } from '../ml/training-config.ts'

/** What the suites run on: the shipped corpus and encoder, and the page's default training. */
export interface BenchSubject {
  header: DatasetHeader
  encoder: LoadedEncoder
  training: TrainingConfig
}

export type Log = (line: string) => void
