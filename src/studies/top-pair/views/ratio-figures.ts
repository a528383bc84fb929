import type { RatioDiagnostics } from '../analysis/fit/fit-jobs.ts'
import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { classColours } from '../../../ui/plots/palettes.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'
import { axisKey, axisName, endTitles, frameAxis, frameLayout, note } from '../../../ui/plots/plot-frame.ts'

type Parton = NonNullable<RatioDiagnostics['parton']>['ratios']

export interface HeatCells {
  x: number[] // edges [GeV], evenly spaced in the logarithm
  y: number[] // edges
  /** SM-weighted means per cell, rows of y; null without points. */
  learned: (number | null)[][]
  exact: (number | null)[][]
}

/** A cell with a smaller share of the SM's rate is left empty: no network sees events there. */
const leastShare = 1e-5

/** Means of the ratios over cells of the plane, with SM weights, where the SM has all but 0.1 % of its rate. */
export function heatCells({ mtt, y, smWeight, learned, exact }: Parton, columns = 22, rows = 21): HeatCells {
  const order = Array.from(mtt.keys()).sort((a, b) => mtt[a] - mtt[b])
  const total = smWeight.reduce((sum, w) => sum + w, 0)
  let sum = 0
  let last = order[0]
  for (const i of order) {
    sum += smWeight[i]
    last = i
    if (sum > 0.999 * total) break
  }
  const low = Math.log(mtt[order[0]])
  const high = Math.log(mtt[last])
  let yMax = 0
  for (let i = 0; i < y.length; i++)
    if (smWeight[i] > 1e-6 * total && Math.abs(y[i]) > yMax) yMax = Math.abs(y[i])
  const weight = new Float64Array(columns * rows)
  const sums = [new Float64Array(columns * rows), new Float64Array(columns * rows)]
  for (let i = 0; i < mtt.length; i++) {
    const column = Math.floor(((Math.log(mtt[i]) - low) / (high - low)) * columns)
    const row = Math.floor((y[i] / yMax + 1) * 0.5 * rows)
    if (column < 0 || column >= columns || row < 0 || row >= rows) continue
    const at = row * columns + column
    weight[at] += smWeight[i]
    sums[0][at] += smWeight[i] * learned[i]
    sums[1][at] += smWeight[i] * exact[i]
  }
  const table = (values: Float64Array) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const at = row * columns + column
        return weight[at] > leastShare * total ? values[at] / weight[at] : null
      }),
    )
  return {
    x: Array.from({ length: columns + 1 }, (_, k) => Math.exp(low + ((high - low) * k) / columns)),
    y: Array.from({ length: rows + 1 }, (_, k) => yMax * ((2 * k) / rows - 1)),
    learned: table(sums[0]),
    exact: table(sums[1]),
  }
}

