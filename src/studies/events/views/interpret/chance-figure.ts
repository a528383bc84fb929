import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { petroff6 } from '../../../../ui/plots/palettes.ts'
import {
  cornerLegend,
  endTitles,
  frameAxis,
  frameLayout,
  withAlpha,
} from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../ui/plots/plotly.ts'
import type { TwinTest } from '../../analysis/twin-test.ts'

const bins = 30

/** Energy distances that chance gives, with that of the twins, and of the other model where it lies in the frame. */
export function chanceFigure(
  { twin, apart }: Pick<TwinTest, 'twin' | 'apart'>,
  names: { twin: string; apart: string },
  theme: FigureTheme,
): PlotlyFigureSpec {
  const { chance } = twin
  const low = Math.min(chance[0], twin.statistic)
  const high = Math.max(chance[chance.length - 1], twin.statistic)
  const width = (high - low) / bins || 1
  const counts = new Array<number>(bins).fill(0)
  for (const value of chance) counts[Math.min(bins - 1, Math.floor((value - low) / width))]++
  const middles = counts.map((_, b) => low + (b + 0.5) * width)
  const most = Math.max(...counts)
  const right = Math.max(high, Math.min(apart.statistic, low + 3 * (high - low)))
  const beyond = apart.statistic > right
  const line = (name: string, at: number, style: PlotlyJson): PlotlyJson => ({
    ...{ name, mode: 'lines', x: [at, at], y: [0, 1.05 * most], line: { width: 2, ...style } },
    hovertemplate: `${name}: %{x:.4g}<extra></extra>`,
  })
  return {
    data: [
      {
        ...{ name: 'labels exchanged', mode: 'lines', x: middles, y: counts, fill: 'tozeroy' },
        fillcolor: withAlpha(theme.ink, 0.12),
        line: { shape: 'hvh', width: 1, color: theme.inkSoft },
        hovertemplate: '%{y} at %{x:.3g}<extra></extra>',
      },
      line(names.twin, twin.statistic, { color: petroff6[0], dash: 'solid' }),
      line(
        beyond ? `${names.apart}, at ${apart.statistic.toPrecision(3)}` : names.apart,
        beyond ? right : apart.statistic,
        {
          color: petroff6[2],
          dash: 'dash',
        },
      ),
    ],
    layout: frameLayout(theme, {
      showlegend: true,
      legend: cornerLegend(),
      xaxis: frameAxis(theme, { range: [low - width, right + width], nticks: 6 }),
      yaxis: frameAxis(theme, { range: [0, 1.7 * most], nticks: 5 }),
      annotations: endTitles(theme, 'energy distance', 'permutations'),
    }),
  }
}
