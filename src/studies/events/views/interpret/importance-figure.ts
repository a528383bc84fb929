import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { frameAxis, frameLayout } from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec } from '../../../../ui/plots/plotly.ts'
import { eventFeatureNames } from '../../analysis/features/event-features.ts'
import type { FeatureImportance } from '../../analysis/feature-importance.ts'

/** What each feature adds to the area under the curve, the largest uppermost; bars are errors. */
export function importanceFigure(
  { drops }: Pick<FeatureImportance, 'drops'>,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const order = drops.map((_, k) => k).sort((i, j) => drops[i].value - drops[j].value)
  return {
    data: [
      {
        ...{ name: 'loss of AUC', type: 'scatter', mode: 'markers' },
        x: order.map((k) => drops[k].value),
        y: order.map((_, at) => at),
        error_x: { array: order.map((k) => drops[k].error), color: theme.data, thickness: 1.2, width: 0 },
        marker: { color: theme.data, size: 7 },
        text: order.map((k) => eventFeatureNames[k].label),
        hovertemplate: '%{text}: %{x:.3f}<extra></extra>',
      },
    ],
    layout: frameLayout(theme, {
      margin: { l: 108, r: 14, t: 8, b: 46, pad: 0 },
      xaxis: frameAxis(theme, { title: { text: 'AUC lost without the feature', standoff: 6 }, nticks: 6 }),
      yaxis: frameAxis(theme, {
        ...{ range: [-0.7, drops.length - 0.3], tickmode: 'array', minor: {} },
        tickvals: order.map((_, at) => at),
        ticktext: order.map((k) => eventFeatureNames[k].label),
      }),
      shapes: [
        {
          ...{ type: 'line', xref: 'x', yref: 'y', x0: 0, x1: 0, y0: -0.7, y1: drops.length - 0.3 },
          line: { color: theme.inkSoft, width: 1, dash: 'dot' },
        },
      ],
    }),
  }
}
