import { useMemo } from 'react'
import { agreementOf } from '../../analysis/agreement.ts'
import { absorbedTerms } from '../../analysis/measurement.ts'
import { coefficientsOf } from '../../analysis/universes.ts'
import { morphSpectrum, observableRange } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { FocusInfo } from '../../state/focus.ts'
import { leftOut } from '../../state/shape-words.ts'
import { summariseSelection, type SelectionSummary } from '../../state/selection-summary.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { EftBadges } from '../../../../ui/common/Badge.tsx'
import { formatCount } from '../../../../ui/common/format.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { liveColour, petroff6 } from '../../../../ui/plots/palettes.ts'
import { Segmented } from '../../../../ui/common/Segmented.tsx'
import { agreementText } from '../spectra/agreement-text.ts'
import { noiseBand } from '../spectra/noise-band.ts'
import { ObservableSymbol } from '../spectra/ObservableSymbol.tsx'
import { SpectrumFigure, type SpectrumFigureInput } from '../spectra/SpectrumFigure.tsx'
import type { SpectrumBand, SpectrumCurve } from '../spectra/spectrum-input.ts'
import { exportWithProvenance, provenanceLines } from '../common/provenance.ts'
import type { MapSelection } from './use-selection.ts'

interface SpectrumPanelProps {
  open: OpenDataset
  live: ArrayLike<number> // [bins], spectrum under the sliders
  focus: FocusInfo
  selection: MapSelection | null
  /** The nearest universe in the chosen space: a reference of the ratio besides the SM. */
  nearest: number | undefined
}

const focusColour = petroff6[0]
const selectionColour = petroff6[5]

