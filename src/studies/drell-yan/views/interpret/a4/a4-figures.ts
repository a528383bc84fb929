import type { A4Bin } from '../../../analysis/a4/a4-measurement.ts'
import type { CombinedReach } from '../../../analysis/a4/combined-reach.ts'
import { operators } from '../../../../../physics/smeft/operators.ts'
import { formatEdge } from '../../../../../ui/common/format.ts'
import { symbolMarkup } from '../../../../../ui/common/symbol-parts.ts'
import type { FigureTheme } from '../../../../../ui/plots/figure-theme.ts'
import { liveColour, petroff6 } from '../../../../../ui/plots/palettes.ts'
import { frameAxis, frameLayout } from '../../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../../ui/plots/plotly.ts'

export interface A4FigureInput {
  bins: readonly A4Bin[]
  measured: Float64Array // [bins]
  error: Float64Array // [bins]
  sm: Float64Array // [bins]
  /** What the sliders make; null where they are at zero. */
  live: Float64Array | null
  /** (measured - theory) / error of the live universe, or of the SM where there is none */
  pulls: Float64Array // [bins]
}

const legendAbove: PlotlyJson = {
  showlegend: true,
  legend: { orientation: 'h', x: 0, y: 1.02, xanchor: 'left', yanchor: 'bottom', itemclick: false },
}

/** "|y| 0–0.4, 54–66 GeV" */
export function a4BinName({ absY, mass }: A4Bin): string {
  const [y, m] = [absY, mass].map(([low, high]) => `${formatEdge(low)}–${formatEdge(high)}`)
  return `|y| ${y}, ${m} GeV`
}

/** Bins of one |y| after the other, masses rising within each: A_4 with errors over theory, and below the pulls. */
export function a4Figure(input: A4FigureInput, theme: FigureTheme): PlotlyFigureSpec {
  const { bins, measured, error, sm, live, pulls } = input
  const names = bins.map(a4BinName)
  const groups = groupsOf(bins)
  const count = bins.length
  // A step for each bin, broken between ranges of |y|.
  const steps = (values: Float64Array) => {
    const x: (number | null)[] = []
    const y: (number | null)[] = []
    for (const { first, end } of groups) {
      for (let b = first; b < end; b++) {
        x.push(b - 0.5, b + 0.5)
        y.push(values[b], values[b])
      }
      x.push(null)
      y.push(null)
    }
    return { x, y }
  }
  // Edges of |y|; those of few bins have no room.
  const marks = [
    ...groups
      .filter(({ first, end }, g) => end - first > 4 || groups[g - 1]?.end - groups[g - 1]?.first > 4)
      .map(({ first, absY }) => ({ at: first, y: absY[0] })),
    { at: count, y: bins[count - 1].absY[1] },
  ]
  const largest = Math.max(3.5, ...Array.from(pulls, Math.abs)) * 1.1
  const data: PlotlyJson[] = [
    {
      ...steps(sm),
      type: 'scatter',
      mode: 'lines',
      name: 'SM',
      line: { color: theme.inkSoft, width: 1.5 },
      hoverinfo: 'skip',
    },
    {
      type: 'scatter',
      mode: 'markers',
      name: 'CMS',
      x: names.map((_, b) => b),
      y: [...measured],
      error_y: { type: 'data', array: [...error], width: 0, thickness: 1, color: theme.data },
      marker: { color: theme.data, size: 4 },
      text: names,
      hovertemplate: '%{text}<br><i>A</i><sub>4</sub> %{y:.4f} ± %{error_y.array:.4f}<extra></extra>',
    },
    {
      type: 'bar',
      name: 'pull',
      showlegend: false,
      x: names.map((_, b) => b),
      y: [...pulls],
      text: names,
      textposition: 'none',
      hovertemplate: '%{text}<br>pull %{y:.2f}<extra></extra>',
      marker: { color: live ? liveColour : theme.inkSoft },
      yaxis: 'y2',
    },
  ]
  if (live)
    data.splice(1, 0, {
      ...steps(live),
      type: 'scatter',
      mode: 'lines',
      name: 'live',
      line: { color: liveColour, width: 2 },
      hoverinfo: 'skip',
    })
  const lines = groups.slice(1).map(({ first }) => ({
    ...{ type: 'line', xref: 'x', yref: 'paper', x0: first - 0.5, x1: first - 0.5, y0: 0, y1: 1 },
    line: { color: theme.line, width: 1 },
  }))
  return {
    data,
    layout: frameLayout(theme, {
      margin: { l: 58, r: 8, t: 30, b: 52, pad: 0 },
      ...legendAbove,
      bargap: 0.25,
      xaxis: {
        ...frameAxis(theme, { ticks: '', mirror: 'all', minor: {} }),
        anchor: 'y2',
        range: [-0.52, count - 0.48],
        tickmode: 'array',
        tickvals: marks.map(({ at }) => at - 0.5),
        ticktext: marks.map(({ y }) => formatEdge(y)),
        tickangle: 0,
        title: { text: '|<i>y</i>|, masses rising within', standoff: 6 },
      },
      yaxis: {
        ...frameAxis(theme),
        domain: [0.4, 1],
        zeroline: true,
        zerolinecolor: theme.line,
        title: { text: '<i>A</i><sub>4</sub>', standoff: 4 },
      },
      yaxis2: {
        ...frameAxis(theme),
        domain: [0, 0.34],
        range: [-largest, largest],
        zeroline: true,
        zerolinecolor: theme.ink,
        title: { text: 'pull', standoff: 4 },
      },
      shapes: lines,
    }),
  }
}

