import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { formatCoefficient } from '../../../ui/common/format.ts'
import { withAlpha } from '../../../ui/plots/plot-frame.ts'
import type { PlotlyJson } from '../../../ui/plots/plotly.ts'
import { massLabels, styleOf, type CornerInput, type CornerOutcome, type PanelAxes } from './corner-input.ts'

/** Bars of the intervals stand below the densities. */
export function diagonalFloor(kinds: number): number {
  return -0.09 * kinds - 0.06
}

/**
 * The density of one parameter, scaled to its peak, over the bars of its 68 and 95 % sets.
 *
 * @param order  of the bars, from above
 */
export function marginalTraces(
  outcome: CornerOutcome,
  name: string,
  order: number,
  inFront: boolean,
  at: PanelAxes,
): PlotlyJson[] {
  const summary = outcome.summaries.find((entry) => entry.name === name)
  if (!summary) return []
  const { colour, dash, label } = styleOf(outcome)
  const { x, density } = summary.density
  const peak = density.reduce((a, b) => Math.max(a, b), 0)
  const scaled = Array.from(density, (value) => value / peak)
  const bar = -0.09 * order - 0.09
  const traces: PlotlyJson[] = [
    {
      ...at,
      x: Array.from(x),
      y: scaled,
      mode: 'lines',
      line: { color: colour, width: inFront ? 2.5 : 1.75, dash },
      ...(inFront && { fill: 'tozeroy', fillcolor: withAlpha(colour, 0.2) }),
      hovertemplate: `%{x:.3g} TeV⁻²<extra>${label}</extra>`,
      showlegend: false,
    },
  ]
  // 95 % thin, 68 % thick: the segments of the highest-density sets.
  for (const [which, width] of [
    [1, 2],
    [0, 6],
  ])
    for (const segment of summary.highestDensity[which]?.segments ?? [])
      traces.push({
        ...at,
        x: [segment.low, segment.high],
        y: [bar, bar],
        mode: 'lines',
        line: { color: colour, width },
        hovertemplate: `${label}, ${massLabels[which]}: ${formatCoefficient(segment.low)} to ${formatCoefficient(segment.high)}<extra></extra>`,
        showlegend: false,
      })
  return traces
}

/** Where the Standard Model and the truth are. */
export function verticals(
  name: string,
  truth: CornerInput['truth'],
  theme: FigureTheme,
  x: string,
  y: string,
): PlotlyJson[] {
  const line = (at: number, dash: string): PlotlyJson => ({
    type: 'line',
    layer: 'below',
    ...{ xref: x, yref: y, x0: at, x1: at, y0: 0, y1: 1.12 },
    line: { color: theme.inkSoft, width: 1, dash },
  })
  return [line(0, 'dot'), ...(truth ? [line(truth[name] ?? 0, 'dash')] : [])]
}
