import type { FitOutcome } from '../../analysis/top-pair/fit/fit-jobs.ts'
import type { FitKind } from '../../analysis/top-pair/fit/fit-setup.ts'
import type { FigureTheme } from '../common/figure-theme.ts'
import { formatCoefficient } from '../common/format.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../common/plotly.ts'
import {
  axisKey,
  axisName,
  cornerLegend,
  frameAxis,
  frameLayout,
  note,
  withAlpha,
} from '../common/plot-frame.ts'
import { kindStyles } from './kinds.ts'
import { massRegion } from './mass-regions.ts'
import { axisTitle, parameterLabel } from './parameter-label.ts'

export type CornerOutcome = Pick<FitOutcome, 'kind' | 'names' | 'summaries' | 'pairs' | 'best'>

export interface CornerInput {
  /** In the order of drawing: the widest first. */
  outcomes: readonly CornerOutcome[]
  /** Coefficients of the simulated data by name; null where nobody knows. */
  truth: Readonly<Record<string, number>> | null
  halfWidth: number
  /** Lines for the corner of the picture: process, order, scale. */
  facts: readonly string[]
  theme: FigureTheme
}

const massLabels = ['68 %', '95 %', '99 %']
const fills = [0.4, 0.16, 0.06]

/** Names of all parameters, those of the first outcome first. */
export function cornerNames(outcomes: readonly Pick<CornerOutcome, 'names'>[]): string[] {
  return [...new Set(outcomes.flatMap(({ names }) => names))]
}

/**
 * Marginals on the diagonal, joint regions of 68, 95 and 99 % of the posterior below it, every kind of fit over the
 * others in its own colour.
 */