function groupsOf(bins: readonly A4Bin[]): { absY: [number, number]; first: number; end: number }[] {
  const groups: { absY: [number, number]; first: number; end: number }[] = []
  bins.forEach(({ absY }, b) => {
    const last = groups.at(-1)
    if (last?.absY[0] === absY[0] && last.absY[1] === absY[1]) last.end = b + 1
    else groups.push({ absY, first: b, end: b + 1 })
  })
  return groups
}

export const reachParts = [
  { id: 'mll', label: 'm_ℓℓ', markup: '<i>m</i><sub>ℓℓ</sub>', symbol: 'circle-open', colour: petroff6[0] },
  { id: 'a4', label: 'A₄', markup: '<i>A</i><sub>4</sub>', symbol: 'square-open', colour: petroff6[1] },
  { id: 'both', label: 'both', markup: 'both', symbol: 'diamond', colour: null },
] as const

/** Above it a standard deviation says nothing, TeV^-2; linear theory has long ended. */
const widest = 30

/** One standard deviation of each coefficient alone: by the mass spectrum, by A_4, and by both. */
export function reachFigure(reach: CombinedReach, theme: FigureTheme): PlotlyFigureSpec {
  const known = reachParts.flatMap(({ id }) => [...reach[id].single]).filter((sigma) => sigma < widest)
  const lowest = Math.log10(Math.min(...known)) - 0.25
  return {
    data: reachParts.map(({ id, markup, symbol, colour }) => {
      const points = operators.flatMap((_, o) =>
        reach[id].single[o] < widest ? [{ o, sigma: reach[id].single[o] }] : [],
      )
      return {
        type: 'scatter',
        mode: 'markers',
        name: markup,
        x: points.map(({ o }) => o),
        y: points.map(({ sigma }) => sigma),
        text: points.map(({ o }) => operators[o].name),
        hovertemplate: `%{text}, ${markup}<br>1σ %{y:.3g} TeV<sup>−2</sup><extra></extra>`,
        marker: {
          symbol,
          color: colour ?? theme.ink,
          size: id === 'both' ? 7 : 10,
          line: { width: 2, color: colour ?? theme.ink },
        },
      }
    }),
    layout: frameLayout(theme, {
      margin: { l: 62, r: 8, t: 30, b: 64, pad: 0 },
      ...legendAbove,
      xaxis: {
        ...frameAxis(theme, { ticks: '', minor: {}, mirror: true, showgrid: true, gridcolor: theme.grid }),
        range: [-0.6, operators.length - 0.4],
        tickmode: 'array',
        tickvals: operators.map((_, o) => o),
        ticktext: operators.map(({ symbol }) => symbolMarkup(symbol)),
        tickangle: -60,
      },
      yaxis: {
        ...frameAxis(theme, { minor: {} }),
        type: 'log',
        range: [lowest, Math.log10(widest)],
        dtick: 1,
        title: { text: '1σ alone [TeV<sup>−2</sup>]', standoff: 4 },
      },
    }),
  }
}
