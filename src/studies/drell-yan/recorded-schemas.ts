import * as z from 'zod'
import type { ComparedMaps } from '../../numerics/compared-maps.ts'
import type { ClassReport } from './analysis/classification/evaluate.ts'
import { outsideKinds } from './analysis/classification/outside-universes.ts'

z.config({ jitless: true })

const real = z.number()
const estimate = z.object({ value: real, error: real })
const doubles = z.custom<Float64Array>((value) => value instanceof Float64Array)
const singles = z.custom<Float32Array>((value) => value instanceof Float32Array)
const sets = z.object({ coverage: real, meanSize: real, emptyShare: real, worstClassCoverage: real })
const told = z.object({ auroc: estimate, caught: estimate })

/** Scores of a classifier. */
export const classReportSchema = z.object({
  ...{ classes: real, rows: real, coverage: real, falseAlarms: real },
  scores: z.array(
    z.object({
      name: z.enum(['learned', 'temperature-scaled', 'Bayes']),
      ...{ accuracy: estimate, nll: estimate, brier: estimate, kl: estimate },
      reliability: z.object({
        bins: z.array(z.object({ rows: real, confidence: real, accuracy: real, expectedError: real })),
        ...{ ece: real, floor: real },
      }),
      riskCoverage: z.object({
        curve: z
          .object({ coverage: doubles, risk: doubles })
          .refine((curve) => curve.coverage.length === curve.risk.length, 'a curve of unequal sides'),
        ...{ aurc: real, oracle: real },
      }),
      sets: z.object({ lac: sets, aps: sets }),
    }),
  ),
  none: z.array(
    z.object({
      kind: z.enum(['held-out universes', ...outsideKinds]),
      ...{ spectra: real, learned: told, chi2: told },
    }),
  ),
}) satisfies z.ZodType<ClassReport>

/** Maps side by side. */
export const comparedMapsSchema = z
  .object({
    maps: z
      .array(
        z.object({
          ...{ id: z.string(), latentDim: z.int(), xy: singles, aligned: singles, kept: singles },
          fit: z.object({
            ...{ rotation: doubles, mirrored: z.boolean(), scale: real, disparity: real },
            shift: z.tuple([real, real]),
          }),
          ...{ neighbours: z.instanceof(Int32Array), meanKept: real, meanTrue: real },
        }),
      )
      .min(1),
    neighbours: z.int().positive(),
    ...{ counted: z.instanceof(Uint8Array), jaccard: doubles, chance: real },
  })
  .refine(
    ({ maps, counted: { length } }) =>
      maps.every(
        ({ xy, aligned, kept }) =>
          xy.length === 2 * length && aligned.length === 2 * length && kept.length === length,
      ),
    'maps of unequal numbers of points',
  ) satisfies z.ZodType<ComparedMaps>