export function cornerFigure(input: CornerInput): PlotlyFigureSpec {
  const { outcomes, theme, truth } = input
  const names = cornerNames(outcomes)
  const d = names.length
  const ranges = names.map((name) => parameterRange(name, input))
  const data: PlotlyJson[] = []
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
      if (diagonal) {
        outcomes.forEach((outcome, k) => data.push(...marginalTraces(outcome, names[row], k, at)))
        shapes.push(...verticals(names[row], truth, theme, x, y))
      } else {
        for (const outcome of outcomes) data.push(...regionTraces(outcome, names[column], names[row], at))
        if (d <= 3 && outcomes[0])
          annotations.push(...regionLabels(outcomes[0], names[column], names[row], x, y, theme))
        data.push(...markerTraces(input, names[column], names[row], at))
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
  data.push(...legendTraces(input))
  const facts = many ? [...input.facts, 'all in TeV<sup>−2</sup>'] : input.facts
  annotations.push(
    note(theme, facts.join('<br>'), {
      ...{ x: 1, xanchor: 'right', y: 1, yanchor: 'top', align: 'right', yshift: d === 1 ? -90 : -118 },
      font: { size: 12, color: theme.inkSoft },
    }),
  )
  return {
    data,
    layout: frameLayout(theme, {
      ...axes,
      annotations,
      shapes,
      showlegend: true,
      legend: cornerLegend({ x: 1, y: 1, traceorder: 'normal' }),
      margin: { l: 66, r: 12, t: 10, b: 48, pad: 0 },
    }),
  }
}

/** Bars of the intervals stand below the densities. */
function diagonalFloor(kinds: number): number {
  return -0.09 * kinds - 0.06
}

/** What is seen of a parameter: the 99 % sets and regions of all kinds, the truth and the SM, and a margin. */
export function parameterRange(name: string, { outcomes, truth, halfWidth }: CornerInput): [number, number] {
  let low = Infinity
  let high = -Infinity
  const hold = (value: number | undefined) => {
    if (value === undefined || !Number.isFinite(value)) return
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  for (const { summaries } of outcomes) {
    const summary = summaries.find((entry) => entry.name === name)
    for (const segment of summary?.highestDensity.at(-1)?.segments ?? []) {
      hold(segment.low)
      hold(segment.high)
    }
  }
  // Joint regions reach further than the marginal sets.
  for (const { names, pairs } of outcomes) {
    const k = names.indexOf(name)
    for (const { x, y, density } of pairs) {
      if (x !== k && y !== k) continue
      const region = massRegion(density, density.levels[density.levels.length - 1])
      for (const value of x === k ? region.x : region.y) hold(value ?? undefined)
    }
  }
  hold(truth?.[name])
  hold(0)
  if (!(low < high)) return [-halfWidth, halfWidth]
  const margin = 0.06 * (high - low)
  return [low - margin, high + margin]
}

type Axes = { xaxis: string; yaxis: string }

function marginalTraces(outcome: CornerOutcome, name: string, order: number, at: Axes): PlotlyJson[] {
  const summary = outcome.summaries.find((entry) => entry.name === name)
  if (!summary) return []
  const { colour, dash, label } = kindStyles[outcome.kind]
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
      line: { color: colour, width: 2, dash },
      fill: 'tozeroy',
      fillcolor: withAlpha(colour, 0.1),
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

function regionTraces(outcome: CornerOutcome, xName: string, yName: string, at: Axes): PlotlyJson[] {
  const found = regionsOf(outcome, xName, yName)
  if (!found) return []
  const { colour, dash } = kindStyles[outcome.kind]
  // The widest first, so that the inner ones lie on it.
  return found
    .map(({ x, y }, k): PlotlyJson => ({
      ...at,
      x,
      y,
      mode: 'lines',
      fill: 'toself',
      fillcolor: withAlpha(colour, fills[k]),
      line: { color: colour, width: k === 2 ? 0.75 : 1.5, dash: k === 2 ? 'dot' : dash },
      hoverinfo: 'skip',
      showlegend: false,
      name: `${kindStyles[outcome.kind].label} ${massLabels[k]}`,
    }))
    .reverse()
}

function regionsOf(outcome: CornerOutcome, xName: string, yName: string) {
  const i = outcome.names.indexOf(xName)
  const j = outcome.names.indexOf(yName)
  const pair = outcome.pairs.find(({ x, y }) => x === i && y === j)
  return pair?.density.levels.map((level) => massRegion(pair.density, level))
}

function regionLabels(
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

/** Truth, Standard Model and best fits of one panel. */
function markerTraces({ outcomes, truth, theme }: CornerInput, xName: string, yName: string, at: Axes) {
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
  for (const { names, best, kind } of outcomes) {
    const { colour, symbol, label } = kindStyles[kind]
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

function verticals(
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

/** Entries of the legend, without points of their own. */
function legendTraces({ outcomes, truth, theme }: CornerInput): PlotlyJson[] {
  const entry = (name: string, extra: PlotlyJson): PlotlyJson => ({ name, x: [null], y: [null], ...extra })
  return [
    ...outcomes.map(({ kind }) => {
      const { label, colour, dash, symbol } = kindStyles[kind]
      return entry(`${label}, best fit`, {
        mode: 'lines+markers',
        line: { color: colour, width: 2, dash },
        marker: { symbol, size: 8, color: colour },
      })
    }),
    ...(truth
      ? [
          entry('truth', {
            mode: 'markers',
            marker: { symbol: 'x-thin', size: 10, line: { width: 2.5, color: theme.ink } },
          }),
        ]
      : []),
    entry('Standard Model', {
      mode: 'markers',
      marker: { symbol: 'star-diamond-open', size: 10, color: theme.ink, line: { width: 1.5 } },
    }),
  ]
}

/** What the figure says, in words. */
export function cornerSummary({ outcomes }: Pick<CornerInput, 'outcomes'>): string {
  if (outcomes.length === 0) return 'No posterior yet.'
  const sentences = outcomes.map(({ kind, summaries }) => {
    const parts = summaries.map(({ name, highestDensity }) => {
      const { segments } = highestDensity[1]
      return `${parameterLabel(name).plain} ${segments.map(segmentText).join(' and ')}`
    })
    return `${kindStyles[kind].label}: ${parts.join(', ')}`
  })
  return `95 % of the posterior, highest density [TeV⁻²]: ${sentences.join('; ')}. Regions hold 68, 95 and 99 % of the mass; densities on the diagonal are scaled to their peaks, bars below them are the 68 % (thick) and 95 % sets.`
}

export function segmentText({ low, high }: { low: number; high: number }): string {
  return `[${formatCoefficient(low)}, ${formatCoefficient(high)}]`
}

/** Parameters with separate modes, by kind. */
export function bimodalWarnings(
  outcomes: readonly Pick<FitOutcome, 'kind' | 'summaries'>[],
): { kind: FitKind; text: string }[] {
  return outcomes.flatMap(({ kind, summaries }) =>
    summaries.flatMap(({ name, modes }) =>
      modes.length < 2
        ? []
        : [
            {
              kind,
              text: `${kindStyles[kind].label}: ${parameterLabel(name).plain} has ${modes.length} separate modes, at ${modes
                .map(({ at, mass }) => `${formatCoefficient(at)} (${Math.round(100 * mass)} %)`)
                .join(' and ')}`,
            },
          ],
    ),
  )
}
