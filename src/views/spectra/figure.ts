import { formatNumber, formatWithError } from '../common/format.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../common/plotly.ts'
import { mainDomain, margin, ratioDomain, spectrumAxes, type SpectrumAxes } from './axes.ts'
import { decadeTicks, plainLogTicks, type AxisTicks } from './log-ticks.ts'
import {
  density,
  negativeBins,
  observableLabels,
  ratio,
  referenceOf,
  type SpectrumBand,
  type SpectrumCurve,
  type SpectrumInput,
} from './spectrum-input.ts'

export interface FigureOptions {
  /** Name of the curve that the live layer draws instead: it keeps its place in legend, ranges and hover text. */
  drawnElsewhere?: string
  /** Width in px, to choose how many labels fit. */
  width?: number
}

/**
 * A spectrum over its ratio to the reference, as physicists print it: log-log, content divided by bin width,
 * ticks inwards on four sides, axis titles at the ends, theory as steps, data as points, bands hatched or light.
 */
export function spectrumFigure(input: SpectrumInput, options: FigureOptions = {}): PlotlyFigureSpec {
  const axes = spectrumAxes(input)
  const sm: SpectrumCurve = { name: 'SM', values: input.sm, colour: input.theme.ink, kind: 'line' }
  const data: PlotlyJson[] = []
  for (const band of input.bands ?? []) data.push(...bandTraces(input, axes, band))
  for (const curve of [sm, ...input.curves]) {
    if (curve.name === options.drawnElsewhere) data.push(legendEntry(curve))
    else
      data.push(
        ...(curve.kind === 'line' ? stepTraces(input, curve) : pointTraces(input, curve)),
        ...negativeTraces(input, axes, curve),
      )
  }
  data.push(hoverTrace(input, [sm, ...input.curves]))
  return { data, layout: spectrumLayout(input, axes, options.width ?? 560) }
}

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

const mainAxes = { xaxis: 'x', yaxis: 'y' }
const ratioAxes = { xaxis: 'x2', yaxis: 'y2' }

function stepTraces(input: SpectrumInput, curve: SpectrumCurve): PlotlyJson[] {
  const { edges, yScale = 'log' } = input
  const line = { color: curve.colour, width: curve.name === 'SM' ? 1.25 : 1.75, dash: curve.dash ?? 'solid' }
  const common = {
    type: 'scatter',
    mode: 'lines',
    x: stepX(edges),
    line,
    hoverinfo: 'skip',
    name: escapeMarkup(curve.name),
  }
  return [
    { ...common, ...mainAxes, y: drawable(doubled(density(edges, curve.values)), yScale) },
    {
      ...common,
      ...ratioAxes,
      y: drawable(doubled(ratio(curve.values, referenceOf(input).values)), 'linear'),
      showlegend: false,
    },
  ]
}

/** Bin centres as the eye sees them: geometric on a log axis. */
function centres({ edges, xScale = 'log' }: SpectrumInput): number[] {
  return Array.from({ length: edges.length - 1 }, (_, bin) =>
    xScale === 'log' ? Math.sqrt(edges[bin] * edges[bin + 1]) : (edges[bin] + edges[bin + 1]) / 2,
  )
}

function pointTraces(input: SpectrumInput, curve: SpectrumCurve): PlotlyJson[] {
  const { edges, yScale = 'log' } = input
  const x = centres(input)
  const bars = { type: 'data', color: curve.colour, thickness: 1, width: 0 }
  const common = {
    type: 'scatter',
    mode: 'markers',
    x,
    name: escapeMarkup(curve.name),
    hoverinfo: 'skip',
    marker: { color: curve.colour, size: 4.5 },
    error_x: {
      ...bars,
      array: x.map((centre, bin) => edges[bin + 1] - centre),
      arrayminus: x.map((centre, bin) => centre - edges[bin]),
    },
  }
  const reference = referenceOf(input).values
  const errorY = (values: number[]) => (curve.errors ? { error_y: { ...bars, array: values } } : {})
  return [
    {
      ...common,
      ...mainAxes,
      ...errorY(curve.errors ? density(edges, curve.errors) : []),
      y: drawable(density(edges, curve.values), yScale),
    },
    {
      ...common,
      ...ratioAxes,
      ...errorY(curve.errors ? ratio(curve.errors, reference) : []),
      y: drawable(ratio(curve.values, reference), 'linear'),
      showlegend: false,
    },
  ]
}

