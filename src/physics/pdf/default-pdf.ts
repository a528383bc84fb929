import { createRunningCoupling } from './alpha-s.ts'
import { createEvolvedPdf } from './evolved-pdf.ts'
import { evolveLo } from './lo-evolution.ts'
import type { PdfSet } from './pdf-set.ts'
import { ct14loStart } from './start-distributions.ts'
import { xGrid, type XGridSettings } from './x-grid.ts'

export const defaultPdfId = 'ct14lo-reparametrised'

export interface DefaultPdfOptions {
  /** Nodes in x; the default reaches x = 1e-7. */
  grid?: Partial<XGridSettings>
  /** GeV */
  qMax?: number
  /** Longest step in tau. */
  maxStep?: number
}

/**
 * The densities the app starts with: CT14lo's input in analytic form (start-distributions.ts), evolved here
 * with leading-order splitting and two-loop alpha_s.
 *
 * Only the input at 1.295 GeV was fitted; every higher scale is a prediction of the evolution. At the knots of the
 * published table with 1.4 GeV < Q < 100 TeV it agrees to 1.2e-4 for 1e-5 < x < 0.5 and all flavours, to 3e-4 up to
 * x = 0.72 and 1.2e-3 up to x = 0.86. Beyond, valence is good to about 1 % and of the sea, by then many orders of
 * magnitude smaller, only the size is right.
 */
export function createDefaultPdf(options: DefaultPdfOptions = {}): PdfSet {
  const evolution = evolveLo(ct14loStart, {
    grid: xGrid(options.grid),
    coupling: createRunningCoupling(),
    qMax: options.qMax ?? 1e5,
    maxStep: options.maxStep ?? 0.015,
  })
  return createEvolvedPdf(evolution, {
    id: defaultPdfId,
    description:
      'Re-parametrisation of CT14lo, evolved in the browser at leading order with two-loop alpha_s; not an official CTEQ grid, no uncertainties. Cite the CT14 paper, arXiv:1506.07443.',
  })
}
