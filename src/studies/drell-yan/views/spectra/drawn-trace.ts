import { position, type PlotFrame, type SpectrumAxes } from './axes.ts'
import type { SpectrumTrace } from './spectrum-trace.ts'

/** SVG path data of one trace, by what it is painted with; empty where it has none. */
export interface DrawnTrace {
  panel: 'main' | 'ratio'
  area: string
  line: string
  errors: string
  points: string
}

interface Place {
  x: number // px
  y: number // px
}

/** Tenths of a pixel: no eye sees the rest. */
const px = (value: number): string => String(Math.round(value * 10) / 10)

/** Where the numbers of a trace land. Far-off places are held just outside the window: they cost drawing time. */
function placing(trace: SpectrumTrace, axes: SpectrumAxes, frame: PlotFrame) {
  const panel = trace.yaxis === 'y' ? 'main' : 'ratio'
  const { top, height } = frame[panel]
  const [range, scale] = panel === 'main' ? [axes.y, axes.yScale] : [axes.ratio, 'linear' as const]
  const held = (y: number) => Math.min(top + height + 1000, Math.max(top - 1000, y))
  return {
    panel,
    x: (value: number) => position(value, axes.x, axes.xScale, frame.left, frame.width),
    y: (value: number) => held(position(value, range, scale, top + height, -height)),
  } as const
}

export function drawnTrace(trace: SpectrumTrace, axes: SpectrumAxes, frame: PlotFrame): DrawnTrace {
  const at = placing(trace, axes, frame)
  const drawn: DrawnTrace = { panel: at.panel, area: '', line: '', errors: '', points: '' }
  let pen = 'M'
  trace.x.forEach((x, i) => {
    const y = trace.y[i]
    if (x === null || y === null || !Number.isFinite(y)) {
      pen = 'M'
      return
    }
    const place = { x: at.x(x), y: at.y(y) }
    if (trace.mode === 'lines') drawn.line += `${pen}${px(place.x)},${px(place.y)}`
    else if (trace.marker?.opacity !== 0) {
      drawn.points += markerPath(place, trace.marker?.size ?? 6, trace.marker?.symbol?.[i])
      drawn.errors += errorBars(trace, i, { x, y }, place, at)
    }
    pen = 'L'
  })
  if (trace.fill) return { ...drawn, area: drawn.line && `${drawn.line}Z`, line: '' }
  return drawn
}

function errorBars(
  trace: SpectrumTrace,
  i: number,
  value: { x: number; y: number },
  place: Place,
  at: { x: (value: number) => number; y: (value: number) => number },
): string {
  const { error_x: across, error_y: along } = trace
  let path = ''
  if (across)
    path += `M${px(at.x(value.x - (across.arrayminus ?? across.array)[i]))},${px(place.y)}H${px(at.x(value.x + across.array[i]))}`
  if (along)
    path += `M${px(place.x)},${px(at.y(value.y - along.array[i]))}V${px(at.y(value.y + along.array[i]))}`
  return path
}

/** A disc of a diameter, or a triangle as plotly draws one of a size. */
export function markerPath({ x, y }: Place, size: number, symbol?: 'triangle-up' | 'triangle-down'): string {
  const r = size / 2
  if (!symbol) return `M${px(x - r)},${px(y)}a${r},${r} 0 1,0 ${size},0a${r},${r} 0 1,0 ${-size},0Z`
  const side = (2 * r) / Math.sqrt(3)
  const up = symbol === 'triangle-up' ? 1 : -1
  return `M${px(x - side)},${px(y + (up * r) / 2)}H${px(x + side)}L${px(x)},${px(y - up * r)}Z`
}

/** Ticks inwards on all four sides of a panel, as one path. */
export function tickPath(
  axis: 'x' | 'y',
  values: readonly number[],
  length: number,
  axes: SpectrumAxes,
  frame: PlotFrame,
  panel: 'main' | 'ratio',
): string {
  const { left, width } = frame
  const { top, height } = frame[panel]
  const places = tickPlaces(axis, values, axes, frame, panel)
  return places
    .map((at) =>
      axis === 'x'
        ? `M${px(at)},${px(top)}v${length}M${px(at)},${px(top + height)}v${-length}`
        : `M${px(left)},${px(at)}h${length}M${px(left + width)},${px(at)}h${-length}`,
    )
    .join('')
}

/** Pixels along the axis. */
export function tickPlaces(
  axis: 'x' | 'y',
  values: readonly number[],
  axes: SpectrumAxes,
  frame: PlotFrame,
  panel: 'main' | 'ratio',
): number[] {
  const { top, height } = frame[panel]
  const [range, scale] = panel === 'main' ? [axes.y, axes.yScale] : [axes.ratio, 'linear' as const]
  return values.map((value) =>
    axis === 'x'
      ? position(value, axes.x, axes.xScale, frame.left, frame.width)
      : position(value, range, scale, top + height, -height),
  )
}
