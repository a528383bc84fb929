import { type PeakRate, peakRate } from '../../../physics/drell-yan/peak-rate.ts'
import { inspectPdf, openPdf, type PdfFile, type PdfSummary } from '../../../physics/pdf/open-pdf.ts'

/** What a dropped set is, and what it makes of the Z peak. */
export interface InspectedPdf extends PdfSummary {
  peak?: PeakRate | null
}

export function inspectedPdf(files: PdfFile[]): InspectedPdf {
  return { ...inspectPdf(files), peak: peakRate(openPdf(files)) }
}
