import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { petroff6 } from '../../../../ui/plots/palettes.ts'
import { endTitles, frameAxis, frameLayout } from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec } from '../../../../ui/plots/plotly.ts'
import type { LheRatios } from '../../analysis/distances/lhe-ratios.ts'

/** Ratios that a logarithm has: those of events that both models make. */
export const drawnRatios = ({ events }: LheRatios) =>
  events.filter(({ ratio }) => ratio > 0 && Number.isFinite(ratio))

/** The ratio of two models at each event against the mass of its dark-matter pair; 1 is a line. */
export function ratioFigure(ratios: LheRatios, title: string, theme: FigureTheme): PlotlyFigureSpec {
  const drawn = drawnRatios(ratios)
  const masses = drawn.map(({ massGeV }) => massGeV)
  const logs = drawn.map(({ ratio }) => Math.log10(ratio))
  const [low, high] = [Math.min(0, ...logs), Math.max(0, ...logs)]
  const pad = 0.08 * Math.max(1e-3, high - low)
  const [from, to] = [Math.min(...masses), Math.max(...masses)]
  const edge = 0.05 * Math.max(1, to - from)
  const [left, right] = drawn.length > 0 ? [from - edge, to + edge] : [0, 1]
  return {
    data: [
      {
        ...{ name: 'equal', mode: 'lines', x: [left, right], y: [1, 1], hoverinfo: 'skip' },
        line: { color: theme.inkSoft, width: 1, dash: 'dot' },
      },
      {
        ...{ name: 'events', mode: 'markers', x: masses, y: drawn.map(({ ratio }) => ratio) },
        marker: { color: petroff6[0], size: drawn.length > 500 ? 3 : 6, opacity: 0.8 },
        text: drawn.map(({ event }) => `event ${event}`),
        hovertemplate: '%{text}: %{y:.4g} at %{x:.1f} GeV<extra></extra>',
      },
    ],
    layout: frameLayout(theme, {
      showlegend: false,
      xaxis: frameAxis(theme, { range: [left, right], nticks: 6 }),
      yaxis: frameAxis(theme, { type: 'log', range: [low - pad, high + pad], nticks: 6 }),
      annotations: endTitles(theme, 'm(χχ̄) [GeV]', title),
    }),
  }
}
