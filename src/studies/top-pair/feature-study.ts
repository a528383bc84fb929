import * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../../errors.ts'

z.config({ jitless: true })

/** What a fit looks at, in the order of what it can know; the first and the last need no network. */
export const featureSteps = ['binned', 'parton', '11', '14', 'ml4eft-18', 'exact'] as const
export type FeatureStep = (typeof featureSteps)[number]

const loss = z.object({ loss: z.number(), error: z.number() })
const widths = z.array(z.array(z.number().min(0)))

const schema = z.object({
  schemaVersion: z.literal(1),
  /** Day on which it was made, as 2026-01-31. */
  date: z.iso.date(),
  made: z.string().max(80),
  version: z.string().max(80),
  command: z.string().max(400),
  setup: z.object({
    sqrtSGeV: z.number(),
    mttMinGeV: z.number(),
    truth: z.record(z.string(), z.number()),
    observedEvents: z.number(),
    livePoints: z.number(),
    seeds: z.array(z.number()),
    testEvents: z.number(),
  }),
  operators: z.array(z.string()),
  terms: z.array(z.string()),
  /** By term. */
  losses: z.object({
    /** (m_tt, y_tt) without cuts: by quadrature, and of networks by the same quadrature. */
    partonExact: z.array(z.number()),
    partonLearned: z.array(z.number()).nullable(),
    /** After the cuts, with all that the generator knows of an event. */
    finalState: z.array(z.number()),
    learned: z.array(z.object({ step: z.enum(featureSteps), replicas: z.number(), terms: z.array(loss) })),
  }),
  /** Total lengths of highest-density sets [TeV^-2], [operators][seeds]. */
  intervals: z.array(z.object({ step: z.enum(featureSteps), width68: widths, width95: widths })),
})

/**
 * What the features are worth: losses of classifiers beside the exact limits (Table 3 of the thesis), and widths of
 * intervals of the same data from one binned observable to the full final state.
 */
export type FeatureStudy = z.infer<typeof schema>

/** @throws AppError 'data/corrupt' naming what is wrong */
export function readFeatureStudy(text: string): FeatureStudy {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AppError('data/corrupt', 'The recorded study of features is not JSON. Reload the page.')
  }
  const result = checkedBy(schema, value)
  if (result.success) return result.data
  throw new AppError(
    'data/corrupt',
    `The recorded study of features is not as expected: ${describeIssues(result.error.issues)}. Reload the page.`,
  )
}

/** Of each step with its own number of inputs; the full final state has all of them. */
export const featureCounts: Readonly<Record<FeatureStep, number | null>> = {
  binned: 1,
  parton: 2,
  '11': 11,
  '14': 14,
  'ml4eft-18': 18,
  exact: null,
}
