import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { arrowTrace, outside } from '../../../../ui/plots/beyond-frame.ts'
import { plainLogTicks } from '../../../../ui/plots/log-ticks.ts'
import { cornerLegend, endTitles, frameAxis, frameLayout } from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../ui/plots/plotly.ts'
import type { ComparedSpectra, Spectrum } from '../../state/feature-spectrum.ts'

interface FeatureFigureInput extends ComparedSpectra {
  /** Title of the axis: "MET [GeV]". */
  title: string
  names: { focused: string; reference: string }
  colours: { focused: string; reference: string }
  theme: FigureTheme
}

/** Ratios are shown within this factor at most, and at least within that. */
const [widestRatio, narrowestRatio] = [30, 2]

/** As far as the ratios known to half their value go, the same above and below one. */
function ratioFrame(ratio: ComparedSpectra['ratio']): [number, number] {
  const far = ratio.flatMap((bin) =>
    bin && bin.error < 0.5 * bin.value ? [Math.exp(Math.abs(Math.log(bin.value)))] : [],
  )
  const factor = Math.min(widestRatio, Math.max(narrowestRatio, 1.3 * Math.max(1, ...far)))
  return [1 / factor, factor]
}

/** Shares of two models by one feature, logarithmic, over their ratio; bars are √n. */
export function featureFigure(input: FeatureFigureInput): PlotlyFigureSpec {
  const { edges, focused, reference, ratio, title, names, colours, theme } = input
  const middles = edges.slice(1).map((high, i) => (high + edges[i]) / 2)
  const steps = (name: string, { share, error }: Spectrum, style: PlotlyJson): PlotlyJson => ({
    ...{ name, mode: 'lines', x: middles, y: share.map((value) => (value > 0 ? value : null)) },
    error_y: { array: error, thickness: 1, width: 0, color: style.color },
    line: { shape: 'hvh', width: 1.8, ...style },
    hovertemplate: `${name}: %{y:.3g} at %{x:.4g}<extra></extra>`,
  })
  const ratioRange = ratioFrame(ratio)
  const ratios = ratio.map((bin) => bin?.value ?? NaN)
  const drawn = ratio.map((bin) =>
    bin && bin.value >= ratioRange[0] && bin.value <= ratioRange[1] ? bin : null,
  )
  const ticks = plainLogTicks(ratioRange, 4)
  const shares = [...focused.share, ...reference.share].filter((share) => share > 0)
  const [low, high] = [Math.min(...shares, 1e-3), Math.max(...shares, 1e-2)]
  const range = [edges[0], edges[edges.length - 1]]
  return {
    data: [
      steps(names.reference, reference, { color: colours.reference, dash: 'dash' }),
      steps(names.focused, focused, { color: colours.focused, dash: 'solid' }),
      {
        ...{ name: 'ratio', mode: 'markers', showlegend: false, xaxis: 'x2', yaxis: 'y2' },
        ...{ x: middles, y: drawn.map((bin) => bin?.value ?? null) },
        error_y: { array: drawn.map((bin) => bin?.error ?? 0), thickness: 1, width: 0, color: theme.data },
        marker: { color: theme.data, size: 4 },
        hovertemplate: 'ratio %{y:.3g} at %{x:.4g}<extra></extra>',
      },
      { ...arrowTrace(outside(ratios, ratioRange, 'log'), middles, theme.data), xaxis: 'x2', yaxis: 'y2' },
    ],
    layout: frameLayout(theme, {
      showlegend: true,
      legend: cornerLegend(),
      xaxis: frameAxis(theme, { range, anchor: 'y', showticklabels: false }),
      yaxis: frameAxis(theme, {
        ...{ type: 'log', domain: [0.33, 1], range: [Math.log10(low / 2), Math.log10(high * 12)] },
        ...{ dtick: 1, exponentformat: 'power', anchor: 'x' },
      }),
      xaxis2: frameAxis(theme, { range, anchor: 'y2', nticks: 6 }),
      yaxis2: frameAxis(theme, {
        ...{ type: 'log', range: ratioRange.map(Math.log10), domain: [0, 0.29], anchor: 'x2' },
        ...{ tickmode: 'array', tickvals: ticks.tickvals, ticktext: ticks.ticktext },
        minor: { ticks: 'inside', ticklen: 3, showgrid: false, tickmode: 'array', tickvals: ticks.minor },
      }),
      shapes: [
        {
          ...{ type: 'line', xref: 'x2', yref: 'y2', x0: range[0], x1: range[1], y0: 1, y1: 1 },
          line: { color: theme.inkSoft, width: 1, dash: 'dot' },
        },
      ],
      annotations: [
        ...endTitles(theme, title, 'share of events per bin'),
        {
          ...{ text: 'ratio', xref: 'paper', yref: 'paper', x: 0, xanchor: 'right', y: 0.29, yanchor: 'top' },
          ...{ textangle: -90, xshift: -44, showarrow: false, font: { size: 13, color: theme.ink } },
        },
      ],
    }),
  }
}
