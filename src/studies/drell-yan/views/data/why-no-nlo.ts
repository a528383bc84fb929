import type { InspectedPdf } from '../../analysis/inspected-pdf.ts'
import type { SetupIntent } from '../../intent.ts'

/**
 * Why templates of a set-up cannot be of next-to-leading order, in a sentence; null: they can.
 *
 * @param dropped  the set of densities on the page; undefined: the app's own
 */
export function whyNoNlo(
  { bins }: Pick<SetupIntent, 'bins'>,
  dropped: Pick<InspectedPdf, 'id' | 'alphaS'> | undefined,
): string | null {
  if (bins !== 'mll')
    return 'NLO QCD is known for m_ℓℓ in full phase space: with p_T, lepton cuts or angles the recoil against a jet moves the leptons, and these bins stay at LO. Choose bins “m_ℓℓ, full phase space” for it.'
  if (!dropped)
    return 'NLO QCD needs densities fitted at NLO with their α_s; the default PDF is of leading order. Drop a set (.dat with its .info) for it.'
  if (dropped.alphaS === null)
    return `NLO QCD needs α_s from 50 to 3000 GeV, but no .info file of ${dropped.id} names one. Drop the .info together with the .dat.`
  return null
}
