import { poissonInterval } from '../analysis/fit/counting.ts'
import type { FitData } from '../analysis/fit/fit-jobs.ts'
import { coefficientMonomials } from '../../../physics/top-pair/polynomial.ts'
import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { formatCount, formatNumber, formatPercent } from '../../../ui/common/format.ts'
import { arrowTrace, outside } from '../../../ui/plots/beyond-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'
import { decadeTicks, plainLogTicks } from '../../../ui/plots/log-ticks.ts'
import { cornerLegend, frameAxis, frameLayout, note, withAlpha } from '../../../ui/plots/plot-frame.ts'
import { axisText, plainSymbol } from './observable-symbols.ts'

type Data = Pick<FitData, 'binned' | 'counts' | 'templates' | 'templateCovariances' | 'terms'>

/** A prediction drawn over the data. */
export interface DataCurve {
  name: string
  colour: string
  dash: string
  values: Float64Array // [bins], events
}

export interface DataFigureInput {
  data: Data
  curves: readonly DataCurve[]
  theme: FigureTheme
  /** Lines in a corner. */
  facts: readonly string[]
}

/** Expected events per bin at coefficients c [TeV^-2]. */
export function predictedCounts({ templates, terms, counts }: Data, c: ArrayLike<number>): Float64Array {
  const monomials = coefficientMonomials(c)
  return Float64Array.from(counts, (_, bin) => {
    let sum = 0
    for (let t = 0; t < terms.length; t++) sum += templates[bin * terms.length + t] * monomials[t]
    return sum
  })
}

export interface DataRow {
  low: number
  high: number
  observed: number
  errorLow: number
  errorHigh: number
  sm: number
  curves: number[]
}

export function dataRows({ data, curves }: Pick<DataFigureInput, 'data' | 'curves'>): DataRow[] {
  const { edges } = data.binned
  const sm = predictedCounts(data, standardModel(data))
  return Array.from(data.counts, (observed, bin) => {
    const [low, high] = poissonInterval(observed)
    return {
      ...{ low: edges[bin], high: edges[bin + 1], observed, sm: sm[bin] },
      ...{ errorLow: observed - low, errorHigh: high - observed },
      curves: curves.map(({ values }) => values[bin]),
    }
  })
}

/** Zeros for as many coefficients as the terms name. */
function standardModel({ terms }: Pick<Data, 'terms'>): Float64Array {
  return new Float64Array(terms.filter((term) => /^[A-Za-z]\w*$/.test(term)).length)
}

