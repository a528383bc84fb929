import { AppError } from '../../errors.ts'
import type { PdfSet } from '../pdf/pdf-set.ts'
import { computeTemplates } from './templates.ts'
import type { TemplateRequest } from './template-request.ts'

/** pp -> l+ l- at 13 TeV, 66 to 116 GeV, full phase space: a number of a set that everyone knows. */
export interface PeakRate {
  /** pb */
  lo: number
  /** With the lowest and highest of seven choices of scales; null where it cannot be had. */
  nlo: { value: number; lowest: number; highest: number; kFactor: number } | null
  /** The set was fitted at leading order: NLO with it is a formal test. */
  formal: boolean
  /** Why there is none at next-to-leading order, in a sentence. */
  note: string | null
}

/** mu_F and mu_R by factors of two, without the two that move them apart by four. */
const sevenPoints = [
  [1, 1],
  [0.5, 0.5],
  [2, 2],
  [0.5, 1],
  [2, 1],
  [1, 0.5],
  [1, 2],
] as const

/** @returns  null for a set that gives no positive rate at leading order */
export function peakRate(pdf: PdfSet): PeakRate | null {
  const request: TemplateRequest = {
    ...{ observables: [{ name: 'mll', edges: [66, 116] }], pdf, sqrtS: 13_000, scheme: 'MW', muF: 'mll' },
    ...{ cuts: null, widthShift: false, scaleVariations: false },
  }
  const lo = computeTemplates(request).sm[0]
  if (!(lo > 0)) return null
  const formal = pdf.orderQcd === 0
  try {
    const values = sevenPoints.map(
      ([muF, muR]) => computeTemplates({ ...request, order: 'nlo', scaleFactors: { muF, muR } }).sm[0],
    )
    const [value] = values
    const nlo = { value, lowest: Math.min(...values), highest: Math.max(...values), kFactor: value / lo }
    return { lo, nlo, formal, note: null }
  } catch (thrown) {
    return { lo, nlo: null, formal, note: AppError.from(thrown).message }
  }
}
