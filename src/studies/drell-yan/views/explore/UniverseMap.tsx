import { useCallback, useMemo } from 'react'
import type { MapRegion } from '../../../../share/map-schema.ts'
import { AppError } from '../../../../errors.ts'
import { operatorNames } from '../../../../physics/smeft/operators.ts'
import { coefficientsOf } from '../../analysis/universes.ts'
import { coefficientArray } from '../../state/actions.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { focusInfo, liveOf, type FocusInfo, type NeighbourAnswer } from '../../state/focus.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { MapPanel } from '../../../../ui/map/MapPanel.tsx'
import type { MapMarkers, MapPlace, MapPoints } from '../../../../ui/map/types.ts'
import { lostNeighbours, type KeptNeighbours } from '../../../../numerics/kept-neighbours.ts'
import { lazyPart } from '../../../../ui/common/lazy-part.tsx'
import type { Exported, ExportFormat } from '../../../../ui/common/download-with-lines.ts'
import { formatNumber } from '../../../../ui/common/format.ts'
import { GoTo } from '../../../../ui/map/GoTo.tsx'
import { KeptNote } from '../../../../ui/map/KeptLead.tsx'
import { keptOf } from '../../../../ui/map/kept-words.ts'
import { rangesOf } from '../../../../numerics/tables/rules.ts'
import { NamedSelections } from '../../../../ui/map/NamedSelections.tsx'
import { useDensityContours } from '../../../../ui/map/use-density-contours.ts'
import type { RuleNames } from '../common/universe-mask.ts'
import { useFocusRows } from '../common/use-focus-rows.ts'
import { exportWithProvenance } from '../common/provenance.ts'
import { useUvLine } from '../uv/use-uv-line.ts'
import { coefficientsAt } from './drag-live.ts'
import { droppedPlaces } from './dropped-places.ts'
import { familyColours, flaggedLegend, mapColours } from './map-colours.ts'
import type { MapRows } from './map-rows.ts'
import { MapChoices } from './MapChoices.tsx'
import { universeBounds } from './universe-bounds.ts'
import { operatorArrows } from './operator-arrows.ts'
import { spaceNames } from './neighbour-spaces.ts'
import { keptPlaces, onPlane } from './use-kept.ts'
import { applySelection, selectionParts, type MapSelection } from './use-selection.ts'

const HoverUniverse = lazyPart(async () => (await import('./HoverUniverse.tsx')).HoverUniverse, null)

interface UniverseMapProps {
  open: OpenDataset
  rows: MapRows
  points: MapPoints
  selection: MapSelection | null
  /** Points lie where a preview puts them: nothing is counted of them. */
  preview: boolean
  answer: NeighbourAnswer
  focus: FocusInfo
  kept: KeptNeighbours | null
  names: RuleNames
  /** Universe that the table points at. */
  pointed: number | null
}

