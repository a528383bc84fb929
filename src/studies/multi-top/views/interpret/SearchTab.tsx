import { useMemo } from 'react'
import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'
import { formatCount, formatNumber, formatPercent, formatWithError } from '../../../../ui/common/format.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { useProduct } from '../../../../ui/common/use-product.ts'
import { MapPanel } from '../../../../ui/map/MapPanel.tsx'
import { pointsAt } from '../../../../ui/map/points-at.ts'
import type { MapColours } from '../../../../ui/map/types.ts'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import type { MapEvents } from '../../analysis/map/map-events.ts'
import type { SearchView } from '../../analysis/search/search-view.ts'
import type { SignalReport } from '../../analysis/search/search-report.ts'
import { searchSignals } from '../../analysis/tokens/class-samples.ts'
import { topClasses } from '../../datasets.ts'
import type { MultiTopIntent } from '../../intent.ts'
import { shownPlaces } from '../../state/shown-map.ts'
import { ModelChoice } from '../common/ModelChoice.tsx'
import { useMultiTop, useMultiTopState } from '../context.tsx'
import { eventWords } from '../event-words.ts'
import { exportWithProvenance } from '../provenance.ts'
import { searchFigure } from './search-figure.ts'

type Score = MultiTopIntent['score']

const scoreLabels: Record<Score, string> = {
  entropy: 'entropy of the classes',
  'max-softmax': '1 − largest probability',
  energy: 'free energy',
  mahalanobis: 'Mahalanobis distance',
  reconstruction: 'reconstruction error',
}

const signalLabels = Object.fromEntries(searchSignals.map(({ id, label }) => [id, label]))
const backgroundLabel = (id: string): string =>
  topClasses.find((each) => each.id === id)?.label ?? `all, ${id}`

/** How much of dark matter lies above cuts on what a transformer of the Standard Model finds strange. */
export function SearchTab({ events }: { events: MapEvents }) {
  const { context, found, search } = useMultiTop()
  const { signal, score, seed } = useMultiTopState((state) => state.intent)
  const eventsKey = useMultiTopState((state) => state.events.key)
  const transformer = useMultiTopState((state) => state.transformer)
  const now = useMultiTopState((state) => state.found)
  const { result, retry } = useProduct(found, now, {
    key: transformer.value ? JSON.stringify([eventsKey, transformer.key, signal, seed]) : null,
    label: 'Scoring the events of all samples',
    make: search(),
  })
  const view = result.value
  return (
    <div className="multi-top" data-testid="multi-top-search" data-status={result.status}>
      <PanelBoundary title="Search">
        <Panel title="Search by what the transformer doubts" state={panelState(result, retry)}>
          <div className="stack">
            <div className="multi-top-hide-bar">
              <SelectField
                {...{ label: 'searched for', value: signal, labels: signalLabels }}
                onChange={(id) => context.change({ signal: id })}
              />
              <SelectField
                {...{ label: 'score', value: score, labels: scoreLabels }}
                onChange={(id) => context.change({ score: id })}
              />
              <ModelChoice />
            </div>
            {view && <Histogram view={view} score={score} />}
            {view && <Efficiencies view={view} score={score} />}
            <p className="small">
              Entropy is high where a transformer cannot tell classes of the Standard Model apart. It cannot
              find a signal that looks like one of them for certain, as dark matter beside a clean top pair
              may: an AUC below 0.5 says that the score prefers the Standard Model, and that no cut on it
              finds this signal. No signal was ever learned from, so that no score here is optimal for any.
            </p>
          </div>
        </Panel>
      </PanelBoundary>
      <div className="multi-top-side">
        <PanelBoundary title="Scores on the map">
          {view && <ScoreMap events={events} view={view} score={score} />}
        </PanelBoundary>
      </div>
    </div>
  )
}

function alike({ reports }: SearchView): SignalReport | undefined {
  return reports.at(0)
}

