import { useMemo } from 'react'
import { agreementOf } from '../../analysis/agreement.ts'
import { absorbedTerms } from '../../analysis/measurement.ts'
import { sparseWords } from '../../analysis/sparse-bins.ts'
import { coefficientsOf } from '../../analysis/universes.ts'
import {
  rapidityBins,
  shownChoices,
  shownErrors,
  shownSpectrum,
  shownValues,
} from '../../analysis/shown-spectrum.ts'
import { morphSpectrum } from '../../../../physics/drell-yan/spectrum-templates.ts'
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
import { QcdNote } from '../spectra/QcdNote.tsx'
import { RapidityField } from '../spectra/RapidityField.tsx'
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
  const rapidity = useDrellYanState((state) => state.intent.panels.rapidity)
  const showMeasurement = useDrellYanState((state) => state.intent.showMeasurement)
  const ratioTo = useDrellYanState((state) => state.intent.ratioTo)
  const query = useDrellYanState((state) => state.query.value)
  const pdfBand = useDrellYanState((state) => state.pdf.band.value)
  const without = useDrellYanState((state) => leftOut(state.intent))
  // Everything at rest must keep its identity while a slider moves, or the whole figure is drawn at every move.
  const picked = focus.kind === 'live' ? null : focus
  // With the SM as reference the figure at rest must not follow the nearest universe of a moving slider.
  const referenceUniverse = ratioTo === 'nearest' ? nearest : undefined
  const rows = useDrellYanState((state) => state.rows)
  const { header } = open
  const { observables } = header.universeModel.templates
  const shown = useMemo(() => shownSpectrum(observables, wanted, rapidity), [observables, wanted, rapidity])
  const observable = shown.name
  const choices = shownChoices(observables)
  const { luminosityInvFb = Infinity } = header.manifest.noise
  // A measurement comes with its own covariance.
  const sparse = header.measurement ? '' : sparseWords(header.universeModel.templates.sm, luminosityInvFb)
  const rapidities = rapidityBins(observables)

  const summary = useMemo(
    () =>
      selection &&
      summariseSelection(
        rows.spectra,
        header.universeModel.templates.bins,
        selection.rows.filter((row) => row < rows.exact),
        header.manifest.replicasPerUniverse,
        (spectrum) => shownValues(shown, spectrum),
      ),
    [selection, rows, header, shown],
  )

  const input = useMemo((): SpectrumFigureInput => {
    const { sm, bins } = header.universeModel.templates
    const part = (values: ArrayLike<number>) => shownValues(shown, values)
    const { name, errors } = noiseBand(header.universeModel, header.measurement !== null)
    // Errors of bins that are added up, or of an asymmetry, know how bins move together.
    const single = shown.plus.length === 1 && shown.minus.length === 0
    const errorsOf = (own: ArrayLike<number>) =>
      single ? part(own) : shownErrors(shown, sm, header.universeModel.covariance)
    const middle = part(sm)
    const half = errorsOf(errors)
    const bands: SpectrumBand[] = [
      {
        name,
        kind: 'total',
        low: middle.map((value, b) => value - half[b]),
        high: middle.map((value, b) => value + half[b]),
      },
    ]
    // Of sums and asymmetries members would have to be added before their spread is taken.
    if (pdfBand?.manifestHash === header.manifestHash && single) {
      const [up, down] = [pdfBand.up, pdfBand.down].map(part)
      bands.push({
        name: `PDF ${pdfBand.id}`,
        kind: 'statistical',
        low: middle.map((value, b) => value * (1 - down[b])),
        high: middle.map((value, b) => value * (1 + up[b])),
        colour: petroff6[2],
      })
    }
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
        errors: picked.error && errorsOf(picked.error),
        ...(picked.error && judge(picked)),
      })
    if (header.measurement && showMeasurement && picked?.kind !== 'measurement')
      curves.push({
        name: header.measurement.title,
        values: part(header.measurement.spectrum),
        errors: errorsOf(header.measurement.error),
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
    if (summary) addSelection(curves, bands, summary)
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
    const { cuts, sqrtSGeV, qcd } = header.manifest
    return {
      observable,
      edges: shown.edges,
      ...(shown.absY && { absY: shown.absY }),
      sm: middle,
      curves,
      bands,
      reference: referenceUniverse === undefined ? undefined : universeName(referenceUniverse),
      sqrtsGeV: sqrtSGeV,
      order,
      ...(qcd && { qcd: qcd.order }),
      cuts: cuts ? `p_T > ${cuts.ptMinGeV} GeV, |η| < ${cuts.absEtaMax}` : 'full phase space',
    }
  }, [
    header,
    observables,
    observable,
    shown,
    picked,
    summary,
    query,
    pdfBand,
    order,
    showMeasurement,
    referenceUniverse,
  ])

  const liveCurve = useMemo(
    (): SpectrumCurve => ({
      name: 'live universe',
      values: shownValues(shown, live),
      colour: liveColour,
      kind: 'line',
    }),
    [live, shown],
  )

  return (
    <Panel
      title="Spectrum"
      badges={<EftBadges order={order} qcd={header.manifest.qcd?.order} />}
      actions={
        choices.length > 1 && (
          <Segmented
            label="Observable"
            choices={choices.map((name) => ({ id: name, label: <ObservableSymbol name={name} /> }))}
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
      <RapidityField
        bins={rapidities}
        value={shown.absY ? rapidity : null}
        together
        onChange={(bin) => actions.showIn({ rapidity: bin })}
      />
      <label className="inline-field small">
        {observable === 'afb' ? 'Difference to' : 'Ratio to'}
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
      {observables.some(({ name }) => name === 'forward') && (
        <p className="small soft">
          Forward: ℓ⁻ goes where the pair goes along the beam (Collins-Soper). Leading order, Z width{' '}
          {header.manifest.widthShift ? 'as the operators shift it' : 'fixed'} in the propagator, PDF{' '}
          {header.manifest.pdf.id}; its errors leave the dilution as it is.
        </p>
      )}
      <QcdNote manifest={header.manifest} />
      {sparse && (
        <p className="small" role="note">
          {sparse}
        </p>
      )}
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

function addSelection(curves: SpectrumCurve[], bands: SpectrumBand[], summary: SelectionSummary): void {
  curves.push({ name: 'selection', values: summary.mean, colour: selectionColour, kind: 'line' })
  bands.push({
    name: 'selection, 68 %',
    kind: 'statistical',
    low: summary.low,
    high: summary.high,
    colour: selectionColour,
  })
}
