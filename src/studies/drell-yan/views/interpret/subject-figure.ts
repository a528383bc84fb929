import type { ObservableBins } from '../../../../physics/drell-yan/spectrum-templates.ts'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { arrowTrace, outside } from '../../../../ui/plots/beyond-frame.ts'
import { petroff6 } from '../../../../ui/plots/palettes.ts'
import { frameAxis, frameLayout } from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../ui/plots/plotly.ts'
import { withAlpha } from '../../../../ui/plots/plot-frame.ts'
import { plainLogTicks } from '../../../../ui/plots/log-ticks.ts'
import { ratioRange } from '../spectra/axes.ts'
import { binText } from '../spectra/agreement-text.ts'
import { observableLabels } from '../spectra/spectrum-input.ts'

export interface RatioFigureInput {
  observables: readonly ObservableBins[]
  /** Ratio of the spectrum to the SM, observables one after the other. */
  ratio: ArrayLike<number> // [bins]
  /** Relative half width of the grey band. */
  sigma: ArrayLike<number> // [bins]
  /** What the band is: "total uncertainty" */
  band: string
  title: string
  theme: FigureTheme
}

const gap = 0.05

/** All observables of one spectrum as ratio to the SM, side by side, over the noise of the dataset. */
export function ratioFigure(input: RatioFigureInput): PlotlyFigureSpec {
  const { observables, theme, title, band: bandName } = input
  const ratio = Array.from(input.ratio)
  const sigma = Array.from(input.sigma)
  const panels = observables.length
  const width = (1 - gap * (panels - 1)) / panels
  const data: PlotlyJson[] = []
  const frame = frameAxis(theme, { ticklen: 5 })
  // Where the noise is above 30 % a point says little, and would squeeze everything else flat.
  const range = ratioRange([
    ...ratio.filter((_, b) => sigma[b] < 0.3),
    ...sigma.filter((value) => value < 0.1).map((value) => 1 + value),
  ])
  const layout = frameLayout(theme, {
    margin: { l: 52, r: 8, t: 8, b: 38, pad: 0 },
    font: { family: theme.font, size: 11, color: theme.ink },
    shapes: [],
    annotations: [
      {
        text: 'ratio to SM',
        showarrow: false,
        xref: 'paper',
        yref: 'paper',
        x: 0,
        y: 1,
        xshift: -52,
        textangle: -90,
        xanchor: 'left',
        yanchor: 'top',
      },
    ],
  })
  let start = 0
  observables.forEach(({ name, edges }, k) => {
    const suffix = k === 0 ? '' : String(k + 1)
    const end = start + edges.length - 1
    const x = edges.slice(0, -1).flatMap((low, b) => [low, edges[b + 1]])
    const twice = (values: number[]) => values.slice(start, end).flatMap((value) => [value, value])
    const band = twice(sigma)
    const axes = { xaxis: `x${suffix}`, yaxis: `y${suffix}` }
    data.push(
      {
        ...axes,
        name: bandName,
        mode: 'lines',
        x: [...x, ...x.slice().reverse()],
        y: [...band.map((s) => 1 + s), ...band.map((s) => 1 - s).reverse()],
        fill: 'toself',
        fillcolor: withAlpha(theme.inkSoft, 0.24),
        line: { width: 0 },
        hoverinfo: 'skip',
      },
      {
        ...axes,
        name: title,
        mode: 'lines',
        x,
        y: twice(ratio),
        line: { color: petroff6[2], width: 2 },
        hovertemplate: '%{x} GeV: %{y:.4g}<extra></extra>',
      },
    )
    const cut = outside(ratio.slice(start, end), range, 'linear')
    if (cut.length > 0) {
      const centres = edges.slice(0, -1).map((low, b) => Math.sqrt(low * edges[b + 1]))
      data.push({ ...axes, ...arrowTrace(cut, centres, petroff6[2]), name: `${title}: beyond the frame` })
    }
    const from = k * (width + gap)
    layout[`xaxis${suffix}`] = {
      ...frame,
      anchor: `y${suffix}`,
      domain: [from, from + width],
      type: 'log',
      range: [Math.log10(edges[0]), Math.log10(edges[edges.length - 1])],
      ...ticksOf([edges[0], edges[edges.length - 1]], panels),
    }
    layout[`yaxis${suffix}`] = {
      ...frame,
      anchor: `x${suffix}`,
      range,
      nticks: 5,
      showticklabels: k === 0,
    }
    ;(layout.annotations as PlotlyJson[]).push({
      text: `${observableLabels[name].markup} [GeV]`,
      showarrow: false,
      xref: 'paper',
      yref: 'paper',
      x: from + width,
      y: 0,
      yshift: -36,
      xanchor: 'right',
      yanchor: 'bottom',
    })
    ;(layout.shapes as PlotlyJson[]).push({
      type: 'line',
      layer: 'below',
      xref: `x${suffix} domain`,
      yref: `y${suffix}`,
      x0: 0,
      x1: 1,
      y0: 1,
      y1: 1,
      line: { color: theme.inkSoft, width: 1, dash: 'dot' },
    })
    start = end
  })
  return { data, layout }
}

function ticksOf(range: [number, number], panels: number): PlotlyJson {
  const { tickvals, ticktext, minor } = plainLogTicks(range, panels > 1 ? 4 : 6)
  // A number at the very end would touch the first one of the next panel.
  if (panels > 1 && tickvals[tickvals.length - 1] > 0.9 * range[1]) ticktext[ticktext.length - 1] = ''
  return {
    tickmode: 'array',
    tickvals,
    ticktext,
    minor: { ticks: 'inside', ticklen: 3, tickmode: 'array', tickvals: minor },
  }
}

/**
 * The largest departure from the SM and what all bins together say, in two sentences.
 *
 * @param judgement  chi2 of all bins: never left out, or a bin is taken for a significance
 */
export function ratioSummary({
  observables,
  ratio,
  sigma,
  band,
  title,
  judgement,
}: Omit<RatioFigureInput, 'theme'> & { judgement: string }): string {
  let bin = 0
  let most = 0
  for (let b = 0; b < ratio.length; b++) {
    const pull = Math.abs(ratio[b] - 1) / sigma[b]
    if (pull > most) [bin, most] = [b, pull]
  }
  if (most < 1e-9) return `${title} over the Standard Model: equal in every bin.`
  return `${title} over the Standard Model: furthest from 1, in units of the grey band (${band}), at ${binText(observables, bin)}, ratio ${ratio[bin].toPrecision(3)} (${most.toPrecision(2)} of it, that bin alone). ${judgement}`
}
