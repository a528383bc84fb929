import {
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type Ref,
} from 'react'

import { boundsOf, type Bounds } from '../../numerics/histogram.ts'
import { formatCount } from '../common/format.ts'
import { sameItems, useSame } from '../common/use-same.ts'

import type { Camera, Viewport } from './camera.ts'
import { fillsTurned, fitCamera, toScreen, zoomAbout } from './camera.ts'
import './embedding.css'
import { boundsWithMarks, layerColours, pointStyle } from './figure.ts'
import { HoverCard } from './HoverCard.tsx'
import type { MapPictureSource } from './map-picture.ts'
import { MapAxes } from './MapAxes.tsx'
import { MapOverlay } from './MapOverlay.tsx'
import type { MapSurface } from './map-surface.ts'
import { createMapSurface } from './map-surface.ts'
import type { Selection, SelectionMode } from './select.ts'
import type { SpatialIndex } from './spatial-index.ts'
import { createSpatialIndex } from './spatial-index.ts'
import type {
  MapArrow,
  MapColours,
  MapContour,
  MapMarkers,
  MapPath,
  MapPlace,
  MapPoints,
  RendererNotice,
} from './types.ts'
import { useGroundColours } from './use-ground-colours.ts'
import type { MapTool } from './gesture-session.ts'
import { useMapGestures } from './use-map-gestures.ts'

export interface EmbeddingMapProps {
  points: MapPoints
  colours: MapColours
  /** Non-zero for selected rows; null for no selection, so that all rows have their colour. */
  selected?: Uint8Array | null
  /** Non-zero for rows drawn as rings. */
  flagged?: Uint8Array | null
  /** null shows everything. */
  camera: Camera | null
  onCameraChange: (camera: Camera | null) => void
  tool?: MapTool
  onSelect?: (selection: Selection, mode: SelectionMode) => void
  /** A click or Enter; null on empty ground. */
  onPick?: (row: number | null) => void
  /** Row under the mouse or the keyboard's dot, and its place in CSS pixels from the map's top left. */
  onHover?: (row: number | null, place: MapPlace) => void
  /** Given, the live point can be dragged. */
  onLiveDrag?: (place: MapPlace, phase: 'move' | 'end') => void
  /** Esc with nothing of the map's own to leave. */
  onClear?: () => void
  markers?: MapMarkers
  arrows?: readonly MapArrow[]
  contours?: readonly MapContour[]
  paths?: readonly MapPath[]
  /** A row that another view points at, ringed as if it were under the mouse. */
  highlighted?: number | null
  /**
   * Where the dots of the whole map lie: its axes are exchanged where a panel that is longer one way shows a cloud that is longer
   * the other way. Absent: never.
   */
  spread?: Bounds | null
  /** Titles at the ends of the axes. */
  titles?: readonly [string, string]
  /** A short label inside the frame: sqrt(s), Lambda, order. */
  corner?: string
  /** What the picture shows, in a sentence; see `mapSummary`. */
  summary: string
  /** Told to screen readers when the keyboard's dot moves. */
  describeRow?: (row: number) => string
  /** What stands on the card of a row, beside it while the pointer or the keyboard is on it. */
  card?: (row: number) => ReactNode
  /** Row whose card stays. */
  pinned?: number | null
  onUnpin?: () => void
  /** The owner shows that card elsewhere: the map draws only those that come and go. */
  pinnedElsewhere?: boolean
  onRenderer?: (notice: RendererNotice) => void
  /** After each picture handed to the graphics card, with the rows in it: a sample first where it is slow. */
  onDrawn?: (rows: number) => void
  /** Gives what the map shows now, for a picture of it. */
  picture?: Ref<() => MapPictureSource | null>
  /** Draws on the 2-D canvas although WebGL2 is there. */
  forceCanvas?: boolean
}

const noArrows: readonly MapArrow[] = []
const noContours: readonly MapContour[] = []
const noPaths: readonly MapPath[] = []
const noMarkers: MapMarkers = {}
const latent: readonly [string, string] = ['z₁', 'z₂']

const samePlace = (a?: MapPlace | null, b?: MapPlace | null): boolean => a?.x === b?.x && a?.y === b?.y

