import type { FigureTheme } from '../common/figure-theme.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../common/plotly.ts'
import { endTitles, frameAxis, frameLayout } from '../common/plot-frame.ts'
import { axisTitle } from './parameter-label.ts'

export interface LivePoints {
  names: readonly string[]
  theta: Float64Array // [n, d]
  logL: Float64Array // [n]
}

/** Live points of a nested run in the box of the prior: the first two parameters, or the first against ln L. */
export function liveFigure(
  { names, theta, logL }: LivePoints,
  halfWidth: number,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const d = names.length
  const column = (k: number) => Array.from(logL, (_, i) => theta[i * d + k])
  const one = d === 1
  const trace: PlotlyJson = {
    x: column(0),
    y: one ? Array.from(logL) : column(1),
    mode: 'markers',
    marker: { size: 4, color: Array.from(logL), colorscale: 'Viridis', opacity: 0.8 },
    hoverinfo: 'skip',
  }
  const box = [-halfWidth, halfWidth]
  return {
    data: [trace],
    layout: frameLayout(theme, {
      xaxis: frameAxis(theme, { range: box, nticks: 6 }),
      yaxis: frameAxis(theme, one ? { nticks: 6 } : { range: box, nticks: 6 }),
      annotations: endTitles(theme, axisTitle(names[0]), one ? 'ln <i>L</i>' : axisTitle(names[1])),
    }),
  }
}
