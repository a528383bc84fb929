import type { DatasetHeader } from '../../analysis/dataset-types.ts'
import { formatEdge, formatNumber } from '../../../../ui/common/format.ts'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import { useDrellYanState } from '../context.tsx'
import { peakText } from './peak-text.ts'

/** What a spectrum's order of QCD means, and what the dropped densities that it is made of give at the Z peak. */
export function QcdNote({ manifest }: { manifest: DatasetHeader['manifest'] }) {
  const { qcd, observables, factorisationScale } = manifest
  const peak = useDrellYanState(({ intent, pdf }) =>
    intent.setup && intent.pdf && intent.pdf.hash === pdf.summary.value?.hash
      ? pdf.summary.value.peak
      : undefined,
  )
  const [{ edges }] = observables
  const at = (b: number) => `${formatEdge(edges[b])}–${formatEdge(edges[b + 1])} GeV`
  const last = edges.length - 2
  return (
    <>
      {qcd && (
        <p className="small soft">
          <Typeset
            text={`NLO QCD with μ_R = μ_F = ${factorisationScale === 'm_ll' ? 'm_ℓℓ' : factorisationScale}, one K of each type of quark for all operators. K over LO of the same densities: ${formatNumber(qcd.kFactor[0], 4)} at ${at(0)}, ${formatNumber(qcd.kFactor[last], 4)} at ${at(last)}.${qcd.formal ? ' Formal: these densities are of leading order.' : ''}`}
          />
        </p>
      )}
      {peak?.nlo && (
        <p className="small soft">
          <Typeset
            text={`${manifest.pdf.id}, σ(66–116 GeV) at 13 TeV in full phase space: ${peakText(peak.nlo)}; LO ${formatNumber(peak.lo, 4)} pb.`}
          />
        </p>
      )}
    </>
  )
}
