import { useDeferredValue, useMemo, useState } from 'react'
import {
  liveFocus,
  liveOf,
  neighboursOf,
  pickedFocus,
  type FocusInfo,
  type NeighbourAnswer,
} from '../../state/focus.ts'
import { byPreview, type OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { lazyPart } from '../../../../ui/common/lazy-part.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { PanelBoundary } from '../../../../ui/common/PanelBoundary.tsx'
import { useAfterFrames } from '../../../../ui/common/use-after-frames.ts'
import { useFocusRows } from '../common/use-focus-rows.ts'
import { MapLead } from './MapLead.tsx'
import { OpeningExplore } from './OpeningExplore.tsx'
import { StartButtons } from './StartButtons.tsx'
import { UniverseMap } from './UniverseMap.tsx'
import { universeColumns } from '../../analysis/universe-columns.ts'
import { useKept } from './use-kept.ts'
import { useMapRows } from './use-map-rows.ts'
import { useSelection } from './use-selection.ts'
import './explore.css'

const noNeighbours: NeighbourAnswer = { neighbours: [], overlaps: [] }

const spectrumOpening = <Panel title="Spectrum" state={{ kind: 'loading', label: 'Loading plots' }} />
const inspectorOpening = (
  <Panel title="Inspector" state={{ kind: 'loading', label: 'Loading coefficients' }} />
)

// Plots and inspector come with a chunk of their own: the map does not wait for them.
const SpectrumPanel = lazyPart(
  async () => (await import('./SpectrumPanel.tsx')).SpectrumPanel,
  spectrumOpening,
)
const TourMap = lazyPart(
  async () => (await import('./TourMap.tsx')).TourMap,
  <Panel title="Tour" state={{ kind: 'loading', label: 'Loading the tour' }} />,
)
const Inspector = lazyPart(async () => (await import('./Inspector.tsx')).Inspector, inspectorOpening)

/** The landing view: read the map. */
export function ExploreView() {
  const { actions } = useDrellYan()
  const dataset = useDrellYanState((state) => state.dataset)
  const open = dataset.value
  if (!open && dataset.status === 'failed' && dataset.error)
    return (
      <Panel
        title="Map"
        state={{ kind: 'error', error: dataset.error, onRetry: () => actions.retryDataset() }}
      />
    )
  if (!open) return <OpeningExplore />
  return <OpenExplore open={open} />
}

function OpenExplore({ open }: { open: OpenDataset }) {
  const { actions } = useDrellYan()
  const dataset = useDrellYanState((state) => state.dataset)
  const preview = useDrellYanState(byPreview)
  const intent = useDrellYanState((state) => state.intent)
  const map = useMapRows()
  const mapDrawn = useAfterFrames(2)
  const columns = useMemo(() => universeColumns(open), [open])
  const names = useMemo(() => ({ columns, named: intent.named }), [columns, intent.named])
  const selection = useSelection(map?.rows ?? null, map?.points.count ?? 0, intent.selection, names)
  const kept = useKept(open, mapDrawn && dataset.status === 'ready')
  const touring = intent.tour !== null && open.embedding.latentDim > 2
  const [pointed, setPointed] = useState<number | null>(null)

  const { coefficients, order, replicaSeed } = intent
  const live = useMemo(() => liveOf(open, { coefficients, order }), [open, coefficients, order])
  const rows = useFocusRows(intent.focus)
  // What was picked keeps its identity while sliders move.
  const picked = useMemo(
    () => pickedFocus(open, rows, intent.focus, replicaSeed),
    [open, rows, intent.focus, replicaSeed],
  )
  const focus = useMemo(() => picked ?? liveFocus(live, coefficients), [picked, live, coefficients])
  // Neighbours of a moving universe follow a moment later: dot and spectrum must not wait for them.
  const settled = useDeferredValue<FocusInfo | null>(focus, null)
  const answer = useMemo(
    () =>
      settled ? neighboursOf(open, settled, intent.neighbourSpace, intent.neighbourCount) : noNeighbours,
    [open, settled, intent.neighbourSpace, intent.neighbourCount],
  )

  const state =
    dataset.status === 'failed' && dataset.error
      ? ({
          kind: 'error',
          error: dataset.error,
          keepContent: true,
          onRetry: () => actions.retryDataset(),
        } as const)
      : dataset.status === 'running'
        ? ({
            kind: 'partial',
            message: dataset.label ?? 'Streaming spectra',
            fraction: dataset.fraction ?? undefined,
          } as const)
        : ({ kind: 'ready' } as const)
  return (
    <div
      className="explore"
      data-testid="explore"
      data-status={dataset.status}
      data-dataset={open.header.manifest.id}
      data-model={open.encoder.id}
      data-tier={preview ? 'preview' : dataset.status === 'ready' ? 'exact' : undefined}
      data-points={map?.points.count}
      data-selected={preview ? undefined : selection?.points}
    >
      <PanelBoundary title="Map">
        <Panel
          title="Map of universes"
          className="map-host"
          state={state}
          badges={<MapLead {...{ open, kept }} />}
          actions={<StartButtons />}
        >
          {map && touring && (
            <TourMap {...{ open, rows: map.rows, count: map.points.count, selection, focus, kept }} />
          )}
          {map && !touring && (
            <UniverseMap
              open={open}
              rows={map.rows}
              points={map.points}
              selection={selection}
              preview={preview}
              answer={answer}
              focus={focus}
              {...{ kept, names, pointed }}
            />
          )}
        </Panel>
      </PanelBoundary>
      <div className="explore-side">
        <PanelBoundary title="Spectrum">
          {mapDrawn ? (
            <SpectrumPanel
              open={open}
              live={live.spectrum}
              focus={focus}
              selection={preview ? null : selection}
              nearest={answer.neighbours.at(0)?.universe}
            />
          ) : (
            spectrumOpening
          )}
        </PanelBoundary>
        <PanelBoundary title="Inspector">
          {mapDrawn ? (
            <Inspector {...{ open, live, focus, answer, kept, selection }} onPoint={setPointed} />
          ) : (
            inspectorOpening
          )}
        </PanelBoundary>
      </div>
    </div>
  )
}
