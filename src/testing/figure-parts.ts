import { expect } from 'vitest'
import type { PlotlyJson } from '../ui/plots/plotly.ts'

/** A figure of a builder, whichever its own words for traces are. */
export interface AnyFigure {
  data: readonly PlotlyJson[]
  layout: PlotlyJson
}

/** What tests read of an axis. */
interface Axis {
  type?: 'log' | 'linear'
  range?: [number, number]
  domain?: [number, number]
  tickvals?: number[]
  ticktext?: string[]
  anchor?: string
  matches?: string
  showticklabels?: boolean
  title?: { text: string }
}

/** What tests read of a trace. */
interface Trace {
  type?: string
  name?: string
  mode?: string
  x: (number | null)[]
  y: (number | null)[]
  z?: (number | null)[][]
  xaxis?: string
  yaxis?: string
  showlegend?: boolean
  line?: { color?: string; dash?: string; width?: number; shape?: string }
  marker?: { color?: string; symbol?: string | string[]; size?: number; opacity?: number }
  fill?: string
  fillcolor?: string
  fillpattern?: { shape: string }
  error_x?: { array: number[]; arrayminus?: number[] }
  error_y?: { array: number[]; arrayminus?: number[] }
}

const layoutKey = (axis: string) => `${axis[0]}axis${axis.slice(1)}`

/** An axis by plotly's short name: "x", "y2". */
export function axisOf(figure: AnyFigure, name: string): Axis {
  const axis = figure.layout[layoutKey(name)]
  if (!axis) throw new Error(`the figure has no axis ${name}, only ${Object.keys(figure.layout).join(', ')}`)
  return axis as Axis
}

export const tracesOf = (figure: AnyFigure): Trace[] => figure.data as unknown as Trace[]

/** Traces of a name, from the lowest to the uppermost. */
export const named = (figure: AnyFigure, name: string): Trace[] =>
  tracesOf(figure).filter((trace) => trace.name === name)

/** All texts of the picture: titles of axes, labels, annotations. */
export function textsOf(figure: AnyFigure): string[] {
  const annotations = (figure.layout.annotations ?? []) as { text: string }[]
  const titles = Object.keys(figure.layout)
    .filter((key) => /^[xy]axis/.test(key))
    .flatMap((key) => (figure.layout[key] as Axis).title?.text ?? [])
  return [...annotations.map(({ text }) => text), ...titles]
}

/** Lines and rectangles drawn below or above the traces. */
export const shapesOf = (figure: AnyFigure) =>
  (figure.layout.shapes ?? []) as {
    type: string
    xref?: string
    yref?: string
    x0: number
    x1: number
    y0: number
    y1: number
    fillcolor?: string
    line: { color?: string; dash?: string; width?: number }
  }[]

/** What the legend lists, top down; a figure without one lists nothing. */
export function legendOf(figure: AnyFigure): string[] {
  if (!figure.layout.showlegend) return []
  return tracesOf(figure).flatMap(({ name, showlegend }) => (name && showlegend !== false ? [name] : []))
}

/** Points of a trace that its axes do not show; gaps are none. On a logarithmic axis, all that is not positive. */
export function beyondFrame(figure: AnyFigure, trace: Trace): { x: number; y: number }[] {
  const outside = (value: number, name: string) => {
    const { type, range } = axisOf(figure, name)
    if (!range) return false
    const at = type === 'log' ? Math.log10(value) : value
    const room = 1e-9 * Math.abs(range[1] - range[0])
    return !(at >= Math.min(...range) - room && at <= Math.max(...range) + room)
  }
  return trace.x.flatMap((x, i) => {
    const y = trace.y[i]
    if (x === null || y === null) return []
    return outside(x, trace.xaxis ?? 'x') || outside(y, trace.yaxis ?? 'y') ? [{ x, y }] : []
  })
}

const tag = /<(\/?)([a-z]+)[^>]*>/g

/** Every tag of a text is closed, in order. */
function closed(markup: string): boolean {
  const open: string[] = []
  for (const [, end, name] of markup.matchAll(tag))
    if (name !== 'br' && (end ? open.pop() !== name : open.push(name) === 0)) return false
  return open.length === 0
}

/**
 * What holds of every figure: each trace has its axes, as many x as y and bars, and no number that cannot be drawn;
 * no two entries of the legend look the same; markup is closed; ranges ascend or are reversed, never empty.
 */
export function expectSound(figure: AnyFigure): void {
  const traces = tracesOf(figure)
  expect(traces.length).toBeGreaterThan(0)
  for (const trace of traces) {
    for (const name of [trace.xaxis ?? 'x', trace.yaxis ?? 'y']) axisOf(figure, name)
    if (trace.z) {
      const rows = trace.z.length
      // Edges of cells, or their middles.
      expect([rows, rows + 1]).toContain(trace.y.length)
      for (const row of trace.z) expect([row.length, row.length + 1]).toContain(trace.x.length)
      continue
    }
    expect(trace.y.length, trace.name).toBe(trace.x.length)
    for (const value of [...trace.x, ...trace.y])
      if (value !== null) expect(Number.isFinite(value), `${trace.name}: ${value}`).toBe(true)
    for (const bars of [trace.error_x, trace.error_y])
      for (const lengths of bars ? [bars.array, bars.arrayminus ?? bars.array] : [])
        expect(lengths.length, trace.name).toBe(trace.x.length)
  }
  const legend = new Set(legendOf(figure))
  const looks = traces
    .filter(({ name, showlegend }) => legend.has(name ?? '') && showlegend !== false)
    .map(({ mode, line, marker, fillcolor, fillpattern }) =>
      JSON.stringify([
        ...[mode, line?.color, line?.dash ?? 'solid', marker?.color, marker?.symbol],
        ...[fillcolor, fillpattern?.shape],
      ]),
    )
  expect(new Set(looks).size).toBe(looks.length)
  for (const text of [...textsOf(figure), ...legend]) expect(closed(text), text).toBe(true)
  for (const key of Object.keys(figure.layout))
    if (/^[xy]axis/.test(key)) {
      const { range } = figure.layout[key] as Axis
      if (range) expect(range[0] !== range[1] && range.every(Number.isFinite), key).toBe(true)
    }
}
