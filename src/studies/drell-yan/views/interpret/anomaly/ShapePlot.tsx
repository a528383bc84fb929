import { useEffect, useId, useMemo, useRef, useState, type PointerEvent } from 'react'
import type { ObservableBins } from '../../../../../physics/drell-yan/spectrum-templates.ts'
import type { ShapeIntent } from '../../../intent.ts'
import { ratioRange } from '../../spectra/axes.ts'
import { outside } from '../../../../../ui/plots/beyond-frame.ts'
import {
  dragged,
  finePath,
  handlesOf,
  shapeFrame,
  stepPath,
  xOf,
  yOf,
  type HandleId,
  type ShapeAxes,
  type ShapeFrame,
} from './shape-geometry.ts'
import { ShapeAxesFrame } from './ShapeAxesFrame.tsx'

interface ShapePlotProps {
  observable: ObservableBins
  /** Index of the observable's first bin in the arrays */
  start: number
  /** Ratios to the SM [bins] and relative noise */
  subject: ArrayLike<number>
  drawn: ArrayLike<number>
  sigma: ArrayLike<number>
  /** The part of it that the other bins leave open; the same array where that is the band */
  local: ArrayLike<number>
  /** null as long as no best universe is known */
  pulls: ArrayLike<number> | null
  shape: ShapeIntent | null
  /** A shape to start from when the empty plot is pressed */
  first: ShapeIntent
  summary: string
  onDraw: (shape: ShapeIntent, phase: 'move' | 'end') => void
}

const pullSteps = [4, 6, 10, 20, 50, 100, 1000]

/**
 * Ratio to the SM over the pulls of the best universe; a resonance, kink or slope is drawn with the pointer. Own SVG:
 * it follows the hand at a fraction of what a plot library needs. The fields beside it do the same from the keyboard.
 */
export function ShapePlot(props: ShapePlotProps) {
  const { observable, start, subject, drawn, sigma, local, pulls, shape, first, summary, onDraw } = props
  const { edges } = observable
  const host = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [drag, setDrag] = useState<{ id: HandleId; axes: ShapeAxes } | null>(null)
  const clip = useId()

  useEffect(() => {
    if (!host.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)))
    observer.observe(host.current)
    return () => observer.disconnect()
  }, [])

  const axes = useMemo((): ShapeAxes => {
    const bins = edges.length - 1
    const seen: number[] = []
    let most = 0
    for (let b = start; b < start + bins; b++) {
      if (sigma[b] < 0.3) seen.push(subject[b], drawn[b])
      if (sigma[b] < 0.1) seen.push(1 + sigma[b])
      if (pulls) most = Math.max(most, Math.abs(pulls[b]))
    }
    const reach = pullSteps.find((step) => most < 0.95 * step) ?? most
    return { x: [edges[0], edges[bins]], ratio: ratioRange(seen), pulls: [-reach, reach] }
  }, [edges, start, subject, drawn, sigma, pulls])
  // Under the hand the frame stands still.
  const shown = drag?.axes ?? axes
  const frame = useMemo(() => shapeFrame(width), [width])
  const base = (gev: number): number => {
    let b = 0
    while (b + 2 < edges.length && gev >= edges[b + 1]) b++
    return subject[start + b]
  }
  const drawable = observable.name !== 'ptl'
  const handles = shape && drawable ? handlesOf(shape, base, shown, frame) : []

  const placeOf = (event: PointerEvent): { x: number; y: number } => {
    const box = event.currentTarget.closest('svg')?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }
  const begin = (id: HandleId) => (event: PointerEvent) => {
    if (!drawable || event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ id, axes })
    if (!shape || event.currentTarget.tagName === 'rect')
      onDraw(dragged(shape ?? first, id, placeOf(event), base, axes, frame), 'move')
  }
  const move = (event: PointerEvent) => {
    if (drag) onDraw(dragged(shape ?? first, drag.id, placeOf(event), base, drag.axes, frame), 'move')
  }
  const end = () => {
    if (!drag) return
    setDrag(null)
    if (shape) onDraw(shape, 'end')
  }

  const pressable = drawable && (!shape || shape.kind !== 'slope')
  return (
    <div ref={host} className="shape-plot" style={{ minHeight: frame.height }}>
      {width > 0 && (
        <svg
          width={width}
          height={frame.height}
          role="img"
          aria-label={summary}
          onPointerMove={move}
          onPointerUp={end}
          onPointerCancel={end}
        >
          <clipPath id={clip}>
            <rect x={frame.left} y={frame.ratio.top} width={frame.width} height={frame.ratio.height} />
          </clipPath>
          <rect
            className={pressable ? 'shape-ground pressable' : 'shape-ground'}
            x={frame.left}
            y={frame.ratio.top}
            width={frame.width}
            height={frame.ratio.height}
            onPointerDown={pressable ? begin('place') : undefined}
          />
          <g clipPath={`url(#${clip})`} pointerEvents="none">
            {local !== sigma && <Band edges={edges} start={start} sigma={sigma} axes={shown} frame={frame} />}
            <Band local edges={edges} start={start} sigma={local} axes={shown} frame={frame} />
            <line
              className="shape-unit"
              x1={frame.left}
              x2={frame.left + frame.width}
              y1={yOf(1, shown.ratio, frame.ratio)}
              y2={yOf(1, shown.ratio, frame.ratio)}
            />
            <path className="shape-subject" d={stepPath(edges, subject, start, shown, frame)} />
            {shape && drawable && <path className="shape-fine" d={finePath(shape, base, shown, frame)} />}
            <path className="shape-drawn" d={stepPath(edges, drawn, start, shown, frame)} />
          </g>
          <Beyond edges={edges} start={start} values={drawn} axes={shown} frame={frame} />
          <Pulls edges={edges} start={start} pulls={pulls} axes={shown} frame={frame} />
          <ShapeAxesFrame observable={observable.name} axes={shown} frame={frame} />
          {handles.map(({ id, label, x, y }) => (
            <circle
              key={id}
              className="shape-handle"
              data-handle={id}
              cx={x}
              cy={y}
              r={id === 'place' ? 8 : 6}
              onPointerDown={begin(id)}
            >
              <title>{label}</title>
            </circle>
          ))}
        </svg>
      )}
    </div>
  )
}