function bandTraces(input: SpectrumInput, axes: SpectrumAxes, band: SpectrumBand): PlotlyJson[] {
  const { edges, theme } = input
  const reference = referenceOf(input).values
  const colour = band.colour ?? theme.inkSoft
  const forward = stepX(edges)
  const outline = (low: number[], high: number[]) => [...doubled(high), ...doubled(low).reverse()]
  const fill =
    band.kind === 'statistical'
      ? { fillcolor: 'rgba(0,0,0,0)', fillpattern: { shape: '/', fgcolor: colour, size: 5, solidity: 0.18 } }
      : { fillcolor: translucent(colour, 0.18) }
  const common = {
    type: 'scatter',
    mode: 'lines',
    x: [...forward, ...forward.slice().reverse()],
    name: escapeMarkup(band.name),
    hoverinfo: 'skip',
    fill: 'toself',
    line: { width: 0, color: colour },
    ...fill,
  }
  const floor = axes.yScale === 'log' ? axes.y[0] / 10 : -Infinity
  const low = density(edges, band.low).map((value) => Math.max(value, floor))
  return [
    { ...common, ...mainAxes, y: outline(low, density(edges, band.high)) },
    {
      ...common,
      ...ratioAxes,
      y: outline(ratio(band.low, reference), ratio(band.high, reference)),
      showlegend: false,
    },
  ]
}

/** A red bar at the foot of every bin where the curve is negative. */
function negativeTraces(input: SpectrumInput, axes: SpectrumAxes, curve: SpectrumCurve): PlotlyJson[] {
  const { edges, theme } = input
  const bins = curve.kind === 'line' ? negativeBins(curve.values) : []
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
      name: `${escapeMarkup(curve.name)}: negative`,
    },
  ]
}

function legendEntry(curve: SpectrumCurve): PlotlyJson {
  return {
    type: 'scatter',
    mode: 'lines',
    ...mainAxes,
    x: [null],
    y: [null],
    name: escapeMarkup(curve.name),
    line: { color: curve.colour, width: 2 },
    hoverinfo: 'skip',
  }
}

/** One invisible point per bin that carries the numbers of all curves. */
function hoverTrace(input: SpectrumInput, curves: readonly SpectrumCurve[]): PlotlyJson {
  const { edges, observable } = input
  const reference = referenceOf(input)
  const binText = (bin: number): string => {
    const width = edges[bin + 1] - edges[bin]
    const lines = curves.map((curve) => {
      const value = curve.values[bin] / width
      const shown = curve.errors ? formatWithError(value, curve.errors[bin] / width) : formatNumber(value, 4)
      return `${escapeMarkup(curve.name)}: ${shown} pb/GeV (${formatNumber(curve.values[bin] / reference.values[bin], 3)})`
    })
    return [
      `${observableLabels[observable].markup} ${formatNumber(edges[bin], 4)}–${formatNumber(edges[bin + 1], 4)} GeV`,
      ...lines,
    ].join('<br>')
  }
  return {
    type: 'scatter',
    mode: 'markers',
    ...mainAxes,
    x: centres(input),
    y: drawable(density(edges, input.sm), input.yScale ?? 'log'),
    marker: { opacity: 0, size: 1 },
    text: Array.from({ length: edges.length - 1 }, (_, bin) => binText(bin)),
    hovertemplate: '%{text}<extra></extra>',
    showlegend: false,
    name: 'values',
  }
}

