import { z } from 'zod'

const axisSchema = z.object({
  fNbins: z.number().int().min(1).max(1_000_000),
  fXmin: z.number(),
  fXmax: z.number(),
  /** Edges of bins of several widths; empty for equal ones. */
  fXbins: z.custom<ArrayLike<number>>((value) => Array.isArray(value) || ArrayBuffer.isView(value)).nullish(),
})

/** What JSROOT makes of a TH1 or TH2: contents with under- and overflow, x fastest; sums of squared weights where they are kept. */
export const histogramSchema = z.object({
  fXaxis: axisSchema,
  fYaxis: axisSchema,
  fArray: z.custom<ArrayLike<number>>((value) => Array.isArray(value) || ArrayBuffer.isView(value)),
})

export type StoredHistogram = z.infer<typeof histogramSchema>
type Axis = StoredHistogram['fXaxis']

/** Bin edges of an axis. */
export function edgesOf({ fNbins, fXmin, fXmax, fXbins }: Axis): number[] {
  const several = fXbins && fXbins.length === fNbins + 1
  return Array.from({ length: fNbins + 1 }, (_, i) =>
    several ? fXbins[i] : fXmin + ((fXmax - fXmin) * i) / fNbins,
  )
}
