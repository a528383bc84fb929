import { useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { onPlane, type Plane } from '../../../numerics/grand-tour.ts'
import type { Camera } from '../camera.ts'
import { EmbeddingMap, type EmbeddingMapProps } from '../EmbeddingMap.tsx'
import { formatCount } from '../../common/format.ts'
import { markLegend, type MarkWords } from '../mark-legend.ts'
import { MapLegend, type ColourLegend } from '../MapLegend.tsx'
import type { MapArrow, MapMarkers, MapPlace } from '../types.ts'
import { useTour } from './use-tour.ts'
import '../map-panel.css'

/** A mark in the space itself. */
export interface TourMarks {
  origin?: { at: ArrayLike<number>; label: string }
  focus?: { at: ArrayLike<number>; label: string }
  /** Ends of lines from the focus, or from the origin without one. */
  kept: readonly ArrayLike<number>[]
  lost: readonly ArrayLike<number>[]
}

interface TourPanelProps extends Pick<
  EmbeddingMapProps,
  'colours' | 'selected' | 'flagged' | 'card' | 'onPick' | 'describeRow'
> {
  /** Dots in the space of d dimensions. */
  values: Float32Array // [count, d] row-major
  count: number
  dimensions: number
  /** Plane of the intent; null: the first two axes. */
  plane: readonly number[] | null
  onPlane: (plane: number[]) => void
  marks: TourMarks
  markWords: MarkWords
  legend: ColourLegend
  corner: string
  note?: ReactNode
  onLeave: () => void
}

/** Angle for a drag over the half of the picture [rad]. */
const halfTurn = Math.PI / 2

/** A space of more than two dimensions, turned through planes. Dragging turns it; so do Shift and the arrow keys. */
export function TourPanel(props: TourPanelProps) {
  const { values, count, dimensions: d, marks, markWords, legend, corner, note, onLeave } = props
  const { colours, selected, flagged, card, onPick, describeRow } = props
  const tour = useTour(d, props.plane, props.onPlane)
  const { plane, playing } = tour
  const still = useReducedMotion()
  const points = usePlaces(values, count, plane)
  const camera = useMemo(
    (): Camera => ({ x: 0, y: 0, halfSpan: reach(values, count, d) }),
    [values, count, d],
  )

  // What the map takes for a pan is a turn: the picture stays in the middle.
  const seen = useRef(camera)
  useLayoutEffect(() => {
    seen.current = camera
  })
  const onCamera = (next: Camera | null) => {
    if (!next || next.halfSpan !== camera.halfSpan) return
    const across = (seen.current.x - next.x) / camera.halfSpan
    const up = (seen.current.y - next.y) / camera.halfSpan
    seen.current = next
    tour.play(false)
    tour.tilt(across * halfTurn, up * halfTurn)
  }

  const markers = useMemo((): MapMarkers => {
    const at = (place: ArrayLike<number>): MapPlace => {
      const [x, y] = onPlane(plane, place, 0)
      return { x, y }
    }
    const named = (mark: { at: ArrayLike<number>; label: string } | undefined) =>
      mark && { ...at(mark.at), label: mark.label }
    return {
      origin: named(marks.origin),
      focus: named(marks.focus),
      neighbours: marks.kept.map(at),
      lost: marks.lost.map(at),
    }
  }, [plane, marks])
  const arrows = useMemo((): MapArrow[] => {
    const length = 0.3 * camera.halfSpan
    return Array.from({ length: d }, (_, k) => ({
      ...{ x: -0.62 * camera.halfSpan, y: -0.62 * camera.halfSpan },
      ...{ dx: length * plane[k], dy: length * plane[d + k], label: axisName(k) },
    }))
  }, [plane, d, camera])
  const [first, second] = [0, 1].map((axis) => leading(plane, axis))

  const choose = (label: string, value: number, pick: (axis: number) => void, other: number) => (
    <label className="inline-field small">
      {label}
      <select
        className="select select-short"
        value={value}
        onChange={(event) => {
          tour.play(false)
          pick(Number(event.target.value))
        }}
      >
        {value < 0 && <option value={-1}>turned</option>}
        {Array.from({ length: d }, (_, k) => (
          <option key={k} value={k} disabled={k === other}>
            {axisName(k)}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <div className="map-panel" data-testid="tour" data-playing={playing}>
      <div className="map-toolbar" role="toolbar" aria-label="Tour">
        {!still && (
          <button type="button" className="button" aria-pressed={playing} onClick={() => tour.play(!playing)}>
            {playing ? 'Pause' : 'Play'}
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => {
            tour.play(false)
            tour.step()
          }}
        >
          Next view
        </button>
        {choose('across', first, (axis) => tour.show(axis, second < 0 ? Number(axis === 0) : second), second)}
        {choose('up', second, (axis) => tour.show(first < 0 ? Number(axis === 0) : first, axis), first)}
        <span className="small soft">drag to turn, or Shift with the arrow keys</span>
        <button type="button" className="button button-quiet" onClick={onLeave}>
          Back to the map
        </button>
      </div>
      <div className="map-frame">
        <EmbeddingMap
          {...{ points, colours, selected, flagged, card: playing ? undefined : card, onPick, describeRow }}
          {...{ camera, markers, arrows, corner }}
          onCameraChange={onCamera}
          titles={titlesOf(plane)}
          summary={`Map of ${formatCount(count)} points of a space of ${d} axes, on the plane of ${titlesOf(plane).join(' and ')}.`}
        />
      </div>
      <div className="map-foot">
        <MapLegend legend={legend} marks={markLegend(markers, [], markWords)} />
        <span className="small soft">
          {formatCount(count)} points in {d} dimensions{note}
        </span>
      </div>
    </div>
  )
}

const axisName = (k: number): string => `z${'₁₂₃₄₅₆₇₈₉'.charAt(k) || k + 1}`

/** The coordinate axis that an axis of the plane is; -1 for a mixture. */
function leading(plane: Plane, axis: number): number {
  const d = plane.length / 2
  return Array.from(plane.subarray(axis * d, (axis + 1) * d)).findIndex((part) => part > 0.9999)
}

/** "0.8 z₁ + 0.6 z₃": the largest parts of both axes. */
export function titlesOf(plane: Plane): [string, string] {
  const d = plane.length / 2
  const title = (axis: number): string => {
    const parts = Array.from(plane.subarray(axis * d, (axis + 1) * d), (part, k) => ({ part, k }))
      .sort((a, b) => Math.abs(b.part) - Math.abs(a.part))
      .slice(0, 3)
      .filter(({ part }) => Math.abs(part) >= 0.05)
    if (parts[0].part > 0.9999) return axisName(parts[0].k)
    return parts
      .map(({ part, k }, i) => {
        const sign = part < 0 ? (i ? ' − ' : '−') : i ? ' + ' : ''
        return `${sign}${Math.abs(part).toFixed(2)} ${axisName(k)}`
      })
      .join('')
  }
  return [title(0), title(1)]
}

/** Dots on the plane; other arrays are uploaded whole. */
function usePlaces(values: Float32Array, count: number, plane: Plane) {
  return useMemo(() => {
    const x = new Float32Array(count)
    const y = new Float32Array(count)
    for (let row = 0; row < count; row++) [x[row], y[row]] = onPlane(plane, values, row)
    return { x, y, count, version: 0 }
  }, [values, count, plane])
}

/** Distance from the origin that all but three dots in a hundred keep; few of these are as far out in any one plane. */
function reach(values: Float32Array, count: number, d: number): number {
  const far = Float64Array.from({ length: count }, (_, row) => {
    let sum = 0
    for (let i = 0; i < d; i++) sum += values[row * d + i] ** 2
    return Math.sqrt(sum)
  }).sort()
  return far[Math.floor(0.97 * (count - 1))] || 1
}

function useReducedMotion(): boolean {
  return useMemo(() => matchMedia('(prefers-reduced-motion: reduce)').matches, [])
}
