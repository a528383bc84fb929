import * as z from 'zod'
import type { TransformerTask } from './transformer-loss.ts'
import { transformerTasks } from './transformer-loss.ts'
import { transformerSpecSchema, type TransformerSpec } from './transformer-spec.ts'

z.config({ jitless: true })

/** What is hidden of a training event: scalars, each on its own, or besides of every other event a whole object. */
export const maskDraws = ['scalars', 'objects'] as const
export type MaskDraw = (typeof maskDraws)[number]

/** How a transformer is trained. */
export interface TransformerConfig {
  seed: number
  spec: TransformerSpec
  task: TransformerTask
  masks: MaskDraw
  /** Peak of the schedule. */
  learningRate: number
  /** Cosine: 20 steps of warm-up, then down to 1 % at the last step. */
  schedule: 'constant' | 'cosine'
  /** Decoupled (AdamW), on matrices. */
  weightDecay: number
  /** Events of a step. */
  batch: number
  epochs: number
  /** Epochs without a better validation loss before it stops. */
  patience: number
}

const whole = z.number().int().positive()

/** Settings in a file. */
export const transformerConfigSchema: z.ZodType<TransformerConfig> = z.object({
  seed: z.number().int(),
  spec: transformerSpecSchema,
  task: z.enum(transformerTasks),
  // Models of before have no other.
  masks: z.enum(maskDraws).default('scalars'),
  learningRate: z.number().positive(),
  schedule: z.enum(['constant', 'cosine']),
  weightDecay: z.number().nonnegative(),
  batch: whole,
  epochs: whole.max(10_000),
  patience: whole,
})

/** 2511.09335 trains at 1e-4; 3e-3 with a cosine gets further in twenty epochs of 10⁵ events (docs/validation.md). */
export const usualTransformerTraining = {
  seed: 1,
  task: 'multi-task',
  masks: 'scalars',
  learningRate: 3e-3,
  schedule: 'cosine',
  weightDecay: 0,
  batch: 256,
  epochs: 20,
  patience: 5,
} as const satisfies Omit<TransformerConfig, 'spec'>