/** Counts with Garwood errors over the predictions, content divided by bin width; below, all relative to the SM. */
export function dataFigure(input: DataFigureInput): PlotlyFigureSpec {
  const { data, curves, theme, facts } = input
  const { edges, observable, unit } = data.binned
  const rows = dataRows(input)
  const logX = unit === 'GeV' && edges[0] > 0 && edges[edges.length - 1] > 12 * edges[0]
  const centres = rows.map(({ low, high }) => (logX ? Math.sqrt(low * high) : 0.5 * (low + high)))
  const width = rows.map(({ low, high }) => high - low)
  const perWidth = (values: number[]) => values.map((value, k) => value / width[k])
  const relative = (values: number[]) => values.map((value, k) => value / rows[k].sm)
  const observed = rows.map((row) => row.observed)
  const sm = rows.map((row) => row.sm)
  const lower = rows.map((row) => row.errorLow)
  const upper = rows.map((row) => row.errorHigh)
  const steps = (values: number[], extra: PlotlyJson): PlotlyJson => ({
    x: [...edges],
    y: [...values, values[values.length - 1]],
    mode: 'lines',
    hoverinfo: 'skip',
    ...extra,
    line: { shape: 'hv', width: 1.75, ...(extra.line as PlotlyJson) },
  })
  const points = (scale: (values: number[]) => number[], extra: PlotlyJson): PlotlyJson => ({
    name: 'observed',
    x: centres,
    y: scale(observed),
    mode: 'markers',
    marker: { size: 6, color: theme.data },
    error_y: {
      type: 'data',
      symmetric: false,
      array: scale(upper),
      arrayminus: scale(lower),
      color: theme.data,
      thickness: 1.25,
      width: 0,
    },
    hovertemplate: '%{y:.4g}<extra>observed</extra>',
    ...extra,
  })
  const lowerPanel = { xaxis: 'x2', yaxis: 'y2', showlegend: false }
  const band = smBand(data, rows)
  const ratios = relative(observed).flatMap((value, k) => [
    value - lower[k] / sm[k],
    value + upper[k] / sm[k],
  ])
  const all = [...ratios, ...curves.flatMap(({ values }) => relative(Array.from(values)))]
  const reach = Math.min(1, Math.max(0.05, 1.15 * Math.max(...all.map((value) => Math.abs(value - 1)))))
  const scale = countScale([...perWidth(sm), ...perWidth(observed)].filter((value) => value > 0))
  const falls = scale.type === 'log'
  const beyond = (values: number[], range: [number, number], kind: 'log' | 'linear', extra: PlotlyJson) => {
    const cut = outside(values, range, kind)
    const name = 'observed: beyond the frame'
    return cut.length > 0 ? [{ ...arrowTrace(cut, centres, theme.data), ...extra, name }] : []
  }
  const traces: PlotlyJson[] = [
    steps(perWidth(sm), { name: 'SM', line: { color: theme.inkSoft } }),
    ...curves.map(({ name, colour, dash, values }) =>
      steps(perWidth(Array.from(values)), { name, line: { color: colour, dash } }),
    ),
    points(perWidth, {}),
    {
      ...lowerPanel,
      x: [...bandX(edges), ...bandX(edges).reverse()],
      y: [...band.flatMap((e) => [1 + e, 1 + e]), ...band.flatMap((e) => [1 - e, 1 - e]).reverse()],
      mode: 'lines',
      line: { width: 0 },
      fill: 'toself',
      fillcolor: withAlpha('#808080', 0.25),
      hoverinfo: 'skip',
    },
    steps(
      sm.map(() => 1),
      { ...lowerPanel, line: { color: theme.inkSoft } },
    ),
    ...curves.map(({ colour, dash, values }) =>
      steps(relative(Array.from(values)), { ...lowerPanel, line: { color: colour, dash } }),
    ),
    points(relative, lowerPanel),
    ...(falls ? beyond(perWidth(observed), scale.bounds, 'log', {}) : []),
    ...beyond(relative(observed), [1 - reach, 1 + reach], 'linear', lowerPanel),
  ]
  const xTicks = logX ? plainLogTicks([edges[0], edges[edges.length - 1]], 6) : null
  const x: PlotlyJson = xTicks
    ? {
        type: 'log',
        range: [Math.log10(edges[0]), Math.log10(edges[edges.length - 1])],
        tickmode: 'array',
        tickvals: xTicks.tickvals,
        ticktext: xTicks.ticktext,
        minor: { ticks: 'inside', ticklen: 3, tickmode: 'array', tickvals: xTicks.minor },
      }
    : { range: [edges[0], edges[edges.length - 1]], nticks: 7 }
  return {
    data: traces,
    layout: frameLayout(theme, {
      showlegend: true,
      // Falling spectra leave the lower left free.
      legend: cornerLegend(
        falls ? { x: 0.02, xanchor: 'left', y: 0.37, yanchor: 'bottom', font: { size: 11 } } : { y: 1 },
      ),
      xaxis: frameAxis(theme, { ...x, anchor: 'y', showticklabels: false }),
      xaxis2: frameAxis(theme, { ...x, anchor: 'y2' }),
      yaxis: frameAxis(theme, { anchor: 'x', domain: [0.36, 1], ...scale.axis }),
      yaxis2: frameAxis(theme, {
        anchor: 'x2',
        domain: [0, 0.31],
        range: [1 - reach, 1 + reach],
        tickmode: 'array',
        ...ratioTicks(reach),
      }),
      annotations: [
        note(theme, axisText(observable, unit), {
          ...{ x: 1, xanchor: 'right', y: 0, yanchor: 'top', yshift: -22 },
        }),
        note(theme, unit === '1' ? 'events / unit' : `events / ${unit}`, {
          ...{ x: 0, xanchor: 'right', y: 1, yanchor: 'top', textangle: -90, xshift: -42 },
        }),
        note(theme, 'ratio to SM', {
          ...{ x: 0, xanchor: 'right', y: 0.31, yanchor: 'top', textangle: -90, xshift: -42 },
        }),
        note(theme, facts.join('<br>'), {
          ...(falls
            ? { x: 0.97, xanchor: 'right', y: 0.98, yanchor: 'top', align: 'right' }
            : { x: 0.03, xanchor: 'left', y: 0.39, yanchor: 'bottom', align: 'left' }),
          font: { size: 11, color: theme.inkSoft },
        }),
      ],
    }),
  }
}

