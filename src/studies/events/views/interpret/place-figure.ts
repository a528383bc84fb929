import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import {
  cornerLegend,
  endTitles,
  frameAxis,
  frameLayout,
  withAlpha,
} from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec } from '../../../../ui/plots/plotly.ts'
import type { PlaceSpectrum } from '../../state/place-spectra.ts'

/** The mean spectrum of the sets near a place with their spread from set to set, over that of all sets. */
export function placeFigure(
  { edges, mean, spread, all }: Pick<PlaceSpectrum, 'edges' | 'mean' | 'spread' | 'all'>,
  title: string,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const middles = edges.slice(1).map((high, b) => (high + edges[b]) / 2)
  // The band as a step: both corners of every bin.
  const corners = edges.slice(1).flatMap((high, b) => [edges[b], high])
  const steps = (of: (b: number) => number) => mean.flatMap((_, b) => [of(b), of(b)])
  const high = steps((b) => mean[b] + spread[b])
  const low = steps((b) => Math.max(0, mean[b] - spread[b]))
  const top = Math.max(...high, ...all)
  return {
    data: [
      {
        ...{ name: 'spread of the sets', mode: 'lines', fill: 'toself', hoverinfo: 'skip' },
        x: [...corners, ...corners.toReversed()],
        y: [...high, ...low.toReversed()],
        fillcolor: withAlpha(theme.accent, 0.2),
        line: { width: 0, color: theme.accent },
      },
      {
        ...{ name: 'all sets of the map', mode: 'lines', x: middles, y: all },
        line: { shape: 'hvh', width: 1.4, dash: 'dash', color: theme.inkSoft },
        hovertemplate: 'all: %{y:.3g} at %{x:.4g}<extra></extra>',
      },
      {
        ...{ name: 'mean near the place', mode: 'lines', x: middles, y: mean },
        line: { shape: 'hvh', width: 2, dash: 'solid', color: theme.accent },
        hovertemplate: 'near: %{y:.3g} at %{x:.4g}<extra></extra>',
      },
    ],
    layout: frameLayout(theme, {
      showlegend: true,
      legend: cornerLegend(),
      xaxis: frameAxis(theme, { range: [edges[0], edges[edges.length - 1]], nticks: 6 }),
      yaxis: frameAxis(theme, { range: [0, 1.25 * top], nticks: 6 }),
      annotations: endTitles(theme, title, 'share of events per bin'),
    }),
  }
}
