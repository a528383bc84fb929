import { shortName } from '../../../../errors.ts'
import { formatEdge, formatNumber, formatWithError } from '../../../../ui/common/format.ts'
import { withAlpha } from '../../../../ui/plots/plot-frame.ts'
import { scaleOf, type SpectrumAxes } from './axes.ts'
import { escapeMarkup } from './escape-markup.ts'
import { mainAxes, ratioAxes, type SpectrumTrace } from './spectrum-trace.ts'
import {
  against,
  errorsAgainst,
  heights,
  mustBePositive,
  negativeBins,
  observableLabels,
  referenceOf,
  type SpectrumBand,
  type SpectrumCurve,
  type SpectrumInput,
} from './spectrum-input.ts'

/** Letters of an entry of the legend, which fits the frame on a phone; the summary below has the whole name. */
const longestEntry = 32

/** Corners of the step line: both ends of every bin. */
function stepX(edges: ArrayLike<number>): number[] {
  const x: number[] = []
  for (let bin = 0; bin + 1 < edges.length; bin++) x.push(edges[bin], edges[bin + 1])
  return x
}

const doubled = (values: readonly number[]): number[] => values.flatMap((value) => [value, value])

/** Values that a log axis cannot hold leave a gap. */
const drawable = (values: readonly number[], scale: 'log' | 'linear'): (number | null)[] =>
  values.map((value) => (Number.isFinite(value) && (scale === 'linear' || value > 0) ? value : null))

export function stepTraces(input: SpectrumInput, curve: SpectrumCurve): SpectrumTrace[] {
  const { edges } = input
  const yScale = scaleOf(input)
  const line = {
    color: curve.colour ?? input.theme.data,
    width: curve.name === 'SM' ? 1.25 : 1.75,
    dash: curve.dash ?? 'solid',
  }
  const common = {
    type: 'scatter',
    mode: 'lines',
    x: stepX(edges),
    line,
    hoverinfo: 'skip',
    name: escapeMarkup(shortName(curve.name, longestEntry)),
  } as const
  return [
    { ...common, ...mainAxes, y: drawable(doubled(heights(input, curve.values)), yScale) },
    {
      ...common,
      ...ratioAxes,
      y: drawable(doubled(against(input, curve.values, referenceOf(input).values)), 'linear'),
      showlegend: false,
    },
  ]
}

/** Bin centres as the eye sees them: geometric on a log axis. */
export function centres({ edges, xScale = 'log' }: SpectrumInput): number[] {
  return Array.from({ length: edges.length - 1 }, (_, bin) =>
    xScale === 'log' ? Math.sqrt(edges[bin] * edges[bin + 1]) : (edges[bin] + edges[bin + 1]) / 2,
  )
}

export function pointTraces(input: SpectrumInput, curve: SpectrumCurve): SpectrumTrace[] {
  const { edges } = input
  const yScale = scaleOf(input)
  const x = centres(input)
  const colour = curve.colour ?? input.theme.data
  const bars = { type: 'data', color: colour, thickness: 1, width: 0 } as const
  const common = {
    type: 'scatter',
    mode: 'markers',
    x,
    name: escapeMarkup(shortName(curve.name, longestEntry)),
    hoverinfo: 'skip',
    marker: { color: colour, size: 4.5 },
    error_x: {
      ...bars,
      array: x.map((centre, bin) => edges[bin + 1] - centre),
      arrayminus: x.map((centre, bin) => centre - edges[bin]),
    },
  } as const
  const reference = referenceOf(input).values
  const errorY = (values: number[]) => (curve.errors ? { error_y: { ...bars, array: values } } : {})
  return [
    {
      ...common,
      ...mainAxes,
      ...errorY(curve.errors ? heights(input, curve.errors) : []),
      y: drawable(heights(input, curve.values), yScale),
    },
    {
      ...common,
      ...ratioAxes,
      ...errorY(curve.errors ? errorsAgainst(input, curve.errors, reference) : []),
      y: drawable(against(input, curve.values, reference), 'linear'),
      showlegend: false,
    },
  ]
}

