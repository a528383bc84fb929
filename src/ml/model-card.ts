import * as z from 'zod'
import { AppError, capText, shortName } from '../errors.ts'
import { trainingConfigSchema } from './training-config-schema.ts'

z.config({ jitless: true })

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)

/** Words from a file as they are shown. */
const name = z.string().transform((text) => shortName(text))
const words = z.string().transform(capText)
/** Those of the shipped cards are 28 at most. */
const mostMetrics = 100

/** Version 1 of `card.json`: what an encoder is, what it was trained on, and how well it does on unseen universes. */
export const modelCardSchema = z.object({
  schemaVersion: z.literal(1),
  id,
  title: name,
  description: words,
  architecture: z.object({
    /** Bins of a spectrum; the network's input is whitening (x - mean), stored with the weights. */
    features: z.number().int().positive().max(4096),
    widths: z.array(z.number().int().positive().max(4096)).max(16),
    latentDim: z.number().int().positive().max(64),
    blocks: z.enum(['batch-norm', 'bias']).optional(),
    pool: z
      .object({
        items: z.number().int().positive().max(1024),
        widths: z.array(z.number().int().positive().max(4096)).min(1).max(16),
      })
      .optional(),
  }),
  training: trainingConfigSchema,
  whitening: z.object({
    description: words,
    /** Expected events and errors scale with it. */
    luminosityInvFb: z.number().positive().optional(),
  }),
  dataset: z.object({ id, manifestSha256: sha256 }),
  /** Steps of the kept weights, and planned ones. */
  steps: z.object({ best: z.number().int().nonnegative(), planned: z.number().int().positive() }),
  /** Measured on held-out universes; each with the limit it is to be compared with in its description. */
  metrics: z
    .record(
      z.string().max(80),
      z.object({ value: z.number(), error: z.number().nonnegative().optional(), description: words }),
    )
    .refine((metrics) => Object.keys(metrics).length <= mostMetrics, {
      error: ({ input }) =>
        `${Object.keys(input as object).length} of them, at most ${mostMetrics} are shown`,
    }),
  engine: name,
  tfjsVersion: name,
  appVersion: name,
  /** Absent from the command line's: equal trainings have equal cards. */
  date: z.iso.date().optional(),
  weightsSha256: sha256,
})

export type ModelCard = z.infer<typeof modelCardSchema>

/** @throws AppError 'model/mismatch' with both numbers where spectra are not what the model was trained on */
export function checkModelFits(card: ModelCard, dataset: { id: string; features: number }): void {
  const { features } = card.architecture
  if (features !== dataset.features)
    throw new AppError(
      'model/mismatch',
      `Model ${card.id} expects ${features} bins, dataset ${dataset.id} has ${dataset.features}. Choose a model trained on this dataset (it was trained on ${card.dataset.id}) or train one.`,
      { model: card.id, expected: features, dataset: dataset.id, actual: dataset.features },
    )
}
