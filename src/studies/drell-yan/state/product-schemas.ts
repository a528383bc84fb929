import * as z from 'zod'
import type { DrellYanProducts } from './products.ts'

z.config({ jitless: true })

/** Any number: what could not be computed is NaN. */
const real = z.custom<number>((value) => typeof value === 'number', 'is no number')
const text = z.string().max(2000)
const order = z.enum(['linear', 'quadratic'])
const floats = z.instanceof(Float64Array)
const estimate = z.object({ value: real, error: real })
const made = { encoder: text, encoderHash: text, manifestHash: text }

const roc = z.object({
  auroc: estimate,
  truePositives: z.array(z.object({ falseAlarms: real, rate: estimate })),
  curve: z
    .object({ falseAlarms: floats, truePositives: floats })
    .refine((curve) => curve.falseAlarms.length === curve.truePositives.length, 'a curve of unequal sides'),
})

const anomalyClass = z.object({
  ...{ id: text, label: text, meaning: text, spectra: real, inside: real, outside: real, population: roc },
  power: z.array(z.object({ falseAlarms: real, residual: real, matchedFilter: real.nullable() })),
  scores: z.record(z.string(), roc),
})

/** Scores as they are read from a bundle, which anybody may have written. A classifier and a measured spectrum travel as their files. */
export const productSchemas: {
  readonly [K in Exclude<keyof DrellYanProducts, 'classifier' | 'measured'>]: z.ZodType<DrellYanProducts[K]>
} = {
  evaluation: z.object({
    ...made,
    options: z.object({
      ...{ seed: real, order, gallery: real, background: real, anomalies: real },
      classes: z.array(text).optional(),
    }),
    ...{ rank: real, bins: real },
    scores: z.array(z.object({ id: text, label: text, latent: z.boolean() })).min(1),
    classes: z.array(anomalyClass).min(1),
    missing: text.optional(),
  }),
  retrieval: z.object({
    ...made,
    options: z.object({ seed: real, order, queries: real, query: z.enum(['mean', 'replica']) }),
    gallery: real,
    representations: z.array(
      z.object({
        ...{ name: text, trustworthiness: real, continuity: real },
        recall: z.array(z.object({ k: real, value: real, error: real })),
        ...{ meanAveragePrecision: real, ndcg: real, distanceCorrelation: real },
      }),
    ),
  }),
  limits: z.object({
    ...made,
    ...{ universes: real, replicas: real, seed: real, bayes: estimate },
    scores: z.array(
      z.object({
        ...{ name: text, accuracy: estimate, recallAt1: real, recallAt5: real },
        ...{ distanceCorrelation: real, trustworthiness: real, continuity: real },
      }),
    ),
  }),
}
