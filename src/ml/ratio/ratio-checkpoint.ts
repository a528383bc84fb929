import * as z from 'zod'
import { packFile } from '../packed-file.ts'
import { checkUnchanged, unpackTraining } from '../saved-training.ts'
import { ratioTrainingSchema, type RatioTrainingConfig } from './ratio-config.ts'
import type { RatioEngineState, RatioTable } from './ratio-engine.ts'
import { countRatioParameters } from './ratio-parameters.ts'

/** What one epoch leaves behind; loss is the mean over its batches. */
export interface RatioRecord {
  epoch: number
  loss: number
  validationLoss: number
  learningRate: number
}

/** Everything needed to continue a training to the bit. */
export interface RatioCheckpoint {
  config: RatioTrainingConfig
  features: number
  outputs: number
  dataKey: string
  step: number
  engine: RatioEngineState
  best: { epoch: number; validationLoss: number; parameters: Float32Array } | null
  epochsSinceBest: number
  /** Sum of the losses of this epoch's batches so far. */
  lossSum: number
  history: RatioRecord[]
}

const magic = 'theoryscape-ratio-checkpoint-1\n'
const whole = z.number().int().nonnegative()

const headerSchema = z.object({
  config: ratioTrainingSchema,
  features: z.number().int().positive().max(65_536),
  outputs: z.number().int().positive().max(4096),
  dataKey: z.string(),
  step: whole,
  updates: whole,
  best: z.object({ epoch: whole, validationLoss: z.number() }).nullable(),
  epochsSinceBest: whole,
  lossSum: z.number(),
  history: z
    .array(z.object({ epoch: whole, loss: z.number(), validationLoss: z.number(), learningRate: z.number() }))
    .max(100_000),
})

export function ratioCheckpointToBytes(checkpoint: RatioCheckpoint): Promise<Uint8Array<ArrayBuffer>> {
  const { engine, best, ...rest } = checkpoint
  const { parameters, optimiser } = engine
  const header = {
    ...rest,
    updates: optimiser.updates,
    best: best && { epoch: best.epoch, validationLoss: best.validationLoss },
  }
  const arrays = [parameters, optimiser.first, optimiser.second]
  if (best) arrays.push(best.parameters)
  return packFile(magic, header, arrays)
}

/** @throws AppError 'model/corrupt' where bytes are missing, altered or of another format */
export async function ratioCheckpointFromBytes(bytes: Uint8Array): Promise<RatioCheckpoint> {
  const { header, arrays } = await unpackTraining(magic, bytes, headerSchema, (saved) => {
    const { config, features, outputs, best } = saved
    const count = countRatioParameters({ inputs: features, widths: config.widths, outputs })
    return new Array<number>(best ? 4 : 3).fill(count)
  })
  const { updates, best, ...rest } = header
  const [parameters, first, second, bestParameters] = arrays
  return {
    ...rest,
    engine: { parameters, optimiser: { updates, first, second } },
    best: best && { ...best, parameters: bestParameters },
  }
}

/** What may not change on the way; patience and learning rate may. */
const fixedSettings = [
  'seed',
  'widths',
  'loss',
  'optimiser',
  'weightDecay',
  'batches',
  'validationShare',
] as const

/** @throws AppError 'model/mismatch' naming the setting that differs */
export function checkRatioResumable(
  checkpoint: RatioCheckpoint,
  config: RatioTrainingConfig,
  table: Pick<RatioTable, 'features' | 'outputs'>,
  dataKey: string,
): void {
  checkUnchanged('features', checkpoint.features, table.features)
  checkUnchanged('outputs', checkpoint.outputs, table.outputs)
  checkUnchanged('data', checkpoint.dataKey, dataKey)
  for (const key of fixedSettings) checkUnchanged(key, checkpoint.config[key], config[key])
}