interface PartProps {
  axes: ShapeAxes
  frame: ShapeFrame
}

function Band({
  edges,
  start,
  sigma,
  local,
  axes,
  frame,
}: PartProps & { edges: readonly number[]; start: number; sigma: ArrayLike<number>; local?: boolean }) {
  const high = Array.from({ length: edges.length - 1 }, (_, b) => 1 + sigma[start + b])
  const low = high.map((value) => 2 - value)
  const top = stepPath(edges, high, 0, axes, frame)
  // Back along the lower edge: the same steps from the last bin to the first.
  let back = ''
  for (let b = low.length - 1; b >= 0; b--)
    back += `V${yOf(low[b], axes.ratio, frame.ratio).toFixed(1)}H${xOf(edges[b], axes, frame).toFixed(1)}`
  return <path className={local ? 'shape-band shape-local' : 'shape-band'} d={`${top}${back}Z`} />
}

/** Arrows at the edge where a bin lies beyond the panel. */
function Beyond({
  edges,
  start,
  values,
  axes,
  frame,
}: PartProps & { edges: readonly number[]; start: number; values: ArrayLike<number> }) {
  const own = Array.from({ length: edges.length - 1 }, (_, b) => values[start + b])
  return outside(own, axes.ratio, 'linear').map(({ bin, edge, at }) => {
    const x = xOf(Math.sqrt(edges[bin] * edges[bin + 1]), axes, frame)
    const y = yOf(at, axes.ratio, frame.ratio)
    const tip = edge === 'low' ? 5 : -5
    return (
      <path
        key={bin}
        className="shape-beyond"
        d={`M${x - 5},${y - tip}h10L${x},${y + tip}Z`}
        pointerEvents="none"
      />
    )
  })
}

function Pulls({
  edges,
  start,
  pulls,
  axes,
  frame,
}: PartProps & { edges: readonly number[]; start: number; pulls: ArrayLike<number> | null }) {
  const zero = yOf(0, axes.pulls, frame.pulls)
  return (
    <g>
      {[-2, 2].map((line) => (
        <line
          key={line}
          className="shape-unit"
          x1={frame.left}
          x2={frame.left + frame.width}
          y1={yOf(line, axes.pulls, frame.pulls)}
          y2={yOf(line, axes.pulls, frame.pulls)}
        />
      ))}
      {pulls &&
        edges.slice(0, -1).map((low, b) => {
          const x = xOf(low, axes, frame)
          const y = yOf(pulls[start + b], axes.pulls, frame.pulls)
          return (
            <rect
              key={low}
              className="shape-pull"
              x={x}
              width={Math.max(1, xOf(edges[b + 1], axes, frame) - x - 0.5)}
              y={Math.min(y, zero)}
              height={Math.abs(y - zero)}
            />
          )
        })}
      <line className="shape-axis" x1={frame.left} x2={frame.left + frame.width} y1={zero} y2={zero} />
    </g>
  )
}
