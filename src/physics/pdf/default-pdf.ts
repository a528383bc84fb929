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
 * Between the knots of the published table nothing is fitted: all scales above 1.295 GeV are predictions.
 * Meant for 1e-4 < x < 0.85 (checked there against the published table); smaller x are the evolved continuation
 * of the same formulas. Above x = 0.9 the sea is many orders below valence and only its size is right.
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
