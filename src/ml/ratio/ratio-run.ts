import * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../../errors.ts'

z.config({ jitless: true })

/** Version 1 of `run.json`: what differs between two equal trainings and so has no place on the card. */
const ratioRunSchema = z.object({
  schemaVersion: z.literal(1),
  /** Names the network that this run made. */
  weightsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the training, recalibration included. */
  seconds: z.number().nonnegative(),
  finished: z.iso.datetime(),
  host: z.object({
    name: z.string(),
    cpu: z.string(),
    cores: z.number(),
    system: z.string(),
    node: z.string(),
  }),
})
export type RatioRun = z.infer<typeof ratioRunSchema>

export function writeRatioRun(run: Omit<RatioRun, 'schemaVersion'>): string {
  return `${JSON.stringify(ratioRunSchema.parse({ schemaVersion: 1, ...run }), null, 2)}\n`
}

/**
 * The run that made the network with these weights; null for that of another.
 *
 * @throws AppError 'model/corrupt' naming what is wrong
 */
export function readRatioRun(text: string, weightsSha256: string): RatioRun | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AppError('model/corrupt', 'run.json is not JSON. Load it again, or leave it out.')
  }
  const parsed = checkedBy(ratioRunSchema, value)
  if (!parsed.success)
    throw new AppError(
      'model/corrupt',
      `run.json is not as expected: ${describeIssues(parsed.error.issues)}. Load it again, or leave it out.`,
    )
  return parsed.data.weightsSha256 === weightsSha256 ? parsed.data : null
}
