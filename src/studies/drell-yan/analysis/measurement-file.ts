import * as z from 'zod'
import { AppError } from '../../../errors.ts'
import { checkBinned, readPublished } from './published-file.ts'

z.config({ jitless: true })

/** A published differential cross-section with its full covariance, in the project's own format. */
const measurementFileSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  title: z.string(),
  observable: z.string(),
  sqrtSGeV: z.number().positive(),
  citation: z.string(),
  url: z.string(),
  edgesGeV: z.array(z.number()),
  valuePbPerGeV: z.array(z.number()),
  totalUncertaintyPbPerGeV: z.array(z.number()),
  covariancePb2PerGeV2: z.array(z.array(z.number())),
})

export interface Measurement {
  id: string
  title: string
  observable: string
  sqrtSGeV: number
  citation: string
  url: string
  edges: number[] // [bins + 1], GeV
  value: Float64Array // [bins], pb/GeV
  error: Float64Array // [bins], pb/GeV, all sources
  covariance: Float64Array // [bins, bins], (pb/GeV)^2
}

/** @throws AppError 'data/corrupt' naming the field, or both counts where they disagree */
export function parseMeasurement(json: unknown): Measurement {
  const file = readPublished('measurement', measurementFileSchema, json)
  const bins = file.edgesGeV.length - 1
  const { valuePbPerGeV, totalUncertaintyPbPerGeV, covariancePb2PerGeV2 } = file
  checkBinned(
    `${file.edgesGeV.length} edges make ${bins} bins`,
    bins,
    { valuePbPerGeV, totalUncertaintyPbPerGeV },
    { covariancePb2PerGeV2 },
  )
  const fall = file.edgesGeV.findIndex((edge, i) => i > 0 && !(edge > file.edgesGeV[i - 1]))
  if (fall > 0)
    throw new AppError(
      'data/corrupt',
      `The measurement's edgesGeV must rise, but ${file.edgesGeV[fall - 1]} is followed by ${file.edgesGeV[fall]}. Compare with the published table.`,
    )
  return {
    id: file.id,
    title: file.title,
    observable: file.observable,
    sqrtSGeV: file.sqrtSGeV,
    citation: file.citation,
    url: file.url,
    edges: file.edgesGeV,
    value: Float64Array.from(file.valuePbPerGeV),
    error: Float64Array.from(file.totalUncertaintyPbPerGeV),
    covariance: Float64Array.from(file.covariancePb2PerGeV2.flat()),
  }
}

/** The bins from `fromGeV` up, converted to pb per bin. */
export function binsFrom(
  measurement: Measurement,
  fromGeV: number,
): { first: number; edges: number[]; value: Float64Array; covariance: Float64Array } {
  const first = measurement.edges.indexOf(fromGeV)
  if (first < 0)
    throw new AppError(
      'input/invalid',
      `${fromGeV} GeV is no edge of ${measurement.title}; its edges are ${measurement.edges.join(', ')}.`,
    )
  const all = measurement.value.length
  const edges = measurement.edges.slice(first)
  const bins = edges.length - 1
  const width = (b: number) => edges[b + 1] - edges[b]
  const value = Float64Array.from({ length: bins }, (_, b) => measurement.value[first + b] * width(b))
  const covariance = new Float64Array(bins * bins)
  for (let a = 0; a < bins; a++)
    for (let b = 0; b < bins; b++)
      covariance[a * bins + b] = measurement.covariance[(first + a) * all + first + b] * width(a) * width(b)
  return { first, edges, value, covariance }
}
