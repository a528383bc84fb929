import * as z from 'zod'
import type { Recorded } from '../recorded.ts'
import { checkedRecord, parseRecorded, quantised, recordedHead, recordedText } from '../recorded-file.ts'
import type { RecordedTraining, TrainingRun } from './training-run.ts'

const count = z.int().nonnegative()
/** Any number: what was not measured is NaN, which the file has as null. */
const real = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN)

const moment = z.object({
  ...{ step: count, loss: real, heldOutLoss: real, effectiveRank: real, collapsed: z.boolean() },
  latent: z.instanceof(Float32Array),
})

const trainingSchema = z
  .object({
    ...recordedHead,
    ...{ key: z.string(), step: count, steps: count, backend: z.string() },
    losses: z.array(z.object({ step: count, loss: z.number() })),
    moments: z.array(moment).min(1),
    previewItems: z.instanceof(Int32Array),
    /** What a study keeps beside it. */
    beside: z.unknown().optional(),
  })
  .refine(
    ({ moments, previewItems: { length } }) =>
      moments.every(({ latent }) => length > 0 && latent.length > 0 && latent.length % length === 0),
    'pictures and their items differ in number',
  )

/** Losses of the batches that are kept. */
const keptLosses = 250

interface Written extends Recorded {
  key: string
  run: Pick<TrainingRun, 'step' | 'steps' | 'backend' | 'losses' | 'moments' | 'previewItems'>
  /** What the study shows beside it. */
  beside?: unknown
}

/** The text of a recorded training: every k-th loss of its batches, and its pictures in 16 bits. */
export function writeRecordedTraining({ date, made, key, run, beside }: Written): string {
  const { step, steps, backend, losses, moments, previewItems } = run
  const every = Math.ceil(losses.length / keptLosses)
  return recordedText({
    ...{ date, made, key, step, steps, backend, previewItems, beside },
    losses: losses.filter((_, i) => i % every === 0 || i === losses.length - 1),
    moments: moments.map(({ checkpoint, latent, ...told }) => {
      void checkpoint
      return { ...told, latent: quantised(latent) }
    }),
  })
}

/** @throws AppError 'data/corrupt' naming what is wrong */
export function readRecordedTraining(text: string): RecordedTraining {
  const read = checkedRecord(trainingSchema, parseRecorded(text, 'training'), 'training')
  const { date, made, key, step, steps, backend, losses, moments, previewItems, beside } = read
  const none = new Uint8Array(0)
  return {
    ...{ date, made, key, beside },
    seen: {
      ...{ step, steps, backend, losses, previewItems },
      moments: moments.map((each) => ({ ...each, checkpoint: none })),
    },
  }
}
