import type { RunOf, TrainingSetup } from '../../../core/training/training-ports.ts'
import type { TransformerRecord } from '../../../ml/transformer/transformer-checkpoint.ts'
import type { RawEvents } from '../analysis/map/learned-features.ts'
import type { LossLevels } from '../analysis/training/loss-levels.ts'
import type { TrainingNews } from '../analysis/training/train-job.ts'
import type { TrainedTransformer } from '../analysis/training/trained-moment.ts'
import type { TransformerSource } from '../analysis/transformer-source.ts'
import type { MultiTopIntent } from '../intent.ts'

export type TrainingIntent = MultiTopIntent['training']

/** What a training was started with. */
export interface TransformerAbout {
  config: { steps: number; patience: number }
  settings: TrainingIntent
  /** That the page showed: whose weights it started from. */
  model: string | null
  splitSeed: number
}

export interface TransformerSetup extends TrainingSetup {
  about: TransformerAbout
  /** Whose scaling it takes, and whose weights where it starts from these. */
  source: TransformerSource
  events: RawEvents
}

export interface TransformerTraining {
  setup: TransformerSetup
  preview: { items: Int32Array; events: RawEvents }
  event: TrainingNews
  end: TrainedTransformer
}

export type TransformerRun = RunOf<TransformerTraining>

/** Both losses of every epoch, and what these are without a transformer. */
export interface TransformerLosses {
  /** Of the training that they are of. */
  key: string
  records: readonly TransformerRecord[]
  levels: LossLevels | null
}
