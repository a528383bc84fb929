import { AppError } from '../errors.ts'
import { createDefaultPdf } from '../physics/pdf/default-pdf.ts'
import { createGridPdf } from '../physics/pdf/grid-pdf.ts'
import { parseLhaInfo } from '../physics/pdf/lha-info.ts'
import type { PdfSet } from '../physics/pdf/pdf-set.ts'
import { sumRules } from '../physics/pdf/sum-rules.ts'
import type { PdfFile, PdfSummary } from './job-map.ts'

/**
 * The app's own PDF, or an LHAPDF member with its .info file if that was given too.
 *
 * @param files  null for the default
 * @param xMin   smallest momentum fraction that will be asked for
 */
export function openPdf(files: PdfFile[] | null, xMin = 1e-6): PdfSet {
  if (!files) return createDefaultPdf({ grid: { xMin: Math.max(1e-9, Math.min(xMin, 1e-6) / 2) } })
  const infoFile = files.find(({ name }) => name.endsWith('.info'))
  const grid = files.find(({ name }) => !name.endsWith('.info'))
  if (!grid)
    throw new AppError(
      'input/invalid',
      `${files.map(({ name }) => name).join(', ')} holds no grid, only metadata. Drop the member file too, for example SET_0000.dat.`,
    )
  const info = infoFile && parseLhaInfo(infoFile.text, infoFile.name)
  return createGridPdf(grid.text, { id: grid.name.replace(/\.dat$/, ''), info })
}

/** What a dropped set is, with the integrals that show whether it was read rightly. */
export function inspectPdf(files: PdfFile[]): PdfSummary {
  const pdf = openPdf(files)
  const q = Math.min(91.1876, pdf.qMax)
  const sums = sumRules(pdf, q)
  return {
    id: pdf.id,
    description: pdf.description,
    xMin: pdf.xMin,
    xMax: pdf.xMax,
    qMinGeV: pdf.qMin,
    qMaxGeV: pdf.qMax,
    momentumSum: sums.momentum,
    upValence: sums.uValence,
    downValence: sums.dValence,
  }
}