/** Learned, exact, and learned over exact, side by side over (m_tt, y_tt). */
export function heatFigure(parton: Parton, theme: FigureTheme): PlotlyFigureSpec {
  const cells = heatCells(parton)
  const finite = [...cells.learned, ...cells.exact].flat().filter((value) => value !== null)
  const [low, high] = [Math.min(...finite), Math.max(...finite)]
  const quotient = cells.learned.map((row, j) =>
    row.map((value, i) => {
      const exact = cells.exact[j][i]
      return value === null || !exact ? null : value / exact
    }),
  )
  const spread = Math.min(
    0.5,
    Math.max(0.02, ...quotient.flat().map((value) => (value === null ? 0 : Math.abs(value - 1)))),
  )
  const width = 0.27
  const lefts = [0, 0.3, 0.68]
  const maps = [
    { title: 'learned', z: cells.learned, zmin: low, zmax: high, colorscale: 'Viridis' },
    { title: 'exact', z: cells.exact, zmin: low, zmax: high, colorscale: 'Viridis' },
    { title: 'learned / exact', z: quotient, zmin: 1 - spread, zmax: 1 + spread, colorscale: 'RdBu' },
  ]
  const ticks = gevTicks(cells.x[0], cells.x[cells.x.length - 1])
  const axes: PlotlyJson = {}
  const data = maps.map(({ title, ...map }, k): PlotlyJson => {
    const [x, y] = [axisName('x', k + 1), axisName('y', k + 1)]
    axes[axisKey('x', k + 1)] = frameAxis(theme, {
      anchor: y,
      domain: [lefts[k], lefts[k] + width],
      range: [Math.log10(cells.x[0]), Math.log10(cells.x[cells.x.length - 1])],
      type: 'log',
      tickmode: 'array',
      tickvals: ticks,
      ticktext: ticks.map(String),
      tickfont: { size: 10 },
    })
    axes[axisKey('y', k + 1)] = frameAxis(theme, {
      anchor: x,
      domain: [0, 0.9],
      range: [cells.y[0], cells.y[cells.y.length - 1]],
      nticks: 6,
      showticklabels: k === 0,
    })
    const bar =
      k === 0 ? { showscale: false } : { showscale: true, colorbar: colourBar(theme, lefts[k] + width) }
    return {
      type: 'heatmap',
      name: title,
      ...map,
      ...bar,
      x: cells.x,
      y: cells.y,
      xaxis: x,
      yaxis: y,
      hovertemplate: `m_tt %{x:.0f} GeV, y %{y:.2f}: %{z:.4g}<extra>${title}</extra>`,
    }
  })
  return {
    data,
    layout: frameLayout(theme, {
      ...axes,
      margin: { l: 46, r: 46, t: 8, b: 42, pad: 0 },
      annotations: [
        ...maps.map(({ title }, k) =>
          note(theme, title, { x: lefts[k], xanchor: 'left', y: 0.92, yanchor: 'bottom' }),
        ),
        note(theme, '<i>m</i><sub>tt̄</sub> [GeV]', {
          x: 0.95,
          xanchor: 'right',
          y: 0,
          yanchor: 'top',
          yshift: -20,
        }),
        note(theme, '<i>y</i><sub>tt̄</sub>', { x: 0, xanchor: 'right', y: 0.9, yanchor: 'top', xshift: -26 }),
      ],
    }),
  }
}

function gevTicks(low: number, high: number): number[] {
  const all = [350, 400, 500, 700, 1000, 1500, 2000, 3000, 4000, 6000].filter((v) => v > low && v < high)
  return all.length <= 4 ? all : all.filter((_, k) => k % 2 === 0)
}

function colourBar(theme: FigureTheme, x: number): PlotlyJson {
  return {
    x: x + 0.005,
    xanchor: 'left',
    y: 0,
    yanchor: 'bottom',
    len: 0.9,
    thickness: 8,
    nticks: 5,
    outlinewidth: 0,
    tickfont: { size: 10, color: theme.ink },
  }
}

/** The points of a quadrature that carry all but 0.1 % of the SM's rate: the others weigh nothing, but are many. */
export function weightyPoints({ smWeight, learned, exact }: Pick<Parton, 'smWeight' | 'learned' | 'exact'>): {
  learned: Float64Array
  exact: Float64Array
} {
  const order = Array.from(smWeight.keys()).sort((a, b) => smWeight[b] - smWeight[a])
  let left = 0.999 * smWeight.reduce((sum, w) => sum + w, 0)
  const kept: number[] = []
  for (const i of order) {
    if (left <= 0) break
    kept.push(i)
    left -= smWeight[i]
  }
  return {
    learned: Float64Array.from(kept, (i) => learned[i]),
    exact: Float64Array.from(kept, (i) => exact[i]),
  }
}

