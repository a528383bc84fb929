import { useCallback, useMemo, useState } from 'react'
import type { OpenDataset } from '../../state/app-state.ts'
import type { Subject } from '../../state/subject.ts'
import { useApp } from '../app-context.tsx'
import type { Column } from '../common/DataTable.tsx'
import { FigureFrame } from '../common/FigureFrame.tsx'
import { formatEdge, formatNumber, formatPercent } from '../common/format.ts'
import { EmptyState, ErrorState } from '../common/Panel.tsx'
import { PlotlyFigure } from '../common/PlotlyFigure.tsx'
import { Progress } from '../common/Progress.tsx'
import { Segmented } from '../common/Segmented.tsx'
import { useFigureTheme } from '../common/use-figure-theme.ts'
import { useJob } from '../common/use-job.ts'
import { exportWithProvenance } from '../explore/provenance.ts'
import { attributionFigure, binShares, type BinShare } from './directions-figures.ts'
import { beginningSentence, inSentence } from './subject-words.ts'

const kinds = [
  { id: 'perWhitened' as const, label: 'decorrelated bins' },
  { id: 'perBin' as const, label: 'plain bins' },
]

/** Below this distance to the SM, in noise units, a spectrum is the SM itself but for rounding. */
const nowhere = 1e-6

/** Why here? Integrated gradients of a latent coordinate from the Standard Model to the subject. */
export function AttributionPart({ open, subject }: { open: OpenDataset; subject: Subject }) {
  const { openLatent, store } = useApp()
  const theme = useFigureTheme()
  const [axis, setAxis] = useState(0)
  const [kind, setKind] = useState<(typeof kinds)[number]['id']>('perWhitened')
  const { header, encoder } = open
  const { key, whitened } = subject
  const atSm = Math.hypot(...whitened) < nowhere
  const ask = useCallback(
    // The subject comes back with the answer: while a newer one is on its way, the words are those of the old one.
    async ({ signal }: { signal: AbortSignal }) => ({
      about: subject,
      attribution: await (await openLatent()).attribution(open, whitened, signal),
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- equal keys are equal spectra
    [openLatent, header, encoder, key],
  )
  const { result, retry } = useJob('Integrating gradients', atSm ? null : ask)
  const { attribution, about = subject } = result.value ?? {}
  const d = attribution?.latentDim ?? 2
  const shown = Math.min(axis, d - 1)
  const { observables } = header.model.templates
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
          onChange={(id) => setAxis(Number(id))}
        />
        <Segmented label="Shares of" choices={kinds} value={kind} onChange={setKind} />
      </div>
      {result.status === 'failed' && result.error && <ErrorState error={result.error} onRetry={retry} />}
      {!attribution && result.status === 'running' && <Progress label={result.label ?? ''} />}
      {attribution && (
        <FigureFrame
          summary={summaryOf(about, shares, shown, moved)}
          table={{ caption: `Shares of bins in the displacement along z${shown + 1}`, columns, rows: shares }}
          onExportCsv={(csv) => void exportWithProvenance(store.getState(), csv, 'csv', 'why-here')}
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
          {kind === 'perWhitened'
            ? 'A decorrelated bin is what a bin says beyond the bins before it, in units of its noise; p_T bins count what m_ℓℓ does not say.'
            : 'Plain bins share correlated errors: their shares are large and cancel.'}
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

function summaryOf(about: Subject, shares: readonly BinShare[], axis: number, moved: number): string {
  const largest = [...shares].sort((a, b) => Math.abs(b.share) - Math.abs(a.share)).slice(0, 3)
  const told = largest.map(
    ({ observable, low, high, share }) =>
      `${observable} ${formatEdge(low)}–${formatEdge(high)} GeV (${formatNumber(share, 2)})`,
  )
  return `${beginningSentence(about)} lies ${formatNumber(moved)} from the Standard Model along z${axis + 1}; the largest shares come from ${told.join(', ')}.`
}