export function bandTraces(input: SpectrumInput, axes: SpectrumAxes, band: SpectrumBand): SpectrumTrace[] {
  const { edges, theme } = input
  const reference = referenceOf(input).values
  const colour = band.colour ?? theme.inkSoft
  const forward = stepX(edges)
  const outline = (low: number[], high: number[]) => [...doubled(high), ...doubled(low).reverse()]
  const fill =
    band.kind === 'statistical'
      ? {
          fillcolor: 'rgba(0,0,0,0)',
          fillpattern: { shape: '/', fgcolor: colour, size: 5, solidity: 0.18 } as const,
        }
      : { fillcolor: withAlpha(colour, 0.24) }
  const common = {
    type: 'scatter',
    mode: 'lines',
    x: [...forward, ...forward.slice().reverse()],
    name: escapeMarkup(shortName(band.name, longestEntry)),
    hoverinfo: 'skip',
    fill: 'toself',
    line: { width: 0, color: colour },
    ...fill,
  } as const
  const floor = axes.yScale === 'log' ? axes.y[0] / 10 : -Infinity
  const low = heights(input, band.low).map((value) => Math.max(value, floor))
  return [
    { ...common, ...mainAxes, y: outline(low, heights(input, band.high)) },
    {
      ...common,
      ...ratioAxes,
      y: outline(against(input, band.low, reference), against(input, band.high, reference)),
      showlegend: false,
    },
  ]
}

/** A red bar at the foot of every bin where the curve is negative. */
export function negativeTraces(
  input: SpectrumInput,
  axes: SpectrumAxes,
  curve: SpectrumCurve,
): SpectrumTrace[] {
  const { edges, theme } = input
  const bins = curve.kind === 'line' && mustBePositive(input) ? negativeBins(curve.values) : []
  if (bins.length === 0) return []
  return [
    {
      type: 'scatter',
      mode: 'lines',
      ...mainAxes,
      x: bins.flatMap((bin) => [edges[bin], edges[bin + 1], null]),
      y: bins.flatMap(() => [axes.y[0], axes.y[0], null]),
      line: { color: theme.bad, width: 6 },
      hoverinfo: 'skip',
      showlegend: false,
      name: `${escapeMarkup(shortName(curve.name, longestEntry))}: negative`,
    },
  ]
}

export function legendEntry(curve: SpectrumCurve): SpectrumTrace {
  return {
    type: 'scatter',
    mode: 'lines',
    ...mainAxes,
    x: [null],
    y: [null],
    name: escapeMarkup(shortName(curve.name, longestEntry)),
    line: { color: curve.colour, width: 2 },
    hoverinfo: 'skip',
  }
}

/** One invisible point per bin that carries the numbers of all curves. */
export function hoverTrace(input: SpectrumInput, curves: readonly SpectrumCurve[]): SpectrumTrace {
  const { edges, observable } = input
  const reference = referenceOf(input)
  const drawn = (values: ArrayLike<number>) => heights(input, values)
  const unit = observable === 'afb' ? '' : ' pb/GeV'
  const binText = (bin: number): string => {
    const lines = curves.map((curve) => {
      const value = drawn(curve.values)[bin]
      const shown = curve.errors ? formatWithError(value, drawn(curve.errors)[bin]) : formatNumber(value, 4)
      const over = formatNumber(against(input, curve.values, reference.values)[bin], 3)
      return `${escapeMarkup(curve.name)}: ${shown}${unit} (${observable === 'afb' ? 'Δ ' : ''}${over})`
    })
    return [
      `${observableLabels[observable].markup} ${formatEdge(edges[bin])}–${formatEdge(edges[bin + 1])} GeV`,
      ...lines,
    ].join('<br>')
  }
  return {
    type: 'scatter',
    mode: 'markers',
    ...mainAxes,
    x: centres(input),
    y: drawable(heights(input, input.sm), scaleOf(input)),
    marker: { opacity: 0, size: 1 },
    text: Array.from({ length: edges.length - 1 }, (_, bin) => binText(bin)),
    hovertemplate: '%{text}<extra></extra>',
    showlegend: false,
    name: 'values',
  }
}
