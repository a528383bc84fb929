import { useCallback, useMemo, useState } from 'react'
import { coefficientArray } from '../../state/actions.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import { focusInfo, liveOf, type NeighbourAnswer } from '../../state/focus.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { formatCount } from '../common/format.ts'
import { EmbeddingMap } from '../embedding/EmbeddingMap.tsx'
import { mapSummary } from '../embedding/figure.ts'
import type { Selection as MapRegion } from '../embedding/select.ts'
import type { MapMarkers, MapPlace, MapPoints } from '../embedding/types.ts'
import type { MapTool } from '../embedding/gesture-session.ts'
import { useUvLine } from '../uv/use-uv-line.ts'
import { coefficientsAt } from './drag-live.ts'
import { droppedPlaces } from './dropped-places.ts'
import { mapColours } from './map-colours.ts'
import { MapLegend } from './MapLegend.tsx'
import type { MapRows } from './map-rows.ts'
import { MapToolbar } from './MapToolbar.tsx'
import { operatorArrows } from './operator-arrows.ts'
import { useDensityContours } from './use-density-contours.ts'
import type { MapSelection } from './use-selection.ts'

interface MapPanelProps {
  open: OpenDataset
  rows: MapRows
  points: MapPoints
  selection: MapSelection | null
  answer: NeighbourAnswer
}

/** Digits of lasso vertices: links stay short and no point changes sides visibly. */
const round = (value: number): number => Number(value.toPrecision(5))

