import type { TrainingRun } from '../../../core/training/training-run.ts'
import type { EncoderOutcome } from '../../../ml/encoder-job.ts'
import type { TrainingConfig } from '../../../ml/training-config.ts'
import type { EventsIntent } from '../intent.ts'

/** What a training of an encoder of sets was started with. */
export interface EventsAbout {
  config: TrainingConfig
  /** Of the events it is trained on, as that of a map. */
  content: string
  dataset: string
  perSet: number
  /** As the page had them. */
  settings: EventsIntent['training']
}

/** A training of an encoder of sets as the page shows it. */
export type EventsRun = TrainingRun<EventsAbout, EncoderOutcome>
