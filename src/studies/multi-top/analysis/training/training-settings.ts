import type { TransformerConfig } from '../../../../ml/transformer/transformer-config.ts'
import type { TransformerTask } from '../../../../ml/transformer/transformer-loss.ts'
import { transformerSizes, type TransformerSize } from '../../../../ml/transformer/transformer-spec.ts'
import { plainTokens } from '../tokens/token-layout.ts'

/** Which classes a transformer is to tell apart: all five, or two processes of two tops each. */
export const trainedClasses = ['tops', 'tth-ttz'] as const
export type TrainedClasses = (typeof trainedClasses)[number]

/** Training events in all; the last is all that are shipped. */
export const labelCounts = [200, 1000, 5000, 20_000, 105_000] as const
/** Of tt̄H and tt̄Z there are fewer: a tenth of the events with two tops each. */
export const pairLabelCounts = [200, 1000, 4000] as const

/** What the page trains. */
export interface TrainingSettings {
  /** Random weights, or those of the model that the page shows, with a new head for the classes. */
  from: 'scratch' | 'model'
  classes: TrainedClasses
  labels: number
  task: TransformerTask
  size: TransformerSize
  epochs: number
  learningRate: number
  batch: number
  seed: number
}

/** Events that a page trains on: as asked, but not more than there are of these classes. */
export function labelsOf({ classes, labels }: Pick<TrainingSettings, 'classes' | 'labels'>): number {
  const counts: readonly number[] = classes === 'tops' ? labelCounts : pairLabelCounts
  return counts.includes(labels) ? labels : counts[counts.length - 1]
}

/** Epochs without a better validation loss after which it stops. */
const patience = 5

/** Settings as the trainer takes them. */
export function configOf(settings: TrainingSettings): TransformerConfig {
  const { task, size, epochs, learningRate, seed } = settings
  const labels = labelsOf(settings)
  const batch = Math.min(settings.batch, labels)
  return {
    spec: {
      tokens: plainTokens,
      ...transformerSizes[size],
      classes: settings.classes === 'tops' ? 5 : 2,
    },
    ...{ task, masks: 'scalars', learningRate, epochs, seed, batch, patience },
    ...{ schedule: 'cosine', weightDecay: 0 },
  }
}

/** Steps that they come to. */
export function stepsOf(settings: TrainingSettings): number {
  const { epochs, batch } = configOf(settings)
  return epochs * Math.floor(labelsOf(settings) / batch)
}
