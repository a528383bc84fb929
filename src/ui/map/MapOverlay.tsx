import type { Camera, Viewport } from './camera.ts'
import { pixelsPerUnit, toScreen } from './camera.ts'
import { covarianceEllipse } from './ellipse.ts'
import type { LabelBox, LabelWish } from './figure.ts'
import { contourLabelPlace, placeLabels } from './figure.ts'
import { shortName } from '../../errors.ts'
import { labelLayout } from './label-layout.ts'
import { MapLabel } from './MapLabel.tsx'
import { markPaths } from './mark-paths.ts'
import type { MapArrow, MapContour, MapMarkers, MapPath, MapPlace } from './types.ts'
import type { Draft } from './gesture-session.ts'

/** Most letters of a label on the map; the whole name stands in the legend beside it. */
const longestLabel = 40

interface MapOverlayProps {
  camera: Camera
  viewport: Viewport
  markers: MapMarkers
  arrows: readonly MapArrow[]
  contours: readonly MapContour[]
  paths: readonly MapPath[]
  hovered: MapPlace | null
  keyboard: MapPlace | null
  crosshair: readonly [number, number] | null
  draft: Draft | null
  tool: string
  draggable: boolean
  /** Text of the corner label, which the other labels keep clear of. */
  corner?: string
}