/** Five ticks about one. */
function ratioTicks(reach: number): PlotlyJson {
  const step = [0.02, 0.05, 0.1, 0.2, 0.5].find((width) => 2.3 * width >= reach) ?? 0.5
  const tickvals = [-2, -1, 0, 1, 2].map((k) => 1 + k * step).filter((at) => Math.abs(at - 1) <= reach)
  return { tickvals, ticktext: tickvals.map((at) => String(Number(at.toFixed(2)))), minor: { ticks: '' } }
}

/** Relative error of the SM prediction by its own simulation. */
function smBand({ templateCovariances, terms }: Data, rows: readonly DataRow[]): number[] {
  const size = terms.length * terms.length
  return rows.map(({ sm }, bin) => Math.sqrt(Math.max(0, templateCovariances[bin * size])) / sm)
}

function bandX(edges: readonly number[]): number[] {
  return edges.slice(0, -1).flatMap((low, k) => [low, edges[k + 1]])
}

/** The axis of densities and what it holds: logarithmic where the spectrum falls far. */
function countScale(values: number[]): {
  type: 'log' | 'linear'
  bounds: [number, number]
  axis: PlotlyJson
} {
  const low = Math.min(...values)
  const high = Math.max(...values)
  if (!(high > 20 * low)) {
    const bounds: [number, number] = [0, 1.7 * high]
    return { type: 'linear', bounds, axis: { range: bounds, nticks: 6 } }
  }
  const bounds: [number, number] = [low / 2, high * 4]
  const { tickvals, ticktext, minor } = decadeTicks(bounds, 6)
  return {
    type: 'log',
    bounds,
    axis: {
      type: 'log',
      range: bounds.map(Math.log10),
      tickmode: 'array',
      tickvals,
      ticktext,
      minor: { ticks: 'inside', ticklen: 3, tickmode: 'array', tickvals: minor },
    },
  }
}

/** What the figure says, in words. */
export function dataSummary(data: Data, events: number): string {
  const sm = predictedCounts(data, standardModel(data))
  let far = 0
  const pull = (bin: number) => (data.counts[bin] - sm[bin]) / Math.sqrt(sm[bin])
  for (let bin = 1; bin < sm.length; bin++) if (Math.abs(pull(bin)) > Math.abs(pull(far))) far = bin
  const { edges, observable, unit } = data.binned
  const between = `${formatNumber(edges[far], 3)} to ${formatNumber(edges[far + 1], 3)}${unit === '1' ? '' : ` ${unit}`}`
  const total = sm.reduce((sum, value) => sum + value, 0)
  return (
    `${formatCount(events)} events in ${sm.length} bins of ${plainSymbol(observable)}, SM prediction ${formatCount(total)}, content divided by bin width. ` +
    `Furthest from the SM at ${between}: ${formatPercent(data.counts[far] / sm[far] - 1)}, ${formatNumber(pull(far), 2)} standard deviations. Errors are Garwood's 68.3 %.`
  )
}
