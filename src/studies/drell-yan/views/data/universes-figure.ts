import type { ObservableBins } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { universeClasses } from '../../analysis/families.ts'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { decadeTicks, plainLogTicks, type AxisTicks } from '../../../../ui/plots/log-ticks.ts'
import { axisKey, axisName, frameAxis, frameLayout, note } from '../../../../ui/plots/plot-frame.ts'
import { observableLabels } from '../spectra/spectrum-input.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../ui/plots/plotly.ts'
import { familyColours, familyLabels } from '../explore/map-colours.ts'

export interface UniversesFigureInput {
  observables: readonly ObservableBins[]
  sm: ArrayLike<number> // [bins], pb per bin
  spectra: ArrayLike<number> // [universes, bins], pb per bin
  /** Index into universeClasses, per universe. */
  family: ArrayLike<number>
  /** Panels side by side; one below the other where there is one. */
  columns: 1 | 2
  theme: FigureTheme
}

/** Ratios are drawn within these bounds, however far the tails of some universes go. */
const ratioBounds = [0, 3] as const

/** Space between panels, of the paper. */
const gaps = { columns: 0.13, rows: 0.12, ratio: 0.015 }
const ratioShare = 0.34

/**
 * Spectra of many universes over the Standard Model with their ratios, as in Fig. 5 of arXiv:2512.15862: one line a
 * universe, in the colour of its family; the Standard Model black.
 */
export function universesFigure(input: UniversesFigureInput): PlotlyFigureSpec {
  const { observables, theme } = input
  const panels = observables.map((observable, place) => panelOf(input, observable, place))
  return {
    data: panels.flatMap(({ data }) => data),
    layout: frameLayout(theme, {
      margin: { l: 58, r: 12, t: 8, b: 42, pad: 0 },
      hovermode: false,
      showlegend: true,
      legend: {
        orientation: 'h',
        x: 0,
        y: 1.01,
        yanchor: 'bottom',
        itemclick: false,
        itemdoubleclick: false,
        font: { size: 12 },
      },
      ...Object.assign({}, ...panels.map(({ axes }) => axes)),
      annotations: panels.flatMap(({ annotations }) => annotations),
      shapes: panels.map(({ shape }) => shape),
    }),
  }
}

interface Panel {
  data: PlotlyJson[]
  axes: Record<string, PlotlyJson>
  annotations: PlotlyJson[]
  shape: PlotlyJson
}