/** The map of universes and replicas. */
export function UniverseMap(props: UniverseMapProps) {
  const { open, rows, points, selection, preview, answer, focus: looked, kept, names, pointed } = props
  const { context, store, actions } = useDrellYan()
  const intent = useDrellYanState((state) => state.intent)
  const extra = useDrellYanState((state) => state.extra.value)
  const shipped = useDrellYanState((state) => state.rows.count)
  const showArrows = intent.panels.arrows
  const { header, embedding } = open
  const count = points.count

  const { colours, legend } = useMemo(
    () =>
      mapColours({ universe: rows.universe, count }, open, intent.colourBy, {
        ...{ hidden: intent.hiddenFamilies, kept },
      }),
    [rows, open, intent.colourBy, intent.hiddenFamilies, kept, count],
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
  const complete = useDrellYanState(
    (state) => state.dataset.status !== 'running' && state.extra.status !== 'running',
  )
  const classes = useMemo(() => {
    if (!intent.familyContours) return null
    const { family } = header.shape
    return {
      kind: Uint8Array.from({ length: count }, (_, i) => family[rows.universe[i]]),
      colours: familyColours,
    }
  }, [intent.familyContours, header, rows, count])
  const spread = useMemo(() => universeBounds(embedding), [embedding])
  const contours = useDensityContours(points, intent.showContours && complete, null, classes)
  const arrows = useMemo(() => (showArrows ? operatorArrows(open) : []), [showArrows, open])

  const { coefficients, order: liveOrder, replicaSeed } = intent
  const sliders = useMemo(() => ({ coefficients, order: liveOrder }), [coefficients, liveOrder])
  const live = useMemo(() => liveOf(open, sliders), [open, sliders])
  const paths = useUvLine(open, intent.uv, intent.order)
  const query = useDrellYanState((state) => state.query.value)
  const dropped = useMemo(() => droppedPlaces(open, query), [open, query])
  const focusRows = useFocusRows(intent.focus)
  const markers = useMemo((): MapMarkers => {
    const focus =
      intent.focus.kind === 'live'
        ? null
        : focusInfo(open, focusRows, intent.focus, { ...sliders, replicaSeed })
    const d = embedding.latentDim
    const measured = embedding.measurement
    const covariance = embedding.measurementCovariance
    return {
      live: { x: live.latent[0], y: live.latent[1], label: 'live', warning: live.negativeBin >= 0 },
      focus: focus && { x: focus.latent[0], y: focus.latent[1], label: focus.title },
      origin: { x: embedding.standardModel[0], y: embedding.standardModel[1], label: 'SM' },
      neighbours: answer.neighbours.map(({ universe }) => ({
        x: embedding.universes[universe * d],
        y: embedding.universes[universe * d + 1],
      })),
      lost:
        intent.showLost && kept && looked.universe !== undefined
          ? lostNeighbours(kept, onPlane, looked.universe).map((universe) => ({
              x: embedding.universes[universe * d],
              y: embedding.universes[universe * d + 1],
            }))
          : [],
      dropped,
      measurement:
        intent.showMeasurement && measured && covariance
          ? { x: measured[0], y: measured[1], label: header.measurement?.title ?? 'measurement', covariance }
          : null,
    }
  }, [
    open,
    focusRows,
    intent.focus,
    intent.showMeasurement,
    intent.showLost,
    kept,
    looked,
    sliders,
    replicaSeed,
    live,
    embedding,
    answer,
    header,
    dropped,
  ])

  const onRegion = useCallback((selection: MapRegion) => actions.change({ selection }), [actions])
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

  const card = useCallback(
    (point: number) => (
      <HoverUniverse
        {...{ open, universe: rows.universe[point], row: rows.row[point] }}
        kept={kept ? keptOf(kept, onPlane, rows.universe[point]) : undefined}
      />
    ),
    [open, rows, kept],
  )
  const goTo = useCallback(
    (universe: number): string | null => {
      const { table } = header
      if (universe >= table.count) return `There is no universe ${universe}: the last is ${table.count - 1}.`
      const d = embedding.latentDim
      const [x, y] = embedding.universes.subarray(universe * d, universe * d + 2)
      const { camera } = store.getState().intent
      actions.change({
        focus: { kind: 'universe', id: universe },
        camera: { x, y, halfSpan: Math.min(camera?.halfSpan ?? Infinity, nearSpan(embedding.universes, d)) },
      })
      return null
    },
    [header, embedding, store, actions],
  )
  const onNearest = (): string | null => {
    const nearest = answer.neighbours.at(0)
    return nearest ? goTo(nearest.universe) : 'Nothing is near: there is no other universe.'
  }
  const onRule = (text: string): number | string => {
    const chosen = { kind: 'rule' as const, text }
    const { points: found, fault } = applySelection(rows, count, chosen, names)
    if (fault) throw new AppError('input/invalid', fault)
    if (found === 0)
      return rangesOf(text, { count: header.table.count, columns: names.columns }, formatNumber)
    actions.change({ selection: chosen })
    return found
  }

  const exports = useMemo(
    () => ({
      save: (file: Exported, format: ExportFormat, what: string) =>
        exportWithProvenance(context, file, format, what),
      columns: {
        headings: ['universe', 'row', 'distance to the SM [sigma]', ...operatorNames],
        cells: (point: number) => {
          const universe = rows.universe[point]
          const row = rows.row[point]
          return [
            universe,
            row < 0 ? '' : row,
            header.shape.distance[universe],
            ...coefficientsOf(header.table, universe),
          ]
        },
      },
    }),
    [context, rows, header],
  )
  const { sqrtSGeV, order, qcd } = header.manifest
  return (
    <MapPanel
      points={points}
      colours={colours}
      selected={selection?.mask ?? null}
      flagged={flagged}
      camera={intent.camera}
      spread={spread}
      onCameraChange={(camera) => actions.change({ camera }, 'camera')}
      onRegion={onRegion}
      onClearSelection={() => actions.change({ selection: null })}
      onPick={onPick}
      onLiveDrag={onLiveDrag}
      onClear={onClear}
      markers={markers}
      arrows={arrows}
      contours={contours}
      paths={paths}
      corner={`pp → ℓ⁺ℓ⁻, ${sqrtSGeV / 1000} TeV, ${qcd ? 'NLO QCD,' : 'LO'} ${order === 'linear' ? 'linear' : 'linear + quadratic'}, Λ = 1 TeV`}
      describeRow={describeRow}
      card={card}
      highlighted={pointed === null ? null : pointedDot(rows, count, pointed)}
      toolbar={
        <>
          <MapChoices />
          <GoTo {...{ noun: 'universe', example: 'clq3 > 0.005', onNearest, onRule }} onItem={goTo} />
        </>
      }
      bar={
        <>
          <NamedSelections
            {...{ selection: intent.selection, named: intent.named, columns: names.columns }}
            asSelection={(rule) => rule}
            onChange={(next) => actions.change(next)}
          />
          {selection?.fault && (
            <p className="small map-fault" role="status">
              {selection.fault}
            </p>
          )}
        </>
      }
      markWords={{
        origin: 'Standard Model',
        focus: `picked: ${looked.title}`,
        neighbours: `its ${answer.neighbours.length} nearest in ${spaceNames[intent.neighbourSpace]}`,
        lost: 'spectra most alike that are not near here',
        measurement: `${header.measurement?.title ?? 'measurement'}, 68 % and 95 %`,
        dropped: 'your spectra',
        path: 'the UV model as its mass runs',
      }}
      filter={
        intent.colourBy === 'family'
          ? { onHide: (hiddenFamilies) => actions.change({ hiddenFamilies }) }
          : undefined
      }
      legend={legend}
      exports={exports}
      rings={flaggedLegend(intent.showFlagged ? flaggedUniverses : 0)}
      total={totalPoints(open, extra?.rows ?? 0)}
      uncounted={preview ? 'counted when the exact spectra are here' : undefined}
      selectedParts={selection ? selectionParts(selection, shipped) : undefined}
      // One line or the other: nothing moves when the exact rows are here.
      note={
        <span role="status">
          {preview
            ? '. Preview; exact spectra are on their way'
            : contours.length > 0 &&
              (classes ? (
                <>; contours enclose 68&#8239;% of the points of each family</>
              ) : (
                <>; contours enclose 68&#8239;% and 95&#8239;% of the points shown</>
              ))}
          <KeptNote kept={kept} words={{ truth: 'spectra', maps: keptPlaces(open) }} />
        </span>
      }
    />
  )
}

function totalPoints(open: OpenDataset, extraRows: number): number {
  const { table, manifest } = open.header
  return table.count * (1 + manifest.replicasPerUniverse) + extraRows
}

/** The dot of a universe without noise. */
function pointedDot({ universe, row }: MapRows, count: number, wanted: number): number | null {
  for (let dot = 0; dot < count; dot++) if (universe[dot] === wanted && row[dot] < 0) return dot
  return null
}

/** An eighth of the map: near enough to tell a dot from its neighbours. */
function nearSpan(universes: Float32Array, d: number): number {
  let far = 0
  for (let at = 0; at < universes.length; at += d)
    far = Math.max(far, Math.abs(universes[at]), Math.abs(universes[at + 1]))
  return far / 8 || 1
}
