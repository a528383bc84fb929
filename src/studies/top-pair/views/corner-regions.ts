import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { withAlpha } from '../../../ui/plots/plot-frame.ts'
import type { PlotlyJson } from '../../../ui/plots/plotly.ts'
import { massLabels, styleOf, type CornerInput, type CornerOutcome, type PanelAxes } from './corner-input.ts'
import { kindStyles } from './kinds.ts'
import { massRegion } from './mass-regions.ts'
import { jointRegion } from './toy-regions.ts'

/** Shares of the colour in the regions of 68, 95 and 99 % of the one in front. */
const fills = [0.42, 0.22, 0.09]
/** Outlines of the others: 68 and 95 %, told by width; a third would be one too many. */
const outlines = [2.25, 1.25]

/** Joint regions: filled at 68, 95 and 99 % of the mass for the one in front, outlines at 68 and 95 % for the others. */
export function regionTraces(
  outcome: CornerOutcome,
  xName: string,
  yName: string,
  inFront: boolean,
  at: PanelAxes,
): PlotlyJson[] {
  const found = regionsOf(outcome, xName, yName)
  if (!found) return []
  const { colour, dash, label } = styleOf(outcome)
  const common = { ...at, mode: 'lines', hoverinfo: 'skip', showlegend: false }
  if (!inFront)
    return found.slice(0, 2).map(({ x, y }, k): PlotlyJson => ({
      ...common,
      ...{ x, y, line: { color: colour, width: outlines[k], dash } },
      name: `${label} ${massLabels[k]}`,
    }))
  // The widest first, so that the inner ones lie on it.
  return found
    .map(({ x, y }, k): PlotlyJson => ({
      ...common,
      ...{ x, y, fill: 'toself', fillcolor: withAlpha(colour, fills[k]) },
      line: { color: colour, width: k === 2 ? 0.75 : 1.5, dash },
      name: `${label} ${massLabels[k]}`,
    }))
    .reverse()
}

function regionsOf(outcome: CornerOutcome, xName: string, yName: string) {
  const i = outcome.names.indexOf(xName)
  const j = outcome.names.indexOf(yName)
  const pair = outcome.pairs.find(({ x, y }) => x === i && y === j)
  return pair?.density.levels.map((level) => massRegion(pair.density, level))
}

/** The masses of the regions of the one in front. */
export function regionLabels(
  outcome: CornerOutcome,
  xName: string,
  yName: string,
  x: string,
  y: string,
  theme: FigureTheme,
): PlotlyJson[] {
  // Each at another side of its region, so that they do not cover each other.
  return (regionsOf(outcome, xName, yName) ?? []).flatMap(({ top, bottom, left }, k) => {
    const at = [left, bottom, top][k]
    if (!at) return []
    return [
      {
        text: massLabels[k],
        ...{ x: at.x, y: at.y, xref: x, yref: y },
        showarrow: false,
        bgcolor: theme.panel,
        opacity: 0.85,
        borderpad: 0,
        font: { size: 10, color: theme.ink },
      },
    ]
  })
}

/** Neyman's 95 % regions by toys: statements on data given coefficients, drawn beside what the posterior says. */
export function toyRegionTraces(
  { toyRegions = [], theme }: CornerInput,
  xName: string,
  yName: string,
  at: PanelAxes,
): PlotlyJson[] {
  return toyRegions.flatMap(({ kind, region }): PlotlyJson[] => {
    const joint = region.names[0] === xName && region.names[1] === yName ? jointRegion(region) : null
    if (!joint) return []
    return [
      {
        ...at,
        ...{ x: joint.x, y: joint.y, mode: 'lines', hoverinfo: 'skip', showlegend: false },
        line: { color: theme.ink, width: 1.5, dash: 'dashdot' },
        name: `${kindStyles[kind].label} 95 % by toys`,
      },
    ]
  })
}

/** Truth, Standard Model and best fits of one panel. */
export function markerTraces(
  { outcomes, truth, theme }: CornerInput,
  xName: string,
  yName: string,
  at: PanelAxes,
): PlotlyJson[] {
  const traces: PlotlyJson[] = [
    {
      ...at,
      x: [0],
      y: [0],
      mode: 'markers',
      marker: { symbol: 'star-diamond-open', size: 11, color: theme.ink, line: { width: 1.5 } },
      hovertemplate: 'Standard Model<extra></extra>',
      showlegend: false,
    },
  ]
  for (const outcome of outcomes) {
    const { names, best } = outcome
    const { colour, symbol, label } = styleOf(outcome)
    const point = [xName, yName].map((name) => best.theta[names.indexOf(name)])
    traces.push({
      ...at,
      x: [point[0]],
      y: [point[1]],
      mode: 'markers',
      marker: { symbol, size: 8, color: colour, line: { color: theme.panel, width: 1.5 } },
      hovertemplate: `best ${label}: (%{x:.3g}, %{y:.3g})<extra></extra>`,
      showlegend: false,
    })
  }
  if (truth)
    traces.push({
      ...at,
      x: [truth[xName] ?? 0],
      y: [truth[yName] ?? 0],
      mode: 'markers',
      marker: { symbol: 'x-thin', size: 11, color: theme.ink, line: { width: 2.5, color: theme.ink } },
      hovertemplate: 'truth (%{x:.3g}, %{y:.3g})<extra></extra>',
      showlegend: false,
    })
  return traces
}
