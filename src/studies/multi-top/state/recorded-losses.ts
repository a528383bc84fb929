import * as z from 'zod'
import { checkedRecord } from '../../../core/recorded-file.ts'
import type { TransformerLosses } from './transformer-run.ts'

z.config({ jitless: true })

const lossesSchema = z.object({
  records: z.array(
    z.object({
      ...{ epoch: z.number(), reconstruction: z.number(), classification: z.number() },
      ...{ validationReconstruction: z.number(), validationClassification: z.number() },
      learningRate: z.number(),
    }),
  ),
  levels: z.object({ mean: z.number(), algebra: z.number(), chance: z.number(), trees: z.number() }),
})

/** Both losses of a recorded training. */
export function recordedLosses(key: string, beside: unknown): TransformerLosses {
  return { key, ...checkedRecord(lossesSchema, beside, 'training') }
}
