import type { CalibrationOutcome } from '../analysis/fit/fit-jobs.ts'
import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { formatCoefficient } from '../../../ui/common/format.ts'
import { classColours, petroff6 } from '../../../ui/plots/palettes.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'
import {
  axisKey,
  axisName,
  cornerLegend,
  endTitles,
  frameAxis,
  frameLayout,
  note,
  withAlpha,
} from '../../../ui/plots/plot-frame.ts'
import { parameterLabel } from './parameter-label.ts'

type Coverage = NonNullable<CalibrationOutcome['coverage']>
type Ranks = NonNullable<CalibrationOutcome['sbc']>

/** Share of toys whose 68 and 95 % sets hold the truth, at every truth, with the band of two standard errors. */
export function coverageFigure(
  { points, probabilities, tolerance }: Coverage,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const x = points.map((_, k) => k)
  const data = probabilities.map((p, k): PlotlyJson => ({
    name: `${Math.round(100 * p)} % sets`,
    x: x.map((value) => value + 0.12 * (k - 0.5)),
    y: points.map(({ covered }) => covered[k]),
    error_y: { type: 'data', array: points.map(() => 0.5 * tolerance[k]), width: 3, thickness: 1.25 },
    mode: 'markers',
    marker: { size: 8, color: petroff6[k], symbol: k === 0 ? 'circle' : 'diamond' },
    hovertemplate: '%{y:.3f}<extra></extra>',
  }))
  // All points, however far from what they should be.
  const lowest = Math.min(
    0.4,
    ...points.flatMap(({ covered }) => covered.map((share, k) => share - tolerance[k])),
  )
  const label = (truth: Float64Array) =>
    Array.from(truth, (value) => formatCoefficient(value, 2)).join('<br>')
  return {
    data,
    layout: frameLayout(theme, {
      showlegend: true,
      legend: cornerLegend({ y: 0.04, yanchor: 'bottom' }),
      margin: { l: 62, r: 14, t: 12, b: 76, pad: 0 },
      xaxis: frameAxis(theme, {
        range: [-0.6, points.length - 0.4],
        tickmode: 'array',
        tickvals: x,
        ticktext: points.map(({ truth }) => label(truth)),
        minor: { ticks: '' },
      }),
      yaxis: frameAxis(theme, { range: [Math.max(-0.03, lowest), 1.03], nticks: 7 }),
      shapes: probabilities.flatMap((p, k): PlotlyJson[] => [
        {
          type: 'rect',
          layer: 'below',
          ...{
            xref: 'paper',
            yref: 'y',
            x0: 0,
            x1: 1,
            y0: p - tolerance[k],
            y1: Math.min(1, p + tolerance[k]),
          },
          fillcolor: withAlpha(petroff6[k], 0.15),
          line: { width: 0 },
        },
        {
          type: 'line',
          layer: 'below',
          ...{ xref: 'paper', yref: 'y', x0: 0, x1: 1, y0: p, y1: p },
          line: { color: petroff6[k], width: 1, dash: 'dash' },
        },
      ]),
      annotations: [
        note(theme, 'truth [TeV<sup>−2</sup>]', {
          x: 1,
          xanchor: 'right',
          y: 0,
          yanchor: 'top',
          yshift: -52,
        }),
        note(theme, 'coverage', {
          x: 0,
          xanchor: 'right',
          y: 1,
          yanchor: 'top',
          textangle: -90,
          xshift: -42,
        }),
      ],
    }),
  }
}

/** Rank histograms of every parameter, flat if calibrated, with the 95 % band of counts. */
export function rankFigure({ ranks, simulations, draws }: Ranks, theme: FigureTheme): PlotlyFigureSpec {
  const d = ranks.length
  const width = (1 - 0.06 * (d - 1)) / d
  const axes: PlotlyJson = {}
  const shapes: PlotlyJson[] = []
  const data = ranks.map(({ histogram }, k): PlotlyJson => {
    const [x, y] = [axisName('x', k + 1), axisName('y', k + 1)]
    const left = k * (width + 0.06)
    const cells = histogram.length
    const expected = simulations / cells
    const band = 1.96 * Math.sqrt(expected * (1 - 1 / cells))
    axes[axisKey('x', k + 1)] = frameAxis(theme, {
      anchor: y,
      domain: [left, left + width],
      range: [0, draws + 1],
      nticks: 5,
    })
    axes[axisKey('y', k + 1)] = frameAxis(theme, {
      anchor: x,
      domain: [0, 0.88],
      rangemode: 'tozero',
      nticks: 5,
    })
    shapes.push({
      type: 'rect',
      layer: 'below',
      ...{ xref: x, yref: y, x0: 0, x1: draws + 1, y0: Math.max(0, expected - band), y1: expected + band },
      fillcolor: withAlpha('#808080', 0.22),
      line: { width: 0 },
    })
    return {
      xaxis: x,
      yaxis: y,
      x: Array.from({ length: cells + 1 }, (_, i) => (i * (draws + 1)) / cells),
      y: [...histogram, histogram[cells - 1]],
      mode: 'lines',
      line: { shape: 'hv', color: petroff6[0], width: 1.75 },
      hovertemplate: '%{y} simulations<extra></extra>',
    }
  })
  return {
    data,
    layout: frameLayout(theme, {
      ...axes,
      shapes,
      annotations: [
        ...ranks.map(({ name, chi2 }, k) =>
          note(theme, `${parameterLabel(name).markup}, p = ${chi2.pValue.toPrecision(2)}`, {
            ...{ x: k * (width + 0.06), xanchor: 'left', y: 0.9, yanchor: 'bottom' },
          }),
        ),
        ...endTitles(theme, 'rank of the truth', 'simulations'),
      ],
    }),
  }
}

/** Expected coverage against credibility by random reference points: on the diagonal if calibrated. */
export function tarpFigure({ tarp, simulations }: Ranks, theme: FigureTheme): PlotlyFigureSpec {
  const level = Array.from(tarp.level)
  const sigma = level.map((p) => 2 * Math.sqrt((p * (1 - p)) / simulations))
  return {
    data: [
      {
        x: [...level, ...[...level].reverse()],
        y: [...level.map((p, k) => p + sigma[k]), ...level.map((p, k) => p - sigma[k]).reverse()],
        mode: 'lines',
        line: { width: 0 },
        fill: 'toself',
        fillcolor: withAlpha('#808080', 0.22),
        hoverinfo: 'skip',
      },
      {
        x: [0, 1],
        y: [0, 1],
        mode: 'lines',
        line: { color: theme.inkSoft, width: 1, dash: 'dash' },
        hoverinfo: 'skip',
      },
      {
        x: level,
        y: Array.from(tarp.coverage),
        mode: 'lines',
        line: { color: classColours(6)[0], width: 2 },
        hovertemplate: '%{x:.2f}: %{y:.3f}<extra></extra>',
      },
    ],
    layout: frameLayout(theme, {
      xaxis: frameAxis(theme, { range: [0, 1], nticks: 6 }),
      yaxis: frameAxis(theme, { range: [0, 1], nticks: 6 }),
      annotations: endTitles(theme, 'credibility', 'expected coverage'),
    }),
  }
}
