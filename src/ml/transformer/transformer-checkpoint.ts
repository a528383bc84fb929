import * as z from 'zod'
import { packFile } from '../packed-file.ts'
import { unpackTraining } from '../saved-training.ts'
import { transformerConfigSchema, type TransformerConfig } from './transformer-config.ts'
import type { TransformerState } from './transformer-engine.ts'
import type { TransformerLosses } from './transformer-loss.ts'
import { TransformerLayout } from './transformer-parameters.ts'

/** What one epoch leaves behind: mean losses, those of training before each update. */
export interface TransformerRecord {
  epoch: number
  reconstruction: number
  classification: number
  validationReconstruction: number
  validationClassification: number
  learningRate: number
}

/** Everything needed to continue a training to the byte. */
export interface TransformerCheckpoint {
  config: TransformerConfig
  /** Names the events and their split. */
  dataKey: string
  engine: TransformerState
  best: { epoch: number; validationLoss: number; parameters: Float32Array } | null
  epochsSinceBest: number
  /** Sums of this epoch's batches so far. */
  losses: TransformerLosses
  history: TransformerRecord[]
}

const magic = 'theoryscape-transformer-checkpoint-1\n'
const whole = z.number().int().nonnegative()

const headerSchema = z.object({
  config: transformerConfigSchema,
  dataKey: z.string(),
  steps: whole,
  updates: whole,
  best: z.object({ epoch: whole, validationLoss: z.number() }).nullable(),
  epochsSinceBest: whole,
  losses: z.object({
    reconstruction: z.number(),
    scalars: whole,
    classification: z.number(),
    weight: z.number(),
  }),
  history: z
    .array(
      z.object({
        epoch: whole,
        reconstruction: z.number(),
        classification: z.number(),
        validationReconstruction: z.number(),
        validationClassification: z.number(),
        learningRate: z.number(),
      }),
    )
    .max(10_000),
})

/** Parameters, two moments and best parameters after the header; the format is packFile()'s. */
export function transformerCheckpointToBytes(
  checkpoint: TransformerCheckpoint,
): Promise<Uint8Array<ArrayBuffer>> {
  const { engine, best, ...rest } = checkpoint
  const header = {
    ...rest,
    steps: engine.steps,
    updates: engine.optimiser.updates,
    best: best && { epoch: best.epoch, validationLoss: best.validationLoss },
  }
  const arrays = [engine.parameters, engine.optimiser.first, engine.optimiser.second]
  if (best) arrays.push(best.parameters)
  return packFile(magic, header, arrays)
}

/** @throws AppError 'model/corrupt' where bytes are missing, altered or of another format */
export async function transformerCheckpointFromBytes(bytes: Uint8Array): Promise<TransformerCheckpoint> {
  const { header, arrays } = await unpackTraining(magic, bytes, headerSchema, ({ config, best }) =>
    new Array<number>(best ? 4 : 3).fill(new TransformerLayout(config.spec).total),
  )
  const { steps, updates, best, ...rest } = header
  const [parameters, first, second, bestParameters] = arrays
  return {
    ...rest,
    engine: { steps, parameters, optimiser: { updates, first, second } },
    best: best && { ...best, parameters: bestParameters },
  }
}
