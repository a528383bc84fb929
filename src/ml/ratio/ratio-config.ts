import * as z from 'zod'

z.config({ jitless: true })

/** 'squared' has the same minimiser; both compare a sigmoid with targets between 0 and 1. */
export const ratioLosses = ['cross-entropy', 'squared'] as const

/** Hyper-parameters of one ratio network. */
export interface RatioTrainingConfig {
  seed: number
  /** Units of the hidden ReLU layers; the last layer is a sigmoid. */
  widths: number[]
  loss: (typeof ratioLosses)[number]
  optimiser: 'adam' | 'adamw'
  /** Decoupled, on biases too, as in PyTorch's AdamW. */
  weightDecay: number
  learningRate: number
  /** 'cosine' falls to a hundredth of the learning rate over all epochs. */
  schedule: 'constant' | 'cosine'
  /** Parts of an epoch: of so many rows each, or so many in number. */
  batches: { rows: number } | { perEpoch: number }
  epochs: number
  validationShare: number
  /** Epochs without a better validation loss before training stops, counted from epoch `patienceFrom`. */
  patience: number
  patienceFrom: number
}

const count = z.number().int().positive()

/** Training settings in a file. */
export const ratioTrainingSchema: z.ZodType<RatioTrainingConfig> = z.object({
  seed: z.number().int(),
  widths: z.array(count.max(4096)).max(16),
  loss: z.enum(ratioLosses),
  optimiser: z.enum(['adam', 'adamw']),
  weightDecay: z.number().nonnegative(),
  learningRate: z.number().positive(),
  schedule: z.enum(['constant', 'cosine']),
  batches: z.union([z.strictObject({ rows: count }), z.strictObject({ perEpoch: count })]),
  epochs: count.max(100_000),
  validationShare: z.number().positive().lt(1),
  patience: count,
  patienceFrom: z.number().int().nonnegative(),
})

/** Of the step that begins at `epoch`, from 0. */
export function ratioLearningRate(config: RatioTrainingConfig, epoch: number): number {
  if (config.schedule === 'constant') return config.learningRate
  const phase = Math.min(1, epoch / config.epochs)
  return config.learningRate * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * phase)))
}

export function stepsPerEpoch({ batches }: RatioTrainingConfig, trainingRows: number): number {
  const steps = 'rows' in batches ? Math.ceil(trainingRows / batches.rows) : batches.perEpoch
  return Math.max(1, Math.min(steps, trainingRows))
}