/** Names may come from files: plotly reads angle brackets as markup. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function translucent(colour: string, alpha: number): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (hex)
    return `rgba(${hex
      .slice(1)
      .map((part) => parseInt(part, 16))
      .join(',')},${alpha})`
  const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(colour)
  return rgb ? `rgba(${rgb.slice(1, 4).join(',')},${alpha})` : colour
}

function spectrumLayout(input: SpectrumInput, axes: SpectrumAxes, width: number): PlotlyJson {
  const { theme, observable } = input
  const frame = {
    showline: true,
    linecolor: theme.ink,
    linewidth: 1,
    mirror: 'allticks',
    ticks: 'inside',
    ticklen: 7,
    tickwidth: 1,
    tickcolor: theme.ink,
    showgrid: false,
    zeroline: false,
    fixedrange: true,
    automargin: false,
  }
  const ticks = ({ tickvals, ticktext, minor }: AxisTicks): PlotlyJson => ({
    tickmode: 'array',
    tickvals,
    ticktext,
    minor: { ...minorStyle, tickmode: 'array', tickvals: minor },
  })
  const minorStyle = { ticks: 'inside', ticklen: 4, tickwidth: 1, tickcolor: theme.ink, showgrid: false }
  const range = (bounds: [number, number], scale: 'log' | 'linear') =>
    scale === 'log' ? bounds.map(Math.log10) : [...bounds]
  const x: PlotlyJson = {
    ...frame,
    type: axes.xScale,
    range: range(axes.x, axes.xScale),
    ...(axes.xScale === 'log' ? ticks(plainLogTicks(axes.x, width < 420 ? 6 : 9)) : { minor: minorStyle }),
  }
  const label = observableLabels[observable].markup
  const title = (text: string, extra: PlotlyJson): PlotlyJson => ({
    text,
    showarrow: false,
    xref: 'paper',
    yref: 'paper',
    font: { size: 14, color: theme.ink },
    ...extra,
  })
  const yTitle = { x: 0, xanchor: 'right', yanchor: 'top', textangle: -90, xshift: -44 }
  return {
    margin: { ...margin, pad: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 12, color: theme.ink },
    dragmode: false,
    hovermode: 'x',
    hoverdistance: -1,
    hoverlabel: {
      bgcolor: theme.panel,
      bordercolor: theme.line,
      align: 'left',
      font: { family: theme.font, size: 12, color: theme.ink },
    },
    showlegend: true,
    legend: {
      x: 0.02,
      xanchor: 'left',
      y: mainDomain[0] + 0.02,
      yanchor: 'bottom',
      bgcolor: 'rgba(0,0,0,0)',
      font: { size: 12, color: theme.ink },
      itemclick: false,
      itemdoubleclick: false,
      tracegroupgap: 0,
      itemwidth: 30,
    },
    xaxis: { ...x, anchor: 'y', showticklabels: false },
    xaxis2: { ...x, anchor: 'y2', tickfont: { size: 12 } },
    yaxis: {
      ...frame,
      anchor: 'x',
      domain: mainDomain,
      type: axes.yScale,
      range: range(axes.y, axes.yScale),
      ...(axes.yScale === 'log'
        ? ticks(decadeTicks(axes.y, 8))
        : { minor: minorStyle, exponentformat: 'power', nticks: 6 }),
    },
    yaxis2: {
      ...frame,
      anchor: 'x2',
      domain: ratioDomain,
      type: 'linear',
      range: axes.ratio,
      nticks: 4,
      minor: minorStyle,
    },
    shapes: [
      {
        type: 'line',
        xref: 'paper',
        x0: 0,
        x1: 1,
        yref: 'y2',
        y0: 1,
        y1: 1,
        layer: 'below',
        line: { color: theme.inkSoft, width: 1, dash: 'dot' },
      },
    ],
    annotations: [
      title(`${label} [GeV]`, { x: 1, xanchor: 'right', y: 0, yanchor: 'top', yshift: -22 }),
      title(`d<i>σ</i>/d${label} [pb/GeV]`, { ...yTitle, y: 1 }),
      title(`ratio to ${escapeMarkup(referenceOf(input).name)}`, { ...yTitle, y: ratioDomain[1] }),
      title(cornerLabel(input), {
        x: 1,
        xanchor: 'right',
        xshift: -12,
        y: 1,
        yanchor: 'top',
        yshift: -10,
        align: 'right',
        font: { size: 12, color: theme.ink },
      }),
    ],
  }
}

function cornerLabel(input: SpectrumInput): string {
  const { sqrtsGeV, order, lambdaTeV = 1, cuts, theme } = input
  const lines = [
    `<b>√<i>s</i> = ${formatNumber(sqrtsGeV / 1000, 3).replace(/\.0+$/, '')} TeV</b>`,
    `LO, ${order === 'linear' ? 'linear' : 'linear + quadratic'}, Λ = ${lambdaTeV} TeV`,
  ]
  if (cuts) lines.push(escapeMarkup(cuts))
  for (const curve of input.curves) {
    const bins = curve.kind === 'line' ? negativeBins(curve.values) : []
    if (bins.length > 0)
      lines.push(
        `<span style="color:${theme.bad}">${escapeMarkup(curve.name)} negative in ${bins.length} of ${curve.values.length} bins</span>`,
      )
  }
  return lines.join('<br>')
}