/** Everything above the points, from the ground up: contours, arrows, neighbours, marks, drafts, labels. */
export function MapOverlay(props: MapOverlayProps) {
  const { camera, viewport, markers, arrows, contours, paths, hovered, keyboard, crosshair } = props
  const { draft, corner } = props
  const at = ({ x, y }: MapPlace): [number, number] => toScreen(camera, viewport, x, y)
  const screenPoints = (places: readonly MapPlace[]) =>
    places
      .map((place) =>
        at(place)
          .map((c) => c.toFixed(1))
          .join(','),
      )
      .join(' ')
  const { origin, live, focus, measurement, neighbours = [], lost = [], dropped = [] } = markers
  const centre = focus ?? live ?? origin ?? null
  const tips = arrows.map((arrow) => at({ x: arrow.x + arrow.dx, y: arrow.y + arrow.dy }))
  const contourPlaces = contours.map((contour) => contourLabelPlace(contour, camera, viewport))

  const texts = new Map<string, string>()
  const wishes: LabelWish[] = []
  const wish = (
    key: string,
    place: readonly [number, number] | null,
    text: string | undefined,
    gap: number,
    toward?: readonly [number, number],
  ) => {
    if (!text || !place) return
    const short = shortName(text, longestLabel)
    texts.set(key, short)
    wishes.push({ key, x: place[0], y: place[1], width: labelLayout(short).width, gap, toward })
  }
  if (live) wish('live', at(live), live.label, 13)
  if (focus) wish('focus', at(focus), focus.label, 10)
  if (measurement) wish('measurement', at(measurement), measurement.label, 9)
  if (origin) wish('origin', at(origin), origin.label, 9)
  dropped.forEach((place, k) => wish(`dropped${k}`, at(place), place.label, 9))
  arrows.forEach((arrow, k) => wish(`arrow${k}`, tips[k], arrow.label, 6, [arrow.dx, -arrow.dy]))
  paths.forEach((path, k) =>
    clearTicks(path, at).forEach(({ place, label }, t) => wish(`path${100 * k + t}`, place, label, 6)),
  )
  contours.forEach((contour, k) => {
    // Those of classes have the colour of their class, and their masses in the note.
    if (!contour.colour) wish(`contour${k}`, contourPlaces[k], `${Math.round(100 * contour.mass)} %`, 3)
  })
  // The corner label of MapAxes: 12 px type, its baseline at (16, 26).
  const reserved: LabelBox[] = corner ? [[12, 12, 20 + labelLayout(corner).width, 34]] : []
  reserved.push(zoomBox(viewport))
  const labels = placeLabels(wishes, viewport, reserved)

  return (
    <g>
      {contours.map((contour) => (
        <path
          key={`${contour.colour ?? ''}${contour.mass}`}
          className={contour.mass > 0.8 ? 'map-contour map-contour-outer' : 'map-contour'}
          style={contour.colour ? { stroke: contour.colour } : undefined}
          d={contour.lines.map((line) => polyline(line, camera, viewport)).join('')}
        />
      ))}
      {measurement && <Measurement place={at(measurement)} {...{ measurement, camera, viewport }} />}
      {paths.map((path, k) => (
        <g
          key={k}
          className={`map-path${path.faint ? ' map-path-faint' : ''}${path.trail ? ' map-path-trail' : ''}`}
        >
          {(path.ticks ?? path.trail) && (
            <polyline className="map-casing" points={screenPoints(path.points)} />
          )}
          <polyline points={screenPoints(path.points)} />
          {path.ticks?.map((tick, t) => (
            <Spot key={t} place={at(tick)} r={3} className="map-path-tick" />
          ))}
        </g>
      ))}
      {arrows.map((arrow, k) => (
        <Arrow key={arrow.label} arrow={arrow} from={at(arrow)} to={tips[k]} />
      ))}
      {centre && (
        <path
          className="map-neighbour-line"
          d={neighbours.map((n) => `M${at(centre).join(' ')}L${at(n).join(' ')}`).join('')}
        />
      )}
      {centre && lost.length > 0 && (
        <path
          className="map-lost-line"
          d={lost.map((n) => `M${at(centre).join(' ')}L${at(n).join(' ')}`).join('')}
        />
      )}
      {neighbours.map((n, k) => (
        <Spot key={k} place={at(n)} r={3} className="map-neighbour" />
      ))}
      {lost.map((n, k) => (
        <Spot key={k} place={at(n)} r={3} className="map-lost" />
      ))}
      {measurement && <Spot place={at(measurement)} r={4.5} className="map-measurement" />}
      {dropped.map((place, k) => (
        <path
          key={k}
          className="map-dropped"
          transform={`translate(${at(place).join(' ')})`}
          d={markPaths.dropped}
        />
      ))}
      {hovered && <Spot place={at(hovered)} r={7} className="map-hover" />}
      {focus && (
        <path className="map-focus" transform={`translate(${at(focus).join(' ')})`} d={markPaths.focus} />
      )}
      {keyboard && <Spot place={at(keyboard)} r={9} className="map-keyboard" />}
      {live?.trail && (
        <g className="map-trail">
          <polyline className="map-casing" points={screenPoints(live.trail)} />
          <polyline points={screenPoints(live.trail)} />
        </g>
      )}
      {live && (
        <g
          className={`map-live${live.warning ? ' map-live-warning' : ''}${props.draggable ? ' map-live-draggable' : ''}`}
          transform={`translate(${at(live).join(' ')})`}
        >
          <circle r={11} className="map-live-halo" />
          <circle r={9} className="map-live-ring" />
          <circle r={3.5} className="map-live-core" />
        </g>
      )}
      {/* Above the live mark, in whose ring it stands where all coefficients are zero: it is never hidden. */}
      {origin && (
        <path className="map-origin" transform={`translate(${at(origin).join(' ')})`} d={markPaths.origin} />
      )}
      {live && <EdgePointer className="map-edge-live" place={at(live)} viewport={viewport} />}
      {[origin, measurement].map(
        (mark, k) => mark && <EdgePointer key={k} place={at(mark)} viewport={viewport} />,
      )}
      {draft && (
        <DraftShape draft={draft} camera={camera} viewport={viewport} open={props.tool !== 'lasso'} />
      )}
      {crosshair && (
        <path className="map-crosshair" d={`M${crosshair[0] - 12} ${crosshair[1]}h24m-12 -12v24`} />
      )}
      {labels.map(({ key, x, y }) => (
        <MapLabel
          key={key}
          text={texts.get(key) ?? ''}
          {...{ x, y }}
          className={`map-label-${key.replace(/\d+$/, '')}`}
          plate={/^(contour|path)/.test(key)}
        />
      ))}
    </g>
  )
}

/** Where the buttons of the zoom stand, 14 px from the corner: larger where they are for fingers. */
function zoomBox({ width, height }: Viewport): LabelBox {
  const [across, up] = width < 680 ? [144, 58] : [116, 50]
  return [width - across, height - up, width, height]
}

/** Pixels between two ticks of a path that are both labelled. */
const tickSpacing = 34

function clearTicks(path: MapPath, at: (place: MapPlace) => [number, number]) {
  const clear: { place: [number, number]; label?: string }[] = []
  for (const tick of path.ticks ?? []) {
    const place = at(tick)
    if (clear.every(({ place: [x, y] }) => Math.hypot(place[0] - x, place[1] - y) >= tickSpacing))
      clear.push({ place, label: tick.label })
  }
  return clear
}

