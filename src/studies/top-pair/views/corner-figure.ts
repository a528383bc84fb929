import {
  axisKey,
  axisName,
  cornerLegend,
  frameAxis,
  frameLayout,
  note,
  withAlpha,
} from '../../../ui/plots/plot-frame.ts'
import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'
import { cornerNames, parameterRange, styleOf, type CornerInput } from './corner-input.ts'
import { segmentText } from './corner-words.ts'
import { diagonalFloor, marginalTraces, verticals } from './corner-marginals.ts'
import { markerTraces, regionLabels, regionTraces, toyRegionTraces } from './corner-regions.ts'
import { kindStyles } from './kinds.ts'
import { axisTitle, parameterLabel } from './parameter-label.ts'

/**
 * Marginals on the diagonal, joint regions of the posterior below it: one kind of fit filled, the others as outlines
 * over it, each in its own colour and dash.
 */
export function cornerFigure(input: CornerInput): PlotlyFigureSpec {
  const { outcomes, front, theme, truth, halfWidth } = input
  const names = cornerNames(outcomes)
  const d = names.length
  const ranges = names.map((name) => parameterRange(name, input))
  const filled: PlotlyJson[] = []
  const lines: PlotlyJson[] = []
  const markers: PlotlyJson[] = []
  const annotations: PlotlyJson[] = []
  const shapes: PlotlyJson[] = []
  const axes: PlotlyJson = {}
  const many = d > 4
  const gap = many ? 0.014 : 0.035
  const size = (1 - gap * (d - 1)) / d
  for (let row = 0; row < d; row++)
    for (let column = 0; column <= row; column++) {
      const number = row * d + column + 1
      const x = axisName('x', number)
      const y = axisName('y', number)
      const left = column * (size + gap)
      const bottom = 1 - size - row * (size + gap)
      const diagonal = row === column
      const ticks = { nticks: many ? 3 : 6, tickfont: { size: many ? 9 : 11 }, tickangle: 0 }
      axes[axisKey('x', number)] = frameAxis(theme, {
        ...ticks,
        anchor: y,
        domain: [left, left + size],
        range: ranges[column],
        showticklabels: row === d - 1,
      })
      axes[axisKey('y', number)] = frameAxis(theme, {
        ...ticks,
        anchor: x,
        domain: [bottom, bottom + size],
        range: diagonal ? [diagonalFloor(outcomes.length), 1.12] : ranges[row],
        showticklabels: column === 0 && !diagonal,
        ...(diagonal && { ticks: '', minor: { ticks: '' } }),
      })
      const at = { xaxis: x, yaxis: y }
      shapes.push(...outsidePrior(x, ranges[column], wallOf(names[column], halfWidth), `${y} domain`, theme))
      if (!diagonal)
        shapes.push(...outsidePrior(y, ranges[row], wallOf(names[row], halfWidth), `${x} domain`, theme))
      if (diagonal) {
        outcomes.forEach((outcome, k) => {
          const traces = marginalTraces(outcome, names[row], k, outcome.kind === front, at)
          // Fills below all lines.
          if (outcome.kind === front) filled.push(...traces)
          else lines.push(...traces)
        })
        shapes.push(...verticals(names[row], truth, theme, x, y))
        if (!many) annotations.push(...intervalTitle(input, names[row], left, bottom + size))
      } else {
        for (const outcome of outcomes) {
          const traces = regionTraces(outcome, names[column], names[row], outcome.kind === front, at)
          if (outcome.kind === front) filled.push(...traces)
          else lines.push(...traces)
          if (d <= 3 && outcome.kind === front)
            annotations.push(...regionLabels(outcome, names[column], names[row], x, y, theme))
        }
        lines.push(...toyRegionTraces(input, names[column], names[row], at))
        markers.push(...markerTraces(input, names[column], names[row], at))
      }
      if (row === d - 1)
        annotations.push(
          note(theme, many ? parameterLabel(names[column]).markup : axisTitle(names[column]), {
            ...{ x: left + size, xanchor: 'right', y: 0, yanchor: 'top', yshift: -20 },
            font: { size: many ? 11 : 14, color: theme.ink },
          }),
        )
      if (column === 0 && !diagonal)
        annotations.push(
          note(theme, many ? parameterLabel(names[row]).markup : axisTitle(names[row]), {
            ...{ x: 0, xanchor: 'right', y: bottom + size, yanchor: 'top', textangle: -90, xshift: -38 },
            font: { size: many ? 11 : 14, color: theme.ink },
          }),
        )
    }
  const legend = legendTraces(input)
  // Below the legend, whose first five lines always have room.
  const below = 19 * Math.max(0, legend.length - 5)
  const facts = many ? [...input.facts, 'all in TeV<sup>−2</sup>'] : input.facts
  annotations.push(
    note(theme, facts.join('<br>'), {
      ...{
        x: 1,
        xanchor: 'right',
        y: 1,
        yanchor: 'top',
        align: 'right',
        yshift: (d === 1 ? -90 : -118) - below,
      },
      font: { size: 12, color: theme.inkSoft },
    }),
  )
  return {
    data: [...filled, ...lines, ...markers, ...legend],
    layout: frameLayout(theme, {
      ...axes,
      annotations,
      shapes,
      showlegend: true,
      legend: cornerLegend({ x: 1, y: 1, traceorder: 'normal' }),
      margin: { l: 66, r: 12, t: many ? 10 : 28, b: 48, pad: 0 },
    }),
  }
}