/** The map with its toolbar and legend. */
export function MapPanel({ open, rows, points, selection, answer }: MapPanelProps) {
  const { store, actions } = useApp()
  const intent = useAppState((state) => state.intent)
  const extra = useAppState((state) => state.extra.value)
  const [tool, setTool] = useState<MapTool>('pan')
  const [showArrows, setShowArrows] = useState(false)
  const { header, embedding } = open
  const count = points.count

  const { colours, legend } = useMemo(
    () => mapColours(rows, open, intent.colourBy),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- colours depend on which rows there are, not on the count
    [rows, open.header, intent.colourBy, count],
  )
  const flagged = useMemo(() => {
    const mask = new Uint8Array(count)
    // Rings warn of a linear cross-section below zero; rows that keep the squares have none.
    if (header.manifest.order === 'linear')
      for (let i = 0; i < count; i++) mask[i] = header.table.flags[rows.universe[i]]
    return mask
  }, [rows, header, count])
  const flaggedUniverses = useMemo(
    () =>
      header.manifest.order === 'linear'
        ? header.table.flags.reduce((sum, flag) => sum + (flag ? 1 : 0), 0)
        : 0,
    [header],
  )
  const complete = useAppState(
    (state) => state.dataset.status !== 'running' && state.extra.status !== 'running',
  )
  const contours = useDensityContours(rows, count, intent.showContours && complete)
  const arrows = useMemo(() => (showArrows ? operatorArrows(open) : []), [showArrows, open])

  const live = useMemo(
    () => liveOf(open, intent),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only coefficients and order move the live universe
    [open.header, open.encoder, intent.coefficients, intent.order],
  )
  const paths = useUvLine(open, intent.uv, intent.order)
  const query = useAppState((state) => state.query.value)
  const dropped = useMemo(
    () => droppedPlaces(open, query),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows that stream in do not move dropped spectra
    [open.header, open.encoder, query],
  )
  const markers = useMemo((): MapMarkers => {
    const focus = intent.focus.kind === 'live' ? null : focusInfo(open, extra, intent.focus, intent)
    const d = embedding.latentDim
    const measured = embedding.measurement
    const covariance = embedding.measurementCovariance
    return {
      live: { x: live.latent[0], y: live.latent[1], label: 'live', warning: live.negativeBin >= 0 },
      focus: focus && { x: focus.latent[0], y: focus.latent[1], label: focus.title },
      sm: { x: embedding.standardModel[0], y: embedding.standardModel[1], label: 'SM' },
      neighbours: answer.neighbours.map(({ universe }) => ({
        x: embedding.universes[universe * d],
        y: embedding.universes[universe * d + 1],
      })),
      dropped,
      measurement:
        intent.showMeasurement && measured && covariance
          ? { x: measured[0], y: measured[1], label: header.measurement?.title ?? 'measurement', covariance }
          : null,
    }
  }, [open, extra, intent, live, embedding, answer, header, dropped])

  const onSelect = useCallback(
    (region: MapRegion) => {
      const { bounds } = region.kind === 'box' ? region : { bounds: null }
      actions.change({
        selection: bounds
          ? {
              kind: 'box',
              x0: round(bounds.xMin),
              y0: round(bounds.yMin),
              x1: round(bounds.xMax),
              y1: round(bounds.yMax),
            }
          : region.kind === 'polygon'
            ? { kind: 'polygon', points: thin(region.points).map(([x, y]) => [round(x), round(y)]) }
            : null,
      })
    },
    [actions],
  )
  const onPick = useCallback(
    (point: number | null) => {
      if (point === null) return
      const row = rows.row[point]
      actions.change({
        focus: row >= 0 ? { kind: 'row', row } : { kind: 'universe', id: rows.universe[point] },
      })
    },
    [actions, rows],
  )
  const onLiveDrag = useCallback(
    (place: MapPlace, phase: 'move' | 'end') => {
      const now = store.getState()
      const dataset = now.dataset.value
      if (!dataset) return
      const start = coefficientArray(now.intent.coefficients)
      actions.setCoefficients(coefficientsAt(dataset, start, now.intent.order, place), 'drag-live')
      if (phase === 'end') actions.settle()
    },
    [store, actions],
  )
  const onClear = useCallback(() => actions.change({ selection: null, focus: { kind: 'live' } }), [actions])
  const describeRow = useCallback(
    (point: number) =>
      `Universe ${rows.universe[point]}, distance ${header.shape.distance[rows.universe[point]].toPrecision(3)} sigma to the Standard Model`,
    [rows, header],
  )

  const summary = mapSummary(rows.x, rows.y, count, selection?.points ?? 0, ['z₁', 'z₂'])
  const { sqrtSGeV, order } = header.manifest
  return (
    <div className="map-panel">
      <MapToolbar tool={tool} onTool={setTool} showArrows={showArrows} onShowArrows={setShowArrows} />
      <div className="map-frame">
        <EmbeddingMap
          points={points}
          colours={colours}
          selected={selection?.mask ?? null}
          flagged={flagged}
          camera={intent.camera}
          onCameraChange={(camera) => actions.change({ camera }, 'camera')}
          tool={tool}
          onSelect={onSelect}
          onPick={onPick}
          onLiveDrag={onLiveDrag}
          onClear={onClear}
          markers={markers}
          arrows={arrows}
          contours={contours}
          paths={paths}
          corner={`pp → ℓ⁺ℓ⁻, ${sqrtSGeV / 1000} TeV, LO ${order === 'linear' ? 'linear' : 'linear + quadratic'}, Λ = 1 TeV`}
          summary={summary}
          describeRow={describeRow}
        />
      </div>
      <div className="map-foot">
        <MapLegend legend={legend} flagged={intent.showFlagged ? flaggedUniverses : 0} />
        <span className="small soft">
          {formatCount(count)} points shown of {formatCount(totalPoints(open, extra?.rows ?? 0))}
          {selection ? `, ${formatCount(selection.points)} selected` : ''}; contours hold 68&#8239;% and
          95&#8239;%
        </span>
      </div>
    </div>
  )
}

function totalPoints(open: OpenDataset, extraRows: number): number {
  const { table, manifest } = open.header
  return table.count * (1 + manifest.replicasPerUniverse) + extraRows
}

/** At most 200 vertices: the link format's limit. */
function thin(points: [number, number][]): [number, number][] {
  const step = Math.ceil(points.length / 200)
  return points.filter((_, i) => i % step === 0)
}
