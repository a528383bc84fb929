import type { PdfSet } from '../../../physics/pdf/pdf-set.ts'
import type { DatasetSetup } from './setup.ts'

/** Of a set that was not fitted with the coefficients it is used with. */
export const formalWords = ({ id }: Pick<PdfSet, 'id'>): string =>
  `${id} was fitted at leading order: next-to-leading order with it is a formal test and too low. Take a set of nlo or nnlo.`

/** Why a set-up cannot be had at its order of QCD, whatever the densities; null: it can. */
export function orderComplaint({ bins, qcdOrder }: Pick<DatasetSetup, 'bins' | 'qcdOrder'>): string | null {
  if (qcdOrder === 'lo' || bins === 'mll') return null
  const what = bins === 'mll-ptl' ? 'p_T and lepton cuts' : 'lepton angles and cuts'
  return `Next-to-leading order is known for m_ll in full phase space; with ${what} (bins ${bins}) the recoil against a jet moves the leptons, and there it is leading order alone. Choose bins mll, or order lo.`
}
