import { defaultDetector, dileptonSelection, ml4eftSelection } from '../../../../generator/detector.ts'
import type { DetectorSettings, Selection } from '../../../../generator/detector.ts'
import type { PdfSet } from '../../../../physics/pdf/pdf-set.ts'
import { topPairProcess, type TopPairProcess } from '../../../../physics/top-pair/hadronic.ts'
import { openPdf } from '../../../../physics/pdf/open-pdf.ts'
import type { FitSetup } from './fit-setup.ts'

/** Cuts by the names of the set-up; 'dilepton' are those of CMS-TOP-17-014. */
export const setupSelections: Readonly<Record<FitSetup['selection'], Selection | null>> = {
  none: null,
  dilepton: dileptonSelection,
  ml4eft: ml4eftSelection,
}

export function setupDetector({ smearing }: Pick<FitSetup, 'smearing'>): DetectorSettings | null {
  return smearing ? defaultDetector : null
}

// Evolving the densities takes a second; every job of a worker asks for the same ones.
let lastPdf: { sqrtSGeV: number; pdf: PdfSet } | null = null

/** The process of a set-up with the app's own densities at mu = m_t. */
export function setupProcess({
  operators,
  sqrtSGeV,
  mttMinGeV,
}: Pick<FitSetup, 'operators' | 'sqrtSGeV' | 'mttMinGeV'>): TopPairProcess {
  if (lastPdf?.sqrtSGeV !== sqrtSGeV) lastPdf = { sqrtSGeV, pdf: openPdf(null, (340 / sqrtSGeV) ** 2) }
  return topPairProcess({ sqrtS: sqrtSGeV, pdf: lastPdf.pdf, operators, mttMin: mttMinGeV })
}