/** Spectrum and ratio of the live universe, of what is picked, of what is selected, and of the measurement. */
export function SpectrumPanel({ open, live, focus, selection, nearest }: SpectrumPanelProps) {
  const { context, actions } = useDrellYan()
  const order = useDrellYanState((state) => state.intent.order)
  const wanted = useDrellYanState((state) => state.intent.observable)
  const showMeasurement = useDrellYanState((state) => state.intent.showMeasurement)
  const ratioTo = useDrellYanState((state) => state.intent.ratioTo)
  const query = useDrellYanState((state) => state.query.value)
  const without = useDrellYanState((state) => leftOut(state.intent))
  // Everything at rest must keep its identity while a slider moves, or the whole figure is drawn at every move.
  const picked = focus.kind === 'live' ? null : focus
  // With the SM as reference the figure at rest must not follow the nearest universe of a moving slider.
  const referenceUniverse = ratioTo === 'nearest' ? nearest : undefined
  const rows = useDrellYanState((state) => state.rows)
  const { header } = open
  const { observables } = header.universeModel.templates
  const observable = observableRange(observables, wanted) ? wanted : observables[0].name
  const range = useMemo(
    () => observableRange(observables, observable) ?? { start: 0, end: 0 },
    [observables, observable],
  )

  const summary = useMemo(
    () =>
      selection &&
      summariseSelection(
        rows.spectra,
        header.universeModel.templates.bins,
        selection.rows.filter((row) => row < rows.exact),
        header.manifest.replicasPerUniverse,
      ),
    [selection, rows, header],
  )

  const input = useMemo((): SpectrumFigureInput => {
    const { sm, bins } = header.universeModel.templates
    const { start, end } = range
    const part = (values: ArrayLike<number>) =>
      Float64Array.from({ length: end - start }, (_, b) => values[start + b])
    const { name, errors } = noiseBand(header.universeModel, header.measurement !== null)
    const bands: SpectrumBand[] = [
      {
        name,
        kind: 'total',
        low: part(sm.map((value, b) => value - errors[b])),
        high: part(sm.map((value, b) => value + errors[b])),
      },
    ]
    // Against what the lower panel divides by; the SM is the origin of whitened coordinates.
    const judge = ({ kind, whitened }: Pick<FocusInfo, 'kind' | 'whitened'>) => {
      const from = (referenceUniverse ?? 0) * bins
      const difference = Float64Array.from(whitened, (value, b) => value - header.whitenedMeans[from + b])
      const measured = kind === 'measurement'
      return {
        errorsAre: measured ? 'published total errors' : 'total errors',
        judgement: agreementText(
          agreementOf(header.universeModel, difference, absorbedTerms(kind, header.manifest)),
          observables,
          measured ? 'data and theory' : 'the dataset',
        ),
      }
    }
    const curves: SpectrumCurve[] = []
    if (picked)
      curves.push({
        name: picked.title,
        values: part(picked.spectrum),
        colour: picked.kind === 'measurement' ? undefined : focusColour,
        kind: picked.error ? 'points' : 'line',
        errors: picked.error && part(picked.error),
        ...(picked.error && judge(picked)),
      })
    if (header.measurement && showMeasurement && picked?.kind !== 'measurement')
      curves.push({
        name: header.measurement.title,
        values: part(header.measurement.spectrum),
        errors: part(header.measurement.error),
        kind: 'points',
        ...judge({ kind: 'measurement', whitened: header.measurement.whitened }),
      })
    if (query && query.spectra.length >= bins)
      curves.push({
        name: query.name,
        values: part(query.spectra),
        colour: petroff6[3],
        kind: 'line',
        dash: 'dash',
      })
    if (summary) addSelection(curves, bands, summary, part)
    if (referenceUniverse !== undefined)
      curves.push({
        name: universeName(referenceUniverse),
        values: part(
          morphSpectrum(
            header.universeModel.templates,
            coefficientsOf(header.table, referenceUniverse),
            header.manifest.order,
          ),
        ),
        colour: petroff6[1],
        kind: 'line',
        dash: 'dot',
      })
    const { cuts, sqrtSGeV } = header.manifest
    return {
      observable,
      edges: observables.find(({ name }) => name === observable)?.edges ?? [],
      sm: part(sm),
      curves,
      bands,
      reference: referenceUniverse === undefined ? undefined : universeName(referenceUniverse),
      sqrtsGeV: sqrtSGeV,
      order,
      cuts: cuts ? `p_T > ${cuts.ptMinGeV} GeV, |η| < ${cuts.absEtaMax}` : 'full phase space',
    }
  }, [
    header,
    observables,
    observable,
    range,
    picked,
    summary,
    query,
    order,
    showMeasurement,
    referenceUniverse,
  ])

  const liveCurve = useMemo(
    (): SpectrumCurve => ({
      name: 'live universe',
      values: Float64Array.from({ length: range.end - range.start }, (_, b) => live[range.start + b]),
      colour: liveColour,
      kind: 'line',
    }),
    [live, range.start, range.end],
  )

  return (
    <Panel
      title="Spectrum"
      badges={<EftBadges order={order} />}
      actions={
        observables.length > 1 && (
          <Segmented
            label="Observable"
            choices={observables.map(({ name }) => ({ id: name, label: <ObservableSymbol name={name} /> }))}
            value={observable}
            onChange={(value) => actions.change({ observable: value })}
          />
        )
      }
    >
      <SpectrumFigure
        input={input}
        live={liveCurve}
        height={310}
        fileName={`${header.manifest.id}-${observable}`}
        onExport={(file, format) => exportWithProvenance(context, file, format, observable)}
        provenance={() => provenanceLines(context)}
      />
      <label className="inline-field small">
        Ratio to
        <select
          className="select"
          value={ratioTo}
          onChange={(event) =>
            actions.change({ ratioTo: event.target.value === 'nearest' ? 'nearest' : 'sm' })
          }
        >
          <option value="sm">Standard Model</option>
          <option value="nearest">
            nearest universe{nearest === undefined ? '' : ` (${universeName(nearest)})`}
          </option>
        </select>
      </label>
      {without && <p className="small soft">{without}</p>}
      {summary && (
        <p className="small soft">
          Selection: {formatCount(summary.rows)} replicas of {formatCount(summary.universes)} universes; line
          is their mean, band holds the central 68 %.
        </p>
      )}
    </Panel>
  )
}

const universeName = (universe: number): string =>
  universe === 0 ? 'Standard Model' : `Universe ${universe}`

function addSelection(
  curves: SpectrumCurve[],
  bands: SpectrumBand[],
  summary: SelectionSummary,
  part: (values: ArrayLike<number>) => Float64Array,
): void {
  curves.push({ name: 'selection', values: part(summary.mean), colour: selectionColour, kind: 'line' })
  bands.push({
    name: 'selection, 68 %',
    kind: 'statistical',
    low: part(summary.low),
    high: part(summary.high),
    colour: selectionColour,
  })
}
