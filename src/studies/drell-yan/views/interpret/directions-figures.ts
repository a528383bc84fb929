import { panelsOf, shownValues, withoutRapidity } from '../../analysis/shown-spectrum.ts'
import type { Attribution } from '../../analysis/directions/integrated-gradients.ts'
import type { ObservableBins } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames, operators } from '../../../../physics/smeft/operators.ts'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { formatEdge } from '../../../../ui/common/format.ts'
import { rampColours, type Theme } from '../../../../ui/plots/palettes.ts'
import { frameAxis, frameLayout } from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../ui/plots/plotly.ts'
import { symbolMarkup } from '../../../../ui/common/symbol-parts.ts'
import { observableLabels } from '../spectra/spectrum-input.ts'

export interface BinShare {
  observable: string
  low: number
  high: number
  share: number
}

/** Shares of one latent axis, bin by bin; those of the |y| bins of a mass are added up. */
export function binShares(
  observables: readonly ObservableBins[],
  attribution: Attribution,
  axis: number,
  kind: 'perBin' | 'perWhitened',
): BinShare[] {
  const bins = attribution.perBin.length / attribution.latentDim
  const shares = attribution[kind].subarray(axis * bins, (axis + 1) * bins)
  return withoutRapidity(observables).flatMap((part) =>
    Array.from(shownValues(part, shares), (share, b) => ({
      observable: observableLabels[part.name].text,
      low: part.edges[b],
      high: part.edges[b + 1],
      share,
    })),
  )
}

/** Bars over bin numbers, one panel per observable, sharing the scale of the latent axis. */
export function attributionFigure(
  observables: readonly ObservableBins[],
  shares: readonly BinShare[],
  axisName: string,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const gap = 0.06
  const total = shares.length
  const layout = frameLayout(theme, { margin: { l: 64, r: 8, t: 8, b: 52, pad: 0 }, bargap: 0.1 })
  const data: PlotlyJson[] = []
  let first = 0
  let left = 0
  const panels = panelsOf(observables)
  panels.forEach(({ name, edges }, k) => {
    const bins = edges.length - 1
    const suffix = k === 0 ? '' : String(k + 1)
    const width = ((1 - gap * (panels.length - 1)) * bins) / total
    const part = shares.slice(first, first + bins)
    const step = Math.max(1, Math.ceil(bins / 4))
    const ticks = part.map((_, b) => b).filter((b) => b % step === 0)
    // Bins are counted, so there is nothing between two of them.
    const frame = frameAxis(theme, { ticklen: 5, minor: {} })
    layout[`xaxis${suffix}`] = {
      ...frame,
      domain: [left, left + width],
      anchor: `y${suffix}`,
      range: [-0.6, bins - 0.4],
      tickmode: 'array',
      tickvals: ticks,
      ticktext: ticks.map((b) => formatEdge(edges[b])),
      title: { text: `${observableLabels[name].markup} bin, low edge [GeV]`, standoff: 6 },
    }
    layout[`yaxis${suffix}`] = {
      ...frame,
      domain: [0, 1],
      anchor: `x${suffix}`,
      zeroline: true,
      zerolinecolor: theme.line,
      ...(k > 0 && { matches: 'y', showticklabels: false }),
      ...(k === 0 && { title: { text: `share of Δ${axisName}`, standoff: 4 } }),
    }
    data.push({
      type: 'bar',
      x: part.map((_, b) => b),
      y: part.map(({ share }) => share),
      text: part.map(({ low, high }) => `${formatEdge(low)}–${formatEdge(high)} GeV`),
      textposition: 'none',
      hovertemplate: '%{text}<br>%{y:.3g}<extra></extra>',
      marker: { color: part.map(({ share }) => (share < 0 ? theme.accent : theme.bad)) },
      xaxis: `x${suffix}`,
      yaxis: `y${suffix}`,
    })
    first += bins
    left += width + gap
  })
  return { data, layout }
}

/** Correlation of latent axes with coefficients. */
export function correlationFigure(
  correlations: Float64Array, // [d, 17]
  theme: FigureTheme,
  ground: Theme,
): PlotlyFigureSpec {
  const n = operatorNames.length
  const d = correlations.length / n
  const table = rampColours('diverging', ground)
  const z = Array.from({ length: d }, (_, k) => Array.from(correlations.subarray(k * n, (k + 1) * n)))
  return {
    data: [
      {
        type: 'heatmap',
        z,
        zmin: -1,
        zmax: 1,
        xgap: 1,
        ygap: 1,
        x: operators.map((_, o) => o),
        y: z.map((_, k) => k),
        text: z.map((row, k) => row.map((_, o) => `z${k + 1}, ${operatorNames[o]}`)),
        hovertemplate: '%{text}<br>correlation %{z:.3f}<extra></extra>',
        colorscale: Array.from({ length: 17 }, (_, k) => {
          const i = 3 * Math.min(255, k * 16)
          return [k / 16, `rgb(${table[i]}, ${table[i + 1]}, ${table[i + 2]})`]
        }),
        colorbar: { thickness: 10, outlinewidth: 0, tickfont: { size: 11, color: theme.ink } },
      },
    ],
    layout: frameLayout(theme, {
      margin: { l: 40, r: 8, t: 8, b: 64, pad: 0 },
      xaxis: {
        tickmode: 'array',
        tickvals: operators.map((_, o) => o),
        ticktext: operators.map(({ symbol }) => symbolMarkup(symbol)),
        tickangle: -60,
        fixedrange: true,
        showgrid: false,
        zeroline: false,
      },
      yaxis: {
        tickmode: 'array',
        tickvals: z.map((_, k) => k),
        ticktext: z.map((_, k) => `z<sub>${k + 1}</sub>`),
        autorange: 'reversed',
        fixedrange: true,
        showgrid: false,
        zeroline: false,
      },
    }),
  }
}

/** The strongest entry of each latent axis, in words. */
export function correlationSummary(correlations: Float64Array): string {
  const n = operatorNames.length
  const d = correlations.length / n
  return Array.from({ length: d }, (_, k) => {
    const row = Array.from(correlations.subarray(k * n, (k + 1) * n))
    const best = row.reduce((most, value, o) => (Math.abs(value) > Math.abs(row[most]) ? o : most), 0)
    return `z${k + 1} goes most with ${operatorNames[best]} (${row[best].toFixed(2).replace('-', '−')})`
  }).join('; ')
}