function panelOf(input: UniversesFigureInput, observable: ObservableBins, place: number): Panel {
  const { observables, sm, spectra, family, theme } = input
  const { edges, name } = observable
  const { markup, axis = markup, height = `d<i>σ</i>/d${markup}` } = observableLabels[name]
  const start = observables.slice(0, place).reduce((sum, other) => sum + other.edges.length - 1, 0)
  const bins = edges.length - 1
  const total = sm.length
  const universes = family.length
  /** Numbers of the axes of both parts, of x and of y. */
  const [main, ratio] = [2 * place + 1, 2 * place + 2]
  const { domain, column } = placeOf(observables.length, place, input.columns)

  /** dsigma/dx in pb/GeV, or the ratio to the SM; where a logarithm has no place for it, nothing. */
  const density = (value: number, b: number) => (value > 0 ? value / (edges[b + 1] - edges[b]) : Number.NaN)
  const ratioOf = (value: number, b: number) => value / sm[start + b]

  const data: PlotlyJson[] = []
  let [low, high] = [Infinity, 0]
  for (let b = 0; b < bins; b++) {
    const value = density(sm[start + b], b)
    low = Math.min(low, value / 3)
    high = Math.max(high, value * 3)
  }
  for (const upper of [true, false])
    universeClasses.forEach((_, k) => {
      const xs: (number | null)[] = []
      const ys: (number | null)[] = []
      for (let u = 0; u < universes; u++) {
        if (family[u] !== k) continue
        for (let b = 0; b < bins; b++) {
          const value = spectra[u * total + start + b]
          const y = upper ? density(value, b) : ratioOf(value, b)
          xs.push(edges[b], edges[b + 1])
          ys.push(...(Number.isFinite(y) ? [round(y), round(y)] : [null, null]))
        }
        xs.push(null)
        ys.push(null)
      }
      if (xs.length === 0) return
      data.push({
        type: 'scatter',
        mode: 'lines',
        x: xs,
        y: ys,
        ...axesOf(upper ? main : ratio),
        line: { color: familyColours[k], width: 0.9 },
        opacity: 0.75,
        hoverinfo: 'skip',
        name: familyLabels[universeClasses[k]],
        legendgroup: universeClasses[k],
        showlegend: upper && place === 0,
      })
    })
  data.push({
    type: 'scatter',
    mode: 'lines',
    x: edges.slice(0, -1).flatMap((edge, b) => [edge, edges[b + 1]]),
    y: edges.slice(0, -1).flatMap((_, b) => Array(2).fill(round(density(sm[start + b], b)))),
    ...axesOf(main),
    line: { color: theme.ink, width: 1.6 },
    hoverinfo: 'skip',
    name: 'Standard Model',
    legendgroup: 'sm',
    showlegend: place === 0,
  })

  const [bottom, top] = domain
  const parting = bottom + ratioShare * (top - bottom)
  const bounds: [number, number] = [edges[0], edges[bins]]
  const xAxis = {
    type: 'log',
    range: bounds.map(Math.log10),
    domain: column,
    ...ticksOf(theme, plainLogTicks(bounds, 5)),
  }
  return {
    data,
    axes: {
      [axisKey('x', main)]: frameAxis(theme, {
        ...xAxis,
        anchor: axisName('y', main),
        showticklabels: false,
      }),
      [axisKey('x', ratio)]: frameAxis(theme, { ...xAxis, anchor: axisName('y', ratio) }),
      [axisKey('y', main)]: frameAxis(theme, {
        type: 'log',
        range: [low, high].map(Math.log10),
        domain: [parting + gaps.ratio / 2, top],
        anchor: axisName('x', main),
        ...ticksOf(theme, decadeTicks([low, high], 5)),
      }),
      [axisKey('y', ratio)]: frameAxis(theme, {
        range: [...ratioBounds],
        domain: [bottom, parting - gaps.ratio / 2],
        anchor: axisName('x', ratio),
        tickvals: [0, 1, 2],
      }),
    },
    annotations: [
      note(theme, `${axis} [GeV]`, {
        ...{ x: column[1], xanchor: 'right', y: bottom, yanchor: 'top', yshift: -20 },
      }),
      note(theme, `${height} [pb/GeV]`, {
        ...{ x: column[0], xanchor: 'right', y: top, yanchor: 'top', textangle: -90, xshift: -40 },
      }),
      note(theme, '/ SM', {
        ...{
          x: column[0],
          xanchor: 'right',
          y: parting,
          yanchor: 'top',
          textangle: -90,
          xshift: -40,
          yshift: -8,
        },
      }),
    ],
    shape: {
      type: 'line',
      xref: axisName('x', ratio),
      yref: axisName('y', ratio),
      ...{ x0: bounds[0], x1: bounds[1], y0: 1, y1: 1 },
      line: { color: theme.ink, width: 1.2 },
    },
  }
}

/** Where on the paper the panel of an observable stands. */
function placeOf(count: number, place: number, columns: 1 | 2): { domain: number[]; column: number[] } {
  if (count === 1) return { domain: [0, 1], column: [0, 1] }
  if (columns === 2) {
    const width = (1 - gaps.columns) / 2
    const left = place * (width + gaps.columns)
    return { domain: [0, 1], column: [left, left + width] }
  }
  const height = (1 - gaps.rows) / 2
  const bottom = (1 - place) * (height + gaps.rows)
  return { domain: [bottom, bottom + height], column: [0, 1] }
}

const axesOf = (number: number) => ({ xaxis: axisName('x', number), yaxis: axisName('y', number) })

function ticksOf(theme: FigureTheme, { tickvals, ticktext, minor }: AxisTicks): PlotlyJson {
  const small = { ticks: 'inside', ticklen: 3, tickcolor: theme.ink, showgrid: false }
  return { tickmode: 'array', tickvals, ticktext, minor: { ...small, tickmode: 'array', tickvals: minor } }
}

/** Five digits: more than a line shows, and a file of a third the size. */
const round = (value: number): number => Number(value.toPrecision(5))

/** How many universes leave the ratio panel, and what the picture says in words. */
export function universesSummary(input: UniversesFigureInput, of: number): string {
  const { sm, spectra, family } = input
  const total = sm.length
  let beyond = 0
  for (let u = 0; u < family.length; u++) {
    let leaves = false
    for (let b = 0; b < total; b++) {
      const ratio = spectra[u * total + b] / sm[b]
      leaves ||= ratio < ratioBounds[0] || ratio > ratioBounds[1]
    }
    if (leaves) beyond++
  }
  const which = family.length === of ? `All ${of} universes` : `The first ${family.length} of ${of} universes`
  const told = beyond === 0 ? 'All stay within' : `${beyond} of them leave`
  return `${which}, each a line over the Standard Model. ${told} the ratio’s frame, ${ratioBounds[0]} to ${ratioBounds[1]}.`
}