function Histogram({ view, score }: { view: SearchView; score: Score }) {
  const { context } = useMultiTop()
  const theme = useFigureTheme()
  const { standardModel, signal } = view
  const name = signalLabels[signal.id] ?? signal.id
  const input = useMemo(
    () => ({
      standardModel: { values: standardModel.scores[score], weights: standardModel.weights },
      signal: { values: signal.scores[score], weights: signal.weights },
      cuts: alike(view)?.scores?.[score].efficiencies ?? [],
      ...{ score: scoreLabels[score], name, theme },
    }),
    [view, standardModel, signal, score, name, theme],
  )
  const figure = useMemo(() => searchFigure(input), [input])
  const report = alike(view)?.scores?.[score]
  const summary = `${scoreLabels[score]} of ${formatCount(standardModel.weights.length)} test events of the Standard Model, all classes alike, and of ${formatCount(signal.weights.length)} of ${name}, with a b-jet and a lepton each${report ? `; area under the curve ${formatWithError(report.auc.value, report.auc.error)}` : ''}. Dotted: cuts that let 10, 1 and 0.1 % of the Standard Model through.`
  const exportAs = async (format: 'svg' | 'png') =>
    exportWithProvenance(
      context,
      await exportFigure(searchFigure({ ...input, theme: paperTheme }), format, { width: 720, height: 420 }),
      format,
      'search',
    )
  return (
    <FigureFrame
      summary={summary}
      exports={[
        { label: 'SVG', run: () => exportAs('svg') },
        { label: 'PNG', run: () => exportAs('png') },
      ]}
    >
      <PlotlyFigure figure={figure} height={300} alt={summary} />
    </FigureFrame>
  )
}

function Efficiencies({ view, score }: { view: SearchView; score: Score }) {
  const rates = alike(view)?.scores?.[score].efficiencies ?? []
  const columns: Column<SignalReport>[] = [
    { key: 'sm', label: 'Standard Model', value: ({ background }) => backgroundLabel(background) },
    {
      ...{ key: 'events', label: 'events, effective', value: ({ effectiveEvents }) => effectiveEvents },
      format: ({ events, effectiveEvents }) => `${formatCount(events)}, ${formatNumber(effectiveEvents, 3)}`,
    },
    {
      ...{ key: 'auc', label: 'AUC', value: ({ scores }) => scores?.[score].auc.value ?? null },
      format: ({ scores }) =>
        scores ? formatWithError(scores[score].auc.value, scores[score].auc.error) : 'too few',
    },
    ...rates.map(({ rate }, k): Column<SignalReport> => ({
      ...{ key: `at-${rate}`, label: `signal at ${formatPercent(rate)}` },
      value: ({ scores }) => scores?.[score].efficiencies[k].efficiency.value ?? null,
      format: ({ scores }) => {
        const found = scores?.[score].efficiencies[k].efficiency
        return found ? formatWithError(found.value, found.error) : ''
      },
    })),
  ]
  return (
    <DataTable
      caption={`Share of ${signalLabels[view.signal.id] ?? view.signal.id} above cuts that let so much of the Standard Model through, with bootstrap errors; ${view.model}, temperature ${formatNumber(view.temperature)}`}
      columns={columns}
      rows={view.reports}
      rowKey={({ background }) => background}
    />
  )
}

function ScoreMap({ events, view, score }: { events: MapEvents; view: SearchView; score: Score }) {
  const { context } = useMultiTop()
  const intent = useMultiTopState((state) => state.intent)
  const opening = useMultiTopState((state) => state.events)
  const tsne = useMultiTopState((state) => state.tsne)
  const learned = useMultiTopState((state) => state.learned)
  const points = useMemo(
    () => pointsAt(shownPlaces(intent, events, opening.key, tsne, learned).xy),
    [intent, events, opening.key, tsne, learned],
  )
  const values = view.map[score]
  const [low, high] = useMemo(() => {
    const sorted = Float64Array.from(values).sort()
    return [sorted[Math.floor(0.01 * sorted.length)], sorted[Math.ceil(0.99 * sorted.length) - 1]]
  }, [values])
  const colours = useMemo(
    (): MapColours => ({
      kind: 'value',
      value: Float32Array.from(values, (x) => Math.min(1, Math.max(0, (x - low) / (high - low || 1)))),
      ramp: 'viridis',
    }),
    [values, low, high],
  )
  const focus = intent.focus !== null && intent.focus < events.events ? intent.focus : null
  return (
    <Panel title="Scores on the map" className="map-host multi-top-score-map">
      <MapPanel
        {...{ points, colours, selected: null, camera: intent.camera }}
        legend={{
          ...{ kind: 'ramp', ramp: 'viridis', title: scoreLabels[score] },
          ...{ low: formatNumber(low), high: formatNumber(high) },
        }}
        onCameraChange={(camera) => context.change({ camera }, 'camera')}
        onRegion={(selection) => context.change({ selection })}
        onClearSelection={() => context.change({ selection: null })}
        onPick={(event) => event !== null && context.change({ focus: event })}
        onClear={() => context.change({ focus: null })}
        markers={
          focus === null ? {} : { focus: { x: points.x[focus], y: points.y[focus], label: `Event ${focus}` } }
        }
        corner="13 TeV, LO, one dot an event"
        total={events.events}
        describeRow={(event) =>
          `${eventWords(events, event)}, ${scoreLabels[score]} ${formatNumber(values[event])}`
        }
      />
    </Panel>
  )
}
