import * as z from 'zod'
import { AppError } from '../../../../errors.ts'
import { checkBinned, readPublished } from '../published-file.ts'

z.config({ jitless: true })

const range = z.tuple([z.number(), z.number()])

/** A published A_4 in bins of |y| and mass with its correlations, in the project's own format. */
const a4FileSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  title: z.string(),
  observable: z.literal('A4'),
  sqrtSGeV: z.number().positive(),
  citation: z.string(),
  url: z.string(),
  note: z.string(),
  bins: z.array(z.object({ absy: range, mGeV: range })).min(1),
  value: z.array(z.number()),
  error: z.array(z.number().positive()),
  correlation: z.array(z.array(z.number())),
})

export interface A4Bin {
  /** |y| of the pair, low and high */
  absY: [number, number]
  /** GeV, low and high */
  mass: [number, number]
}

export interface A4Measurement {
  id: string
  title: string
  sqrtSGeV: number
  citation: string
  url: string
  note: string
  bins: A4Bin[]
  value: Float64Array // [bins]
  error: Float64Array // [bins]
  covariance: Float64Array // [bins, bins]
}

/** @throws AppError 'data/corrupt' naming the field, or both numbers where they disagree */
export function parseA4Measurement(json: unknown): A4Measurement {
  const { bins, value, error, correlation, ...about } = readPublished('A4 measurement', a4FileSchema, json)
  const n = bins.length
  checkBinned(`The A4 measurement has ${n} bins`, n, { value, error }, { correlation })
  bins.forEach(({ absy, mGeV }, b) => {
    for (const [what, [low, high]] of [
      ['|y|', absy],
      ['mass', mGeV],
    ] as const)
      if (!(low >= 0 && high > low))
        throw new AppError(
          'data/corrupt',
          `Bin ${b} of the A4 measurement has a range of ${what} from ${low} to ${high}, which must rise from 0 or more. Compare with the published table.`,
        )
  })
  return {
    id: about.id,
    title: about.title,
    sqrtSGeV: about.sqrtSGeV,
    citation: about.citation,
    url: about.url,
    note: about.note,
    bins: bins.map(({ absy, mGeV }) => ({ absY: absy, mass: mGeV })),
    value: Float64Array.from(value),
    error: Float64Array.from(error),
    covariance: Float64Array.from(
      correlation.flatMap((row, i) => row.map((rho, j) => rho * error[i] * error[j])),
    ),
  }
}