/** Over a marginal: the 68 % set of the posterior in front. */
function intervalTitle(
  { outcomes, front, theme }: CornerInput,
  name: string,
  left: number,
  top: number,
): PlotlyJson[] {
  const outcome = outcomes.find(({ kind }) => kind === front)
  const inner = outcome?.summaries.find((summary) => summary.name === name)?.highestDensity[0]
  if (!inner) return []
  const set = inner.segments.map(segmentText).join(' ∪ ')
  return [
    note(theme, `${parameterLabel(name).markup} ∈ ${set}, 68 %`, {
      ...{ x: left, xanchor: 'left', y: top, yanchor: 'bottom', yshift: 2 },
      font: { size: 11, color: theme.ink },
    }),
  ]
}

/** Where a flat prior ends; a parameter of a fit that is no coefficient has none. */
function wallOf(name: string, halfWidth: number): number {
  return parameterLabel(name).unit === 'σ' ? Infinity : halfWidth
}

/** Shades what the prior excludes: a posterior cut there is not one that ends there. */
function outsidePrior(
  axis: string,
  [low, high]: [number, number],
  wall: number,
  across: string,
  theme: FigureTheme,
): PlotlyJson[] {
  const stripe = (from: number, to: number): PlotlyJson => {
    const ends = axis.startsWith('x')
      ? { x0: from, x1: to, y0: 0, y1: 1 }
      : { y0: from, y1: to, x0: 0, x1: 1 }
    const refs = axis.startsWith('x') ? { xref: axis, yref: across } : { yref: axis, xref: across }
    return { type: 'rect', layer: 'below', ...refs, ...ends, fillcolor: theme.grid, line: { width: 0 } }
  }
  return [...(low < -wall ? [stripe(low, -wall)] : []), ...(high > wall ? [stripe(wall, high)] : [])]
}

/** The line that a mark of the joint panels has in the marginals. */
const lineOf = (theme: FigureTheme, dash: string): PlotlyJson => ({
  mode: 'lines+markers',
  line: { color: theme.inkSoft, width: 1, dash },
})

/** Entries of the legend, without points of their own. */
function legendTraces({ outcomes, front, truth, toyRegions = [], theme }: CornerInput): PlotlyJson[] {
  const entry = (name: string, extra: PlotlyJson): PlotlyJson => ({ name, x: [null], y: [null], ...extra })
  return [
    ...outcomes.map((outcome) => {
      const { label, colour, dash, symbol } = styleOf(outcome)
      const inFront = outcome.kind === front
      return entry(inFront && outcomes.length > 1 ? `${label}, filled` : label, {
        mode: 'lines+markers',
        line: { color: colour, width: 2, dash },
        marker: { symbol, size: 8, color: colour },
        ...(inFront && { fill: 'toself', fillcolor: withAlpha(colour, 0.3) }),
      })
    }),
    ...toyRegions
      .filter(({ region }) => region.names.length === 2)
      .map(({ kind }) =>
        entry(`95 % by toys, ${kindStyles[kind].label}`, {
          mode: 'lines',
          line: { color: theme.ink, width: 1.5, dash: 'dashdot' },
        }),
      ),
    ...(truth
      ? [
          entry('truth', {
            ...lineOf(theme, 'dash'),
            marker: { symbol: 'x-thin', size: 10, line: { width: 2.5, color: theme.ink } },
          }),
        ]
      : []),
    entry('Standard Model', {
      ...lineOf(theme, 'dot'),
      marker: { symbol: 'star-diamond-open', size: 10, color: theme.ink, line: { width: 1.5 } },
    }),
  ]
}
