import * as z from 'zod'
import { AppError } from '../../errors.ts'
import { packFile, unpackFile } from '../packed-file.ts'
import { checkUnchanged } from '../saved-training.ts'
import { classifierConfigSchema, type ClassifierConfig } from './classifier-config.ts'
import type { ClassifierState } from './classifier-engine.ts'

z.config({ jitless: true })

/** Everything needed to continue the training of one network to the bit. */
export interface ClassifierCheckpoint {
  config: ClassifierConfig
  /** Steps done. */
  step: number
  state: ClassifierState
}

const magic = 'theoryscape-classifier-checkpoint-1\n'
const whole = z.number().int().nonnegative()
const headerSchema = z.object({ config: classifierConfigSchema, step: whole, updates: whole })

export function classifierCheckpointToBytes({
  config,
  step,
  state: { parameters, optimiser },
}: ClassifierCheckpoint): Promise<Uint8Array<ArrayBuffer>> {
  const header = { config, step, updates: optimiser.updates }
  return packFile(magic, header, [parameters, optimiser.first, optimiser.second])
}

/** @throws AppError 'model/corrupt' where bytes are missing, altered or of another format */
export async function classifierCheckpointFromBytes(bytes: Uint8Array): Promise<ClassifierCheckpoint> {
  const { header, numbers } = await unpackFile(magic, bytes)
  const parsed = headerSchema.safeParse(header)
  if (!parsed.success || numbers.length % 3 !== 0)
    throw new AppError('model/corrupt', 'The saved training is not as expected. Start the training anew.')
  const { config, step, updates } = parsed.data
  const take = (k: number): Float32Array =>
    numbers.slice((k * numbers.length) / 3, ((k + 1) * numbers.length) / 3)
  return {
    config,
    step,
    state: { parameters: take(0), optimiser: { updates, first: take(1), second: take(2) } },
  }
}

/** @throws AppError 'model/mismatch' naming the setting that differs */
export function checkClassifierResumable(
  saved: Pick<ClassifierCheckpoint, 'config' | 'state'>,
  config: ClassifierConfig,
  parameters: number,
): void {
  for (const key of Object.keys(config) as (keyof ClassifierConfig)[])
    checkUnchanged(key, saved.config[key], config[key])
  checkUnchanged('parameters', saved.state.parameters.length, parameters)
}
