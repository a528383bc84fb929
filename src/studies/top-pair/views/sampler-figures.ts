import type { FitOutcome, FitProgress } from '../analysis/fit/fit-jobs.ts'
import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { classColours } from '../../../ui/plots/palettes.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'
import { axisKey, axisName, endTitles, frameAxis, frameLayout, note } from '../../../ui/plots/plot-frame.ts'
import { axisTitle } from './parameter-label.ts'

export interface RunCurve {
  name: string
  colour: string
  dash: string
  reports: readonly FitProgress['report'][]
}

/** Reports that are drawn of each run at most, the last one always. */
const drawnReports = 200

/** How far below the highest ln L the picture goes. */
const reach = 30

/** How a nested run climbs: threshold and evidence so far, and the share still in the live points, against -ln X. */
export function runFigure(curves: readonly RunCurve[], theme: FigureTheme): PlotlyFigureSpec {
  const lower = { xaxis: 'x2', yaxis: 'y2', showlegend: false }
  const data = curves.flatMap(({ name, colour, dash, reports: all }): PlotlyJson[] => {
    const stride = Math.max(1, Math.ceil(all.length / drawnReports))
    const reports = all.filter((_, k) => (all.length - 1 - k) % stride === 0)
    const x = reports.map(({ logX }) => -logX)
    const top = reports.reduce((most, { logLMax }) => Math.max(most, logLMax), -Infinity)
    // Relative to the top, and no further down than what counts: kinds differ by thousands.
    const below = (value: number) => Math.max(-reach, value - top)
    return [
      {
        name: `${name}: lowest live ln L`,
        x,
        y: reports.map(({ logLMin }) => below(logLMin)),
        mode: 'lines',
        line: { color: colour, width: 1, dash: 'dot' },
        hovertemplate: '-ln X %{x:.2f}: %{y:.2f}<extra></extra>',
      },
      {
        name: `${name}: ln Z`,
        x,
        y: reports.map(({ logZ }) => below(logZ)),
        error_y: {
          type: 'data',
          array: reports.map(({ logZError }, k) => (k % Math.ceil(reports.length / 8) === 0 ? logZError : 0)),
          color: colour,
          thickness: 1,
          width: 2,
        },
        mode: 'lines',
        line: { color: colour, width: 2, dash },
        hovertemplate: '-ln X %{x:.2f}: ln Z %{y:.2f}<extra></extra>',
      },
      {
        ...lower,
        x,
        y: reports.map(({ remainder }) => Math.max(1e-4, remainder)),
        mode: 'lines',
        line: { color: colour, width: 2, dash },
        hovertemplate: '-ln X %{x:.2f}: %{y:.3g} of Z still live<extra></extra>',
      },
    ]
  })
  const most = curves.reduce((far, { reports }) => Math.max(far, -(reports.at(-1)?.logX ?? 0)), 1)
  const x = { range: [0, 1.05 * most], nticks: 7 }
  return {
    data,
    layout: frameLayout(theme, {
      showlegend: true,
      legend: {
        x: 0.98,
        xanchor: 'right',
        y: 0.4,
        yanchor: 'bottom',
        bgcolor: 'rgba(0,0,0,0)',
        font: { size: 11 },
      },
      xaxis: frameAxis(theme, { ...x, anchor: 'y', showticklabels: false }),
      xaxis2: frameAxis(theme, { ...x, anchor: 'y2' }),
      yaxis: frameAxis(theme, { anchor: 'x', domain: [0.36, 1], range: [-reach, 1.5], nticks: 6 }),
      yaxis2: frameAxis(theme, {
        anchor: 'x2',
        domain: [0, 0.31],
        type: 'log',
        range: [-2.6, 0.1],
        tickmode: 'array',
        tickvals: [0.01, 0.1, 1],
        ticktext: ['1 %', '10 %', '100 %'],
        minor: { ticks: '' },
      }),
      annotations: [
        note(theme, '−ln <i>X</i>', { x: 1, xanchor: 'right', y: 0, yanchor: 'top', yshift: -22 }),
        note(theme, 'ln <i>L</i>, ln <i>Z</i> − max ln <i>L</i>', {
          ...{ x: 0, xanchor: 'right', y: 1, yanchor: 'top', textangle: -90, xshift: -42 },
        }),
        note(theme, 'still live', {
          ...{ x: 0, xanchor: 'right', y: 0.31, yanchor: 'top', textangle: -90, xshift: -42 },
        }),
      ],
    }),
  }
}

