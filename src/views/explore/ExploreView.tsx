import { useDeferredValue, useMemo } from 'react'
import { focusInfo, liveOf, neighboursOf } from '../../state/focus.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { lazyPart } from '../common/lazy-part.tsx'
import { Panel } from '../common/Panel.tsx'
import { PanelBoundary } from '../common/PanelBoundary.tsx'
import { MapLead } from './MapLead.tsx'
import { MapPanel } from './MapPanel.tsx'
import { OpeningExplore } from './OpeningExplore.tsx'
import { StartButtons } from './StartButtons.tsx'
import { useMapRows } from './use-map-rows.ts'
import { useSelection } from './use-selection.ts'
import './explore.css'

// Plots and inspector come with chunks of their own: the map does not wait for them.
const SpectrumPanel = lazyPart(
  async () => (await import('./SpectrumPanel.tsx')).SpectrumPanel,
  <Panel title="Spectrum" state={{ kind: 'loading', label: 'Loading plots' }} />,
)
const Inspector = lazyPart(
  async () => (await import('./Inspector.tsx')).Inspector,
  <Panel title="Inspector" state={{ kind: 'loading', label: 'Loading coefficients' }} />,
)

/** The landing view: read the map. */
export function ExploreView() {
  const { actions } = useApp()
  const dataset = useAppState((state) => state.dataset)
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
  const { actions } = useApp()
  const dataset = useAppState((state) => state.dataset)
  const intent = useAppState((state) => state.intent)
  const extra = useAppState((state) => state.extra.value)
  const map = useMapRows()
  const selection = useSelection(map?.rows ?? null, map?.points.count ?? 0, intent.selection)

  const live = useMemo(
    () => liveOf(open, intent),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that stream in do not move the live universe
    [open.header, open.encoder, intent.coefficients, intent.order],
  )
  const focus = useMemo(
    () => focusInfo(open, extra, intent.focus, intent),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a live focus follows the sliders, others do not
    [open.header, open.encoder, open.rows, extra, intent.focus, intent.focus.kind === 'live' ? live : null],
  )
  // Neighbours of a moving universe follow a moment later: dot and spectrum must not wait for them.
  const settled = useDeferredValue(focus)
  const answer = useMemo(
    () => neighboursOf(open, settled, intent.neighbourSpace, intent.neighbourCount),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- neighbours are universes, not rows
    [open.header, open.embedding, settled, intent.neighbourSpace, intent.neighbourCount],
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
      data-points={map?.points.count}
      data-selected={selection?.points}
    >
      <PanelBoundary title="Map">
        <Panel
          title="Map of universes"
          className="map-host"
          state={state}
          badges={<MapLead />}
          actions={<StartButtons />}
        >
          {map && (
            <MapPanel open={open} rows={map.rows} points={map.points} selection={selection} answer={answer} />
          )}
        </Panel>
      </PanelBoundary>
      <div className="explore-side">
        <PanelBoundary title="Spectrum">
          <SpectrumPanel
            open={open}
            live={live.spectrum}
            focus={focus}
            selection={selection}
            nearest={answer.neighbours.at(0)?.universe}
          />
        </PanelBoundary>
        <PanelBoundary title="Inspector">
          <Inspector open={open} live={live} focus={focus} answer={answer} />
        </PanelBoundary>
      </div>
    </div>
  )
}