/** Learned against exact, event by event, with the spread of replicas; on the diagonal where they agree. */
export function scatterFigure(
  points: { learned: ArrayLike<number>; exact: ArrayLike<number>; spread: ArrayLike<number> | null },
  label: string,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const exact = Array.from(points.exact)
  const learned = Array.from(points.learned)
  const sorted = [...exact, ...learned].sort((a, b) => a - b)
  // A few far events must not squeeze all others into a corner.
  const low = sorted[Math.floor(0.002 * sorted.length)]
  const high = sorted[Math.ceil(0.998 * (sorted.length - 1))]
  const room = 0.05 * (high - low) || 1
  const range = [low - room, high + room]
  const spread = points.spread && Array.from(points.spread)
  const held = (value: number) => Math.min(range[1], Math.max(range[0], value))
  const far = Array.from(exact.keys()).filter(
    (i) => held(exact[i]) !== exact[i] || held(learned[i]) !== learned[i],
  )
  const beyond = `${far.length} beyond the frame`
  return {
    data: [
      {
        x: range,
        y: range,
        mode: 'lines',
        line: { color: theme.inkSoft, width: 1, dash: 'dash' },
        hoverinfo: 'skip',
      },
      {
        x: exact,
        y: learned,
        mode: 'markers',
        marker: { size: 3, color: classColours(6)[0], opacity: 0.5 },
        ...(spread?.some((value) => value > 0) && {
          error_y: { type: 'data', array: spread, thickness: 0.5, width: 0, color: theme.inkSoft },
        }),
        hovertemplate: 'exact %{x:.4g}, learned %{y:.4g}<extra></extra>',
      },
      ...(far.length > 0
        ? [
            {
              name: beyond,
              x: far.map((i) => held(exact[i])),
              y: far.map((i) => held(learned[i])),
              mode: 'markers',
              marker: { size: 7, symbol: 'circle-open', color: theme.bad },
              cliponaxis: false,
              text: far.map((i) => `exact ${exact[i].toPrecision(4)}, learned ${learned[i].toPrecision(4)}`),
              hovertemplate: '%{text}<extra>beyond the frame</extra>',
            },
          ]
        : []),
    ],
    layout: frameLayout(theme, {
      xaxis: frameAxis(theme, { range, nticks: 6 }),
      yaxis: frameAxis(theme, { range, nticks: 6 }),
      annotations: [
        ...endTitles(theme, `exact ${label}`, `learned ${label}`),
        ...(far.length > 0
          ? [
              note(theme, `${beyond}, at its edge`, {
                ...{ x: 0.02, xanchor: 'left', y: 0.98, yanchor: 'top' },
                font: { size: 11, color: theme.bad },
              }),
            ]
          : []),
      ],
    }),
  }
}

/** What the events say where the network says r. */
export function calibrationCurveFigure(
  points: RatioDiagnostics['events']['calibration']['points'],
  theme: FigureTheme,
): PlotlyFigureSpec {
  const all = points.flatMap(({ predicted, observed, error }) => [
    predicted,
    ...[observed - error, observed + error],
  ])
  const low = Math.min(...all)
  const high = Math.max(...all)
  const room = 0.06 * (high - low) || 1
  const range = [low - room, high + room]
  return {
    data: [
      {
        x: range,
        y: range,
        mode: 'lines',
        line: { color: theme.inkSoft, width: 1, dash: 'dash' },
        hoverinfo: 'skip',
      },
      {
        x: points.map(({ predicted }) => predicted),
        y: points.map(({ observed }) => observed),
        error_y: {
          type: 'data',
          array: points.map(({ error }) => error),
          thickness: 1,
          width: 0,
          color: theme.data,
        },
        mode: 'markers',
        marker: { size: 5, color: theme.data },
        hovertemplate: 'learned %{x:.4g}, events %{y:.4g}<extra></extra>',
      },
    ],
    layout: frameLayout(theme, {
      xaxis: frameAxis(theme, { range, nticks: 6 }),
      yaxis: frameAxis(theme, { range, nticks: 6 }),
      annotations: endTitles(theme, 'mean learned ratio', 'ratio of events'),
    }),
  }
}
