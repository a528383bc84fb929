import { useMemo } from 'react'
import { shareKinds } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { Subject } from '../../state/subject.ts'
import type { SubjectName } from '../../state/subject-name.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import type { Column } from '../../../../ui/common/DataTable.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { formatEdge, formatNumber, formatPercent } from '../../../../ui/common/format.ts'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { EmptyState } from '../../../../ui/common/Panel.tsx'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { Segmented } from '../../../../ui/common/Segmented.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import { useProduct } from '../../../../ui/common/use-product.ts'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import { exportWithProvenance } from '../common/provenance.ts'
import { attributionFigure, binShares, type BinShare } from './directions-figures.ts'
import { beginningSentence, inSentence } from './subject-words.ts'

const kindLabels = { perWhitened: 'decorrelated bins', perBin: 'plain bins' }
const kinds = shareKinds.map((id) => ({ id, label: kindLabels[id] }))

/** Below this distance to the SM, in noise units, a spectrum is the SM itself but for rounding. */
const nowhere = 1e-6

/** Why here? Integrated gradients of a latent coordinate from the Standard Model to the subject. */
export function AttributionPart({ open, subject }: { open: OpenDataset; subject: Subject }) {
  const { openLatent, latent, context, actions } = useDrellYan()
  const theme = useFigureTheme()
  const { shareAxis: axis, shares: kind } = useDrellYanState((state) => state.intent.panels)
  const { header, encoder } = open
  const { manifestHash } = header
  const { key, whitened } = subject
  const atSm = Math.hypot(...whitened) < nowhere
  const now = useDrellYanState((state) => state.latent.attribution)
  const { result, retry } = useProduct(latent.attribution, now, {
    key: atSm ? null : JSON.stringify([manifestHash, encoder.hash, key, [...whitened]]),
    label: 'Integrating gradients',
    // The subject comes back with the answer: while a newer one is on its way, the words are those of the old one.
    make: async ({ signal }) => ({
      attribution: await (await openLatent()).attribution(open, whitened, signal),
      about: { kind: subject.kind, title: subject.title },
      ...{ manifestHash, encoderHash: encoder.hash },
    }),
  })
  const { value } = result
  const isOfThisMap = value?.manifestHash === manifestHash && value.encoderHash === encoder.hash
  const attribution = isOfThisMap ? value.attribution : undefined
  const about = isOfThisMap ? value.about : subject
  const d = attribution?.latentDim ?? 2
  const shown = Math.min(axis, d - 1)
  const { observables } = header.universeModel.templates
  const signed = observables.some(({ name }) => name === 'backward')
  const shares = useMemo(
    () => (attribution ? binShares(observables, attribution, shown, kind) : []),
    [attribution, observables, shown, kind],
  )
  const figure = useMemo(
    () => attributionFigure(observables, shares, `z<sub>${shown + 1}</sub>`, theme),
    [observables, shares, shown, theme],
  )
  const moved = attribution ? attribution.displacement[shown] : 0
  const sum = shares.reduce((total, { share }) => total + share, 0)
  if (atSm)
    return (
      <section className="stack" aria-label="Why here?">
        <h3>Why here?</h3>
        <EmptyState message="The Standard Model is where every displacement on the map begins: there is nothing to explain. Choose another spectrum, or move a coefficient." />
      </section>
    )
  return (
    <section className="stack" aria-label="Why here?">
      <h3>Why here?</h3>
      <div className="row">
        <Segmented
          label="Latent axis"
          choices={Array.from({ length: d }, (_, k) => ({
            id: String(k),
            label: (
              <>
                z<sub>{k + 1}</sub>
              </>
            ),
          }))}
          value={String(shown)}
          onChange={(id) => actions.showIn({ shareAxis: Number(id) })}
        />
        <Segmented
          label="Shares of"
          choices={kinds}
          value={kind}
          onChange={(shares) => actions.showIn({ shares })}
        />
      </div>
      {/* While a slider moves, answers follow each other faster than a bar could be read. */}
      {(!attribution || result.status === 'failed') && <AnswerState answer={result} onRetry={retry} />}
      {attribution && (
        <FigureFrame
          summary={summaryOf(about, shares, shown, moved)}
          table={{ caption: `Shares of bins in the displacement along z${shown + 1}`, columns, rows: shares }}
          onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'why-here')}
        >
          <PlotlyFigure
            figure={figure}
            height={260}
            alt={`Bars: share of every bin in the displacement of ${inSentence(about)} along z${shown + 1}`}
          />
        </FigureFrame>
      )}
      {attribution && (
        <p className="small soft">
          Check: shares add up to {formatNumber(sum, 4)}, z<sub>{shown + 1}</sub> moved by{' '}
          {formatNumber(moved, 4)}; over all axes the sums miss by at most{' '}
          {formatPercent(attribution.completeness)} of the displacement (midpoint rule, 128 steps).{' '}
          {kind === 'perWhitened' ? (
            <Typeset
              text={`A decorrelated bin is what a bin says beyond the bins before it, in units of its noise; ${signed ? 'backward bins count what forward ones do not say' : 'p_T bins count what m_ℓℓ does not say'}.`}
            />
          ) : (
            'Plain bins share correlated errors: their shares are large and cancel.'
          )}
        </p>
      )}
    </section>
  )
}

const columns: readonly Column<BinShare>[] = [
  { key: 'observable', label: 'observable', value: ({ observable }) => observable },
  { key: 'low', label: 'from', unit: 'GeV', value: ({ low }) => low },
  { key: 'high', label: 'to', unit: 'GeV', value: ({ high }) => high },
  { key: 'share', label: 'share', value: ({ share }) => share },
]

function summaryOf(about: SubjectName, shares: readonly BinShare[], axis: number, moved: number): string {
  const largest = [...shares].sort((a, b) => Math.abs(b.share) - Math.abs(a.share)).slice(0, 3)
  const told = largest.map(
    ({ observable, low, high, share }) =>
      `${observable} ${formatEdge(low)}–${formatEdge(high)} GeV (${formatNumber(share, 2)})`,
  )
  return `${beginningSentence(about)} lies ${formatNumber(moved)} from the Standard Model along z${axis + 1}; the largest shares come from ${told.join(', ')}.`
}
