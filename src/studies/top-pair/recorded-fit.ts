import * as z from 'zod'
import type { Recorded } from '../../core/recorded.ts'
import { checkedRecord, parseRecorded, recordedHead, recordedText } from '../../core/recorded-file.ts'
import type { FitData, FitOutcome, PredictedRatios } from './analysis/fit/fit-jobs.ts'
import type { FitKind } from './analysis/fit/fit-setup.ts'
import { fitSchema, type FitIntent } from './intent.ts'
import { fitProductSchemas } from './state/fit-product-schemas.ts'
import type { FitTrack } from './state/fit-state.ts'

z.config({ jitless: true })

/** A fit that was made before, as the page ships it. */
export interface RecordedFit extends Recorded {
  /** Of the numbers: another one would find others. */
  version: string
  setup: FitIntent
  /** Without features and exact ratios of the events: it is there to be seen. */
  data: FitData
  calibration: PredictedRatios['calibration']
  fits: Record<FitKind, { outcome: FitOutcome; reports: FitTrack['reports'] }>
}

const head = z.object({ ...recordedHead, version: z.string().max(80), setup: fitSchema })

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
  return recordedText({ ...rest, data: slim, fits: Object.fromEntries(kinds) as object })
}

/** @throws AppError 'data/corrupt' naming what is wrong */
export function readRecordedFit(text: string): RecordedFit {
  const value = parseRecorded(text, 'fit')
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

const checked = <T>(schema: z.ZodType<T>, value: unknown): T => checkedRecord(schema, value, 'fit')
