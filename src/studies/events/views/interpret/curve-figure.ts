import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { petroff6 } from '../../../../ui/plots/palettes.ts'
import { cornerLegend, endTitles, frameAxis, frameLayout } from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../ui/plots/plotly.ts'
import type { SetSizePoint } from '../../analysis/distances/set-size-curve.ts'

/** Areas under curves against the number of events in a set; the limit in black. */
export function curveFigure(points: readonly SetSizePoint[], theme: FigureTheme): PlotlyFigureSpec {
  const line = (
    name: string,
    of: (point: SetSizePoint) => Estimate | null,
    style: { color: string; dash: string; symbol: string },
  ): PlotlyJson[] => {
    const known = points.filter((point) => of(point) !== null)
    if (known.length === 0) return []
    const values = known.map((point) => of(point)!)
    return [
      {
        ...{ name, mode: 'lines+markers', x: known.map(({ perSet }) => perSet) },
        y: values.map(({ value }) => value),
        error_y: { array: values.map(({ error }) => error), thickness: 1.2, width: 0, color: style.color },
        line: { color: style.color, dash: style.dash, width: 1.8 },
        marker: { color: style.color, symbol: style.symbol, size: 6 },
        hovertemplate: `${name}: %{y:.3f} for sets of %{x}<extra></extra>`,
      },
    ]
  }
  const sizes = points.map(({ perSet }) => perSet)
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  return {
    data: [
      ...line('limit of one jet, parton level', ({ aucExact }) => aucExact, {
        ...{ color: theme.data, dash: 'solid', symbol: 'diamond' },
      }),
      ...line('network of the pair', ({ aucSupervised }) => aucSupervised, {
        ...{ color: petroff6[2], dash: 'dash', symbol: 'square' },
      }),
      ...line('best linear map', ({ aucLatent }) => aucLatent, {
        ...{ color: petroff6[0], dash: 'dot', symbol: 'circle' },
      }),
    ],
    layout: frameLayout(theme, {
      showlegend: true,
      legend: cornerLegend({ y: 0.04, yanchor: 'bottom' }),
      xaxis: frameAxis(theme, {
        ...{ type: 'log', range: [Math.log10(least / 1.3), Math.log10(most * 1.3)] },
        ...{ tickmode: 'array', tickvals: sizes, ticktext: sizes.map(String), minor: {} },
      }),
      yaxis: frameAxis(theme, { range: [0.38, 1.04], nticks: 7 }),
      annotations: endTitles(theme, 'events per set', 'AUC'),
    }),
  }
}
