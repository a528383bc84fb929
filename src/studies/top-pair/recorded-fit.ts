import * as z from 'zod'
import { AppError, checkedBy, describeIssues } from '../../errors.ts'
import type { FitData, FitOutcome, PredictedRatios } from './analysis/fit/fit-jobs.ts'
import type { FitKind } from './analysis/fit/fit-setup.ts'
import { fitSchema, type FitIntent } from './intent.ts'
import { fitProductSchemas } from './state/fit-product-schemas.ts'
import type { FitTrack } from './state/fit-state.ts'

z.config({ jitless: true })

/** A fit that was made before, as the page ships it. */
export interface RecordedFit {
  /** Day on which it was made, as 2026-01-31. */
  date: string
  /** Name and version of the product. */
  made: string
  /** Of the numbers: another one would find others. */
  version: string
  setup: FitIntent
  /** Without features and exact ratios of the events: it is there to be seen. */
  data: FitData
  calibration: PredictedRatios['calibration']
  fits: Record<FitKind, { outcome: FitOutcome; reports: FitTrack['reports'] }>
}

const head = z.object({
  schemaVersion: z.literal(1),
  date: z.iso.date(),
  made: z.string().max(80),
  version: z.string().max(80),
  setup: fitSchema,
})

/** Digits of what is drawn. */
const digits = 6
const rounded = (value: number): number =>
  Number.isFinite(value) ? Number(value.toPrecision(digits)) : value

/** Most samples of a posterior that are kept, and most reports of its run. */
const mostSamples = 1500
const mostReports = 120

/** Every k-th row, so that no more than `most` are left. */
function everyKth(rows: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(rows / most))
  return Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step)
}

/** A posterior with fewer samples, whose weights sum to 1 again; all that is told of it is of all samples. */
function thinned(outcome: FitOutcome): FitOutcome {
  const d = outcome.names.length
  const kept = everyKth(outcome.weights.length, mostSamples)
  const total = kept.reduce((sum, i) => sum + outcome.weights[i], 0)
  return {
    ...outcome,
    theta: Float64Array.from(kept.flatMap((i) => Array.from(outcome.theta.subarray(i * d, (i + 1) * d)))),
    weights: Float64Array.from(kept, (i) => outcome.weights[i] / total),
    logL: Float64Array.from(kept, (i) => outcome.logL[i]),
  }
}

/** The text of a recorded fit. */
export function writeRecordedFit({ data, fits, ...rest }: RecordedFit): string {
  const slim: FitData = { ...data, features: { names: [], values: new Float32Array(0) }, exactRatios: null }
  const kinds = Object.entries(fits).map(([kind, { outcome, reports }]) => [
    kind,
    {
      outcome: thinned(outcome),
      reports: everyKth(reports.length, mostReports).map((i) => reports[i]),
    },
  ])
  const all = { schemaVersion: 1, ...rest, data: slim, fits: Object.fromEntries(kinds) as object }
  return `${JSON.stringify(all, (_, value: unknown) => plainNumbers(value))}\n`
}

/** Lists of numbers keep their type by name. */
function plainNumbers(value: unknown): unknown {
  if (value instanceof Float64Array) return { f64: Array.from(value, rounded) }
  if (value instanceof Float32Array) return { f32: Array.from(value, rounded) }
  return typeof value === 'number' ? rounded(value) : value
}

const listOfNumbers = z.array(z.number().nullable())

function typedArrays(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { f64, f32 } = value as { f64?: unknown; f32?: unknown }
  const list = listOfNumbers.safeParse(f64 ?? f32)
  if (!list.success) return value
  const numbers = list.data.map((entry) => entry ?? NaN)
  return f64 === undefined ? Float32Array.from(numbers) : Float64Array.from(numbers)
}

/** @throws AppError 'data/corrupt' naming what is wrong */
export function readRecordedFit(text: string): RecordedFit {
  let value: unknown
  try {
    value = JSON.parse(text, (_, entry: unknown) => typedArrays(entry))
  } catch {
    throw new AppError('data/corrupt', 'The recorded fit is not JSON. Reload the page.')
  }
  const of = value as { data?: unknown; calibration?: unknown; fits?: Record<string, object | undefined> }
  const { date, made, version, setup } = checked(head, value)
  const keyed = (entry: unknown) => ({ key: '', setup, value: entry })
  const data = checked(fitProductSchemas.data, keyed(of.data)).value
  const none = { ratios: new Float64Array(0), spread: new Float64Array(0) }
  const { calibration } = checked(
    fitProductSchemas.ratios,
    keyed({ ...none, calibration: of.calibration }),
  ).value
  const fitOf = (kind: FitKind) => {
    const { outcome, reports } = (of.fits?.[kind] ?? {}) as { outcome?: unknown; reports?: unknown }
    const read = checked(fitProductSchemas.fit, { outcome: keyed(outcome), reports })
    return { outcome: read.outcome.value, reports: read.reports }
  }
  const fits = { binned: fitOf('binned'), unbinned: fitOf('unbinned'), exact: fitOf('exact') }
  return { ...{ date, made, version, setup }, data, calibration, fits }
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = checkedBy(schema, value)
  if (result.success) return result.data
  throw new AppError(
    'data/corrupt',
    `The recorded fit is not as expected: ${describeIssues(result.error.issues)}. Reload the page.`,
  )
}
