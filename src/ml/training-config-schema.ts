import * as z from 'zod'
import { backendNames, type TrainingConfig } from './training-config.ts'

z.config({ jitless: true })

const count = z.number().int().positive()

/** Training settings in a file: any that could have been trained; the page's own limits are in the schema of its study. */
export const trainingConfigSchema: z.ZodType<TrainingConfig> = z.object({
  seed: z.number().int(),
  loss: z.enum(['supcon-euclidean', 'supcon-cosine', 'pair']),
  temperature: z.number().positive(),
  margin: z.number().positive(),
  latentDim: count.max(64),
  widths: z.array(count.max(4096)).max(16),
  blocks: z.enum(['batch-norm', 'bias']).optional(),
  pool: z.object({ items: count.max(1024), widths: z.array(count.max(4096)).min(1).max(16) }).optional(),
  dropout: z.number().min(0).lt(1),
  learningRate: z.number().positive(),
  optimiser: z.enum(['adam', 'adamw']),
  weightDecay: z.number().nonnegative(),
  epsilon: z.number().positive().optional(),
  universesPerBatch: count,
  replicasPerUniverse: count,
  steps: count,
  universes: z.enum(['fresh', 'fixed']),
  fixedUniverses: count,
  patience: count,
  backend: z.enum(['auto', ...backendNames]),
})
