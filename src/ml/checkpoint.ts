import * as z from 'zod'
import type { EngineState } from './encoder-engine.ts'
import { architectureOf, countParameters } from './encoder-parameters.ts'
import { packFile } from './packed-file.ts'
import { unpackTraining } from './saved-training.ts'
import { trainingConfigSchema } from './training-config-schema.ts'
import type { TrainingConfig } from './training-config.ts'

/** What one evaluation leaves behind; loss is the mean since the evaluation before. */
export interface TrainingRecord {
  step: number
  loss: number
  heldOutLoss: number
  learningRate: number
}

/** Everything needed to continue a training to the bit. */
export interface Checkpoint {
  config: TrainingConfig
  features: number
  engine: EngineState
  best: { step: number; heldOutLoss: number; parameters: Float32Array } | null
  evaluationsSinceBest: number
  /** Sum of the losses since the last evaluation. */
  lossSum: number
  history: TrainingRecord[]
}

const magic = 'theoryscape-checkpoint-1\n'

const headerSchema = z.object({
  config: trainingConfigSchema,
  features: z.number().int().positive().max(65_536),
  steps: z.number().int().nonnegative(),
  updates: z.number().int().nonnegative(),
  best: z.object({ step: z.number().int(), heldOutLoss: z.number() }).nullable(),
  evaluationsSinceBest: z.number().int().nonnegative(),
  lossSum: z.number(),
  history: z
    .array(
      z.object({ step: z.number(), loss: z.number(), heldOutLoss: z.number(), learningRate: z.number() }),
    )
    .max(100_000),
})

/** Parameters, two moments and best parameters after the header; the format is packFile()'s. */
export function checkpointToBytes(checkpoint: Checkpoint): Promise<Uint8Array<ArrayBuffer>> {
  const { engine, best, ...rest } = checkpoint
  const header = {
    ...rest,
    steps: engine.steps,
    updates: engine.optimiser.updates,
    best: best && { step: best.step, heldOutLoss: best.heldOutLoss },
  }
  const arrays = [engine.parameters, engine.optimiser.first, engine.optimiser.second]
  if (best) arrays.push(best.parameters)
  return packFile(magic, header, arrays)
}

/** @throws AppError 'model/corrupt' where bytes are missing, altered or of another format */
export async function checkpointFromBytes(bytes: Uint8Array): Promise<Checkpoint> {
  const { header, arrays } = await unpackTraining(
    magic,
    bytes,
    headerSchema,
    ({ config, features, best }) => {
      const { trainable, total } = countParameters(architectureOf(config, features))
      return [total, trainable, trainable, ...(best ? [total] : [])]
    },
  )
  const { steps, updates, best, ...rest } = header
  const [parameters, first, second, bestParameters] = arrays
  return {
    ...rest,
    engine: { steps, parameters, optimiser: { updates, first, second } },
    best: best && { ...best, parameters: bestParameters },
  }
}
