import type { ObservableName } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { formatEdge, formatNumber } from '../../../../ui/common/format.ts'
import { rampColours, type Theme } from '../../../../ui/plots/palettes.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../ui/plots/plotly.ts'
import { inRapidity } from '../spectra/agreement-text.ts'
import { observableLabels } from '../spectra/spectrum-input.ts'
import type { CovarianceReport } from './covariance.ts'

export interface CovarianceFigureInput {
  report: Pick<CovarianceReport, 'bins' | 'correlation' | 'relative'>
  show: 'correlation' | 'covariance'
  observables: readonly { name: ObservableName; edges: readonly number[]; absY?: [number, number] }[]
  theme: FigureTheme
  ground: Theme
}

const labelledBins = 4

/** Correlation matrix, or signed relative covariance in percent, with the observables' blocks parted by lines. */
export function covarianceFigure(input: CovarianceFigureInput): PlotlyFigureSpec {
  const { report, show, observables, theme, ground } = input
  const { bins } = report
  const scale = show === 'correlation' ? 1 : 100
  const values = show === 'correlation' ? report.correlation : report.relative
  const z: number[][] = []
  let largest = 0
  for (let i = 0; i < bins; i++) {
    const row = Array.from(values.subarray(i * bins, (i + 1) * bins), (value) =>
      Number((scale * value).toPrecision(4)),
    )
    for (const value of row) largest = Math.max(largest, Math.abs(value))
    z.push(row)
  }
  const limit = show === 'correlation' ? 1 : largest
  const names = binNames(observables, 'markup').map((name) => `${name} GeV`)
  const data: PlotlyJson[] = [
    {
      type: 'heatmap',
      z,
      x: names.map((_, i) => i),
      y: names.map((_, i) => i),
      text: names.map((row) => names.map((column) => `${row}<br>${column}`)),
      hovertemplate: `%{text}<br>${show === 'correlation' ? 'correlation %{z:.3f}' : '%{z:.3g} %'}<extra></extra>`,
      zmin: -limit,
      zmax: limit,
      colorscale: divergingScale(ground),
      colorbar: {
        thickness: 10,
        outlinewidth: 1,
        outlinecolor: theme.line,
        tickfont: { size: 11, color: theme.ink },
        title: { text: show === 'correlation' ? '' : '%', side: 'top', font: { size: 12 } },
      },
    },
  ]
  return { data, layout: layout(input, bins) }
}

/** "m_ll 50–55" for every bin, observables one after the other. */
export function binNames(
  observables: CovarianceFigureInput['observables'],
  written: 'markup' | 'text',
): string[] {
  return observables.flatMap(({ name, edges, absY }) =>
    edges
      .slice(0, -1)
      .map(
        (low, b) =>
          `${observableLabels[name][written]}${inRapidity(absY)} ${formatEdge(low)}–${formatEdge(edges[b + 1])}`,
      ),
  )
}

function layout({ observables, theme }: CovarianceFigureInput, bins: number): PlotlyJson {
  const ticks = binTicks(observables)
  const axis: PlotlyJson = {
    range: [-0.5, bins - 0.5],
    showline: true,
    mirror: true,
    linecolor: theme.ink,
    showgrid: false,
    zeroline: false,
    fixedrange: true,
    automargin: false,
    tickmode: 'array',
    ...ticks,
    tickfont: { size: 11 },
    ticks: 'outside',
    ticklen: 4,
    tickcolor: theme.ink,
  }
  let start = 0
  const shapes: PlotlyJson[] = []
  for (const { edges } of observables.slice(0, -1)) {
    start += edges.length - 1
    const line = { type: 'line', line: { color: theme.ink, width: 1 } }
    shapes.push(
      { ...line, xref: 'x', x0: start - 0.5, x1: start - 0.5, yref: 'paper', y0: 0, y1: 1 },
      { ...line, yref: 'y', y0: start - 0.5, y1: start - 0.5, xref: 'paper', x0: 0, x1: 1 },
    )
  }
  return {
    margin: { l: 76, r: 8, t: 8, b: 60, pad: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 12, color: theme.ink },
    dragmode: false,
    hoverlabel: { bgcolor: theme.panel, bordercolor: theme.line, font: { size: 12, color: theme.ink } },
    xaxis: { ...axis, tickangle: -60 },
    yaxis: { ...axis, range: [bins - 0.5, -0.5] },
    shapes,
  }
}

/** Of blocks at the axes, where the names of bins have no room. */
const shortNames: Record<ObservableName, string> = {
  mll: observableLabels.mll.markup,
  ptl: observableLabels.ptl.markup,
  forward: 'F',
  backward: 'B',
}

/** Low edges of a few bins of each observable, the first one always. */
function binTicks(observables: CovarianceFigureInput['observables']): {
  tickvals: number[]
  ticktext: string[]
} {
  const tickvals: number[] = []
  const ticktext: string[] = []
  let start = 0
  for (const { name, edges, absY } of observables) {
    const bins = edges.length - 1
    // Where |y| makes many blocks, only the first bin of each has room for its name.
    const step = absY ? bins : Math.max(1, Math.round(bins / labelledBins))
    for (let b = 0; b < bins; b += step) {
      tickvals.push(start + b)
      ticktext.push(
        absY ? `${shortNames[name]}${inRapidity(absY)}` : `${shortNames[name]} ${formatEdge(edges[b])}`,
      )
    }
    start += bins
  }
  return { tickvals, ticktext }
}

function divergingScale(ground: Theme): [number, string][] {
  const table = rampColours('diverging', ground)
  return Array.from({ length: 17 }, (_, k) => {
    const i = 3 * Math.min(255, k * 16)
    return [k / 16, `rgb(${table[i]}, ${table[i + 1]}, ${table[i + 2]})`]
  })
}

/** What the picture says, in words. */
export function covarianceSummary(report: CovarianceReport): string {
  const { bins, correlation, relative } = report
  let largest = 0
  let smallestError = Infinity
  let largestError = 0
  for (let i = 0; i < bins; i++) {
    const error = relative[i * bins + i]
    smallestError = Math.min(smallestError, error)
    largestError = Math.max(largestError, error)
    for (let j = 0; j < i; j++) largest = Math.max(largest, Math.abs(correlation[i * bins + j]))
  }
  return (
    `${bins} × ${bins} bins; relative errors from ${formatNumber(100 * smallestError, 2)} to ` +
    `${formatNumber(100 * largestError, 2)} %, largest correlation ${formatNumber(largest, 3)}.`
  )
}
