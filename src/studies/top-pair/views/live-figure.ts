import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { formatCount } from '../../../ui/common/format.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'
import { endTitles, frameAxis, frameLayout } from '../../../ui/plots/plot-frame.ts'
import { axisTitle } from './parameter-label.ts'

export interface LivePoints {
  names: readonly string[]
  theta: Float64Array // [n, d]
  logL: Float64Array // [n]
}

/** Points that are drawn at most: the picture changes twice a second, and the page must answer in between. */
export const drawnLivePoints = 500

/** "500 of 5,000 live points": nothing is left out silently. */
export function livePointsText(points: number): string {
  const stride = Math.max(1, Math.ceil(points / drawnLivePoints))
  const drawn = Math.ceil(points / stride)
  return drawn < points
    ? `${formatCount(drawn)} of ${formatCount(points)} live points`
    : `${formatCount(points)} live points`
}

/** Live points of a nested run in the box of the prior: the first two parameters, or the first against ln L. */
export function liveFigure(
  { names, theta, logL }: LivePoints,
  halfWidth: number,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const d = names.length
  const stride = Math.max(1, Math.ceil(logL.length / drawnLivePoints))
  const drawn = Array.from({ length: Math.ceil(logL.length / stride) }, (_, i) => i * stride)
  const column = (k: number) => drawn.map((i) => theta[i * d + k])
  const heights = drawn.map((i) => logL[i])
  const one = d === 1
  const trace: PlotlyJson = {
    x: column(0),
    y: one ? heights : column(1),
    mode: 'markers',
    marker: { size: 4, color: heights, colorscale: 'Viridis', opacity: 0.8 },
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