/** A map: points on a canvas, everything else in SVG above. Knows no store. */
export function EmbeddingMap(props: EmbeddingMapProps) {
  const { points, colours, selected = null, flagged = null, tool = 'pan', summary } = props
  const { markers = noMarkers, arrows = noArrows, contours = noContours, titles = latent } = props
  const { paths = noPaths, highlighted = null } = props
  const frame = useRef<HTMLDivElement>(null)
  const plot = useRef<HTMLDivElement>(null)
  const surface = useRef<MapSurface | null>(null)
  const index = useRef<SpatialIndex | null>(null)
  const uploaded = useRef<{ points: MapPoints; colours: MapColours; table: unknown } | null>(null)
  const latest = useRef(props)
  const overlay = useRef<SVGSVGElement>(null)
  const [size, setSize] = useState<Viewport>({ width: 0, height: 0 })
  const { spread = null } = props
  const turned = spread !== null && fillsTurned(spread, size)
  const viewport = useMemo((): Viewport => (turned ? { ...size, turned } : size), [size, turned])
  const [hoveredRow, setHoveredRow] = useState<number | null>(null)
  const [notice, setNotice] = useState<RendererNotice | null>(null)
  const ground = useGroundColours()
  const hints = useId()
  const clip = useId()

  const { x, y, count, version } = points
  const bounds = useMemo(() => {
    void version
    return boundsOf(x, y, count)
  }, [x, y, count, version])
  // Places, not objects: a slider moves none of them.
  const origin = useSame(markers.origin, samePlace)
  const measurement = useSame(
    markers.measurement,
    (a, b) => samePlace(a, b) && sameItems(a?.covariance ?? [], b?.covariance ?? []),
  )
  const fit = useMemo(
    () => fitCamera(boundsWithMarks(bounds, { origin, measurement }), viewport),
    [bounds, viewport, origin, measurement],
  )
  const camera = props.camera ?? fit
  const style = useMemo(() => pointStyle(count, camera, fit, viewport), [count, camera, fit, viewport])

  useLayoutEffect(() => {
    latest.current = props
  })

  useLayoutEffect(() => {
    const host = plot.current
    if (!host) return
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = host
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }))
    })
    observer.observe(host)
    return () => observer.disconnect()
  }, [])

  const forceCanvas = props.forceCanvas ?? false
  useLayoutEffect(() => {
    const host = plot.current
    if (!host) return
    const created = createMapSurface(host, {
      forceCanvas,
      onNotice: (next) => {
        setNotice(next)
        latest.current.onRenderer?.(next)
      },
      onDrawn: (rows) => latest.current.onDrawn?.(rows),
    })
    surface.current = created
    index.current = createSpatialIndex()
    return () => {
      created.dispose()
      index.current?.dispose()
      surface.current = null
      uploaded.current = null
    }
  }, [forceCanvas])

  useLayoutEffect(() => {
    const before = uploaded.current
    const old = before?.points
    const same = old?.x === x && old.y === y && old.count === count && old.version === version
    const appended = old?.x === x && old.y === y && count > old.count
    const firstDirty = appended && old ? old.count : 0
    if (!same) {
      surface.current?.setPoints({ x, y, count, version }, firstDirty)
      index.current?.setPoints({ x, y, count, version }, appended)
    }
    if (!same || before?.colours !== colours || before.table !== ground) {
      const append = appended && before?.colours === colours && colours.kind === 'class'
      const next = layerColours(colours, count, ground.theme, ground.context, ground.paper)
      surface.current?.setColours(next, count, append ? firstDirty : 0)
    }
    uploaded.current = { points: { x, y, count, version }, colours, table: ground }
  }, [x, y, count, version, colours, ground, forceCanvas])

  useLayoutEffect(() => {
    surface.current?.setState(selected, flagged, count, 0)
  }, [selected, flagged, count, version, forceCanvas])

  useLayoutEffect(() => {
    if (viewport.width && viewport.height) surface.current?.setView(camera, viewport, style)
  }, [camera, viewport, style, forceCanvas])

  useImperativeHandle(
    props.picture,
    () => () =>
      overlay.current && {
        ...{ points, selected, flagged, camera, viewport, style, overlay: overlay.current },
        colours: layerColours(colours, count, ground.theme, ground.context, ground.paper),
      },
    [points, selected, flagged, camera, viewport, style, colours, count, ground],
  )

  // A screen of other density needs a new picture though nothing else has changed.
  useEffect(() => {
    const redraw = () => setSize((old) => ({ ...old }))
    const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', redraw)
    return () => query.removeEventListener('change', redraw)
  }, [viewport])

  function hover(row: number | null, place: MapPlace): void {
    setHoveredRow(row)
    props.onHover?.(row, place)
  }

  const gestures = useMapGestures(plot, {
    camera,
    viewport,
    tool,
    handle: props.onLiveDrag && markers.live ? markers.live : null,
    nearest: (px, py, maxDistance, accept) =>
      index.current?.nearest(px, py, maxDistance, accept)?.row ?? null,
    placeOf: (row) => ({ x: x[row], y: y[row] }),
    onCamera: props.onCameraChange,
    onSelect: (selection, mode) => props.onSelect?.(selection, mode),
    onPick: (row) => props.onPick?.(row),
    onHover: hover,
    onHandle: (place, phase) => props.onLiveDrag?.(place, phase),
    onClear: () => props.onClear?.(),
  })

  const placeOf = (row: number | null): MapPlace | null =>
    row === null || row >= count ? null : { x: x[row], y: y[row] }
  const zoom = (factor: number) =>
    props.onCameraChange(zoomAbout(camera, viewport, factor, viewport.width / 2, viewport.height / 2))
  const told =
    gestures.focusRow === null ? '' : (props.describeRow?.(gestures.focusRow) ?? `Row ${gestures.focusRow}`)
  const ready = viewport.width > 0
  const { card, pinned = null } = props
  const carded = gestures.dragging || gestures.draft ? null : (hoveredRow ?? gestures.focusRow)
  const cardOf = (row: number | null, onClose?: () => void) => {
    const place = placeOf(row)
    if (!card || row === null || !place) return null
    return (
      <HoverCard beside={{ at: toScreen(camera, viewport, place.x, place.y), viewport }} onClose={onClose}>
        {card(row)}
      </HoverCard>
    )
  }

  return (
    <div className="map" ref={frame}>
      <div
        ref={plot}
        className={`map-plot map-tool-${tool}${gestures.dragging ? ' map-dragging' : ''}${hoveredRow === null ? '' : ' map-hovering'}`}
        role="application"
        aria-roledescription="map of points"
        aria-label={summary}
        aria-describedby={hints}
        tabIndex={0}
      />
      {ready && (
        <svg ref={overlay} className="map-overlay" aria-hidden="true" data-testid="map-overlay">
          <clipPath id={clip}>
            <rect width={viewport.width} height={viewport.height} />
          </clipPath>
          <g clipPath={`url(#${clip})`}>
            <MapOverlay
              {...{ camera, viewport, markers, arrows, contours, paths, tool }}
              hovered={placeOf(hoveredRow ?? highlighted)}
              keyboard={placeOf(gestures.focusRow)}
              crosshair={gestures.crosshair}
              draft={gestures.draft}
              draggable={props.onLiveDrag !== undefined}
              corner={props.corner}
            />
          </g>
          <MapAxes camera={camera} viewport={viewport} titles={titles} corner={props.corner} />
        </svg>
      )}
      {ready && card && (
        <div className="map-cards">
          {/* One at a time: the pinned one is back when the pointer has left the other. */}
          {carded !== null && carded !== pinned
            ? cardOf(carded)
            : !props.pinnedElsewhere && cardOf(pinned, props.onUnpin)}
        </div>
      )}
      <div className="map-zoom" role="group" aria-label="Zoom">
        <button type="button" onClick={() => zoom(1.5)} aria-label="Zoom in">
          +
        </button>
        <button type="button" onClick={() => zoom(1 / 1.5)} aria-label="Zoom out">
          −
        </button>
        <button type="button" onClick={() => props.onCameraChange(null)} aria-label="Show all points">
          All
        </button>
      </div>
      {count === 0 && <p className="map-note map-empty">No points yet.</p>}
      {notice?.kind === 'canvas2d' && (
        <p className="map-note" role="status">
          {notice.reason === 'context-lost' ? 'The graphics card was reset.' : 'No WebGL2 here.'}
          {notice.shown < notice.total &&
            ` Showing ${formatCount(notice.shown)} of ${formatCount(notice.total)} points.`}
        </p>
      )}
      <p id={hints} className="map-hidden">
        {tool === 'pan'
          ? 'Arrow keys walk from point to point, Enter picks, Shift with arrows moves the map, plus and minus zoom, 0 shows everything, Escape leaves.'
          : 'Arrow keys move the crosshair, Space sets a corner, Enter closes the region, Backspace takes back, Escape leaves.'}
      </p>
      <p className="map-hidden" aria-live="polite">
        {told}
      </p>
    </div>
  )
}