/** Points of a trace plot at most. */
const drawnSamples = 1500

const traceStride = (count: number): number => Math.max(1, Math.ceil(count / drawnSamples))

/** How many of so many samples a trace plot draws. */
export function traceLength(count: number): number {
  return Math.ceil(count / traceStride(count))
}

/** Every parameter of a run in the order in which its points died, coloured by posterior weight. */
export function traceFigure(
  { names, theta, weights, iterations }: Pick<FitOutcome, 'names' | 'theta' | 'weights' | 'iterations'>,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const d = names.length
  const count = weights.length
  const stride = traceStride(count)
  const kept = Array.from({ length: traceLength(count) }, (_, i) => i * stride)
  const most = weights.reduce((a, b) => Math.max(a, b), 0)
  const height = 1 / d
  const axes: PlotlyJson = {}
  const data = names.map((name, k): PlotlyJson => {
    const [x, y] = [axisName('x', k + 1), axisName('y', k + 1)]
    const top = 1 - k * height
    axes[axisKey('x', k + 1)] = frameAxis(theme, {
      anchor: y,
      range: [0, count],
      nticks: 6,
      showticklabels: k === d - 1,
    })
    axes[axisKey('y', k + 1)] = frameAxis(theme, { anchor: x, domain: [top - height + 0.02, top], nticks: 5 })
    return {
      name,
      xaxis: x,
      yaxis: y,
      x: kept,
      y: kept.map((i) => theta[i * d + k]),
      mode: 'markers',
      marker: {
        size: 3,
        color: kept.map((i) => weights[i] / most),
        colorscale: [
          [0, theme.line],
          [1, classColours(6)[0]],
        ],
      },
      hoverinfo: 'skip',
    }
  })
  return {
    data,
    layout: frameLayout(theme, {
      ...axes,
      shapes: [
        {
          type: 'line',
          xref: 'x',
          yref: 'paper',
          ...{ x0: iterations, x1: iterations, y0: 0, y1: 1 },
          line: { color: theme.inkSoft, width: 1, dash: 'dash' },
        },
      ],
      annotations: [
        note(theme, 'sample, in order of death', {
          x: 1,
          xanchor: 'right',
          y: 0,
          yanchor: 'top',
          yshift: -22,
        }),
        ...names.map((name, k) =>
          note(theme, axisTitle(name), {
            ...{ x: 0, xanchor: 'right', y: 1 - k * height, yanchor: 'top', textangle: -90, xshift: -40 },
            font: { size: d > 4 ? 10 : 12, color: theme.ink },
          }),
        ),
      ],
    }),
  }
}

/** Delta chi2 of toys against the observed value. */
export function toyFigure(
  values: Float64Array,
  observed: number,
  hypothesis: string,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const high =
    Math.max(
      observed,
      values.reduce((a, b) => Math.max(a, b), 0),
    ) * 1.05
  const bins = 30
  const counts = new Float64Array(bins)
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value / high) * bins))]++
  return {
    data: [
      {
        x: Array.from({ length: bins + 1 }, (_, k) => (k * high) / bins),
        y: [...counts, 0],
        mode: 'lines',
        line: { shape: 'hv', color: classColours(6)[0], width: 1.5 },
        fill: 'tozeroy',
        hoverinfo: 'skip',
      },
    ],
    layout: frameLayout(theme, {
      xaxis: frameAxis(theme, { range: [0, high], nticks: 7 }),
      yaxis: frameAxis(theme, { rangemode: 'tozero', nticks: 5 }),
      shapes: [
        {
          type: 'line',
          ...{ xref: 'x', yref: 'paper', x0: observed, x1: observed, y0: 0, y1: 1 },
          line: { color: theme.bad, width: 2, dash: 'dash' },
        },
      ],
      annotations: endTitles(theme, `Δχ² of the ${hypothesis}`, 'toys'),
    }),
  }
}