function Spot({ place: [cx, cy], r, className }: { place: [number, number]; r: number; className: string }) {
  return <circle cx={cx} cy={cy} r={r} className={className} />
}

interface MeasurementProps {
  place: [number, number]
  measurement: NonNullable<MapMarkers['measurement']>
  camera: Camera
  viewport: Viewport
}

function Measurement({ place, measurement, camera, viewport }: MeasurementProps) {
  const scale = pixelsPerUnit(camera, viewport)
  return (
    <g transform={`translate(${place.join(' ')})`}>
      {[0.95, 0.68].map((mass) => {
        const { major, minor, angle } = covarianceEllipse(measurement.covariance, mass)
        return (
          <ellipse
            key={mass}
            className={mass > 0.8 ? 'map-ellipse map-ellipse-outer' : 'map-ellipse'}
            rx={major * scale}
            ry={minor * scale}
            transform={`rotate(${((viewport.turned ? angle - Math.PI / 2 : -angle) * 180) / Math.PI})`}
          />
        )
      })}
    </g>
  )
}

function Arrow({ arrow, from, to }: { arrow: MapArrow; from: [number, number]; to: [number, number] }) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  if (length < 6) return null
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
  const [bx, by] = [to[0] - 8 * ux, to[1] - 8 * uy]
  const head = `M${to.join(' ')}L${bx - 3.5 * uy} ${by + 3.5 * ux}L${bx + 3.5 * uy} ${by - 3.5 * ux}Z`
  return (
    <g
      className={arrow.emphasis ? 'map-arrow map-arrow-emphasis' : 'map-arrow'}
      style={arrow.colour ? { color: arrow.colour } : undefined}
    >
      <path className="map-arrow-halo" d={`M${from.join(' ')}L${bx} ${by}`} />
      <path className="map-arrow-shaft" d={`M${from.join(' ')}L${bx} ${by}`} />
      <path className="map-arrow-head" d={head} />
    </g>
  )
}

/** Points at a mark that lies outside the picture. */
function EdgePointer({
  place: [x, y],
  viewport: { width, height },
  className = '',
}: {
  place: [number, number]
  viewport: Viewport
  className?: string
}) {
  if (x >= 0 && y >= 0 && x <= width && y <= height) return null
  const angle = Math.atan2(y - height / 2, x - width / 2)
  const reach = Math.min(
    (width / 2 - 16) / Math.max(1e-9, Math.abs(Math.cos(angle))),
    (height / 2 - 16) / Math.max(1e-9, Math.abs(Math.sin(angle))),
  )
  const [cx, cy] = [width / 2 + reach * Math.cos(angle), height / 2 + reach * Math.sin(angle)]
  return (
    <path
      className={`map-edge-pointer ${className}`.trim()}
      transform={`translate(${cx} ${cy}) rotate(${(angle * 180) / Math.PI})`}
      d="M10 0L-6-7-2 0-6 7Z"
    />
  )
}

interface DraftShapeProps {
  draft: Draft
  camera: Camera
  viewport: Viewport
  /** Vertices are drawn and the outline stays open until it is closed. */
  open: boolean
}

function DraftShape({ draft, camera, viewport, open }: DraftShapeProps) {
  const corners = draft.points.map(([x, y]) => toScreen(camera, viewport, x, y))
  if (draft.kind === 'box') {
    const [[xa, ya], [xb, yb]] = corners
    return (
      <rect
        className="map-draft"
        x={Math.min(xa, xb)}
        y={Math.min(ya, yb)}
        width={Math.abs(xb - xa)}
        height={Math.abs(yb - ya)}
      />
    )
  }
  return (
    <g>
      <path className="map-draft" d={`M${corners.map((c) => c.join(' ')).join('L')}${open ? '' : 'Z'}`} />
      {open && corners.map((c, k) => <Spot key={k} place={c} r={k ? 4 : 6} className="map-vertex" />)}
    </g>
  )
}

function polyline(line: Float64Array, camera: Camera, viewport: Viewport): string {
  let path = ''
  for (let k = 0; k < line.length; k += 2) {
    const [sx, sy] = toScreen(camera, viewport, line[k], line[k + 1])
    path += `${k ? 'L' : 'M'}${sx.toFixed(1)} ${sy.toFixed(1)}`
  }
  return path
}
