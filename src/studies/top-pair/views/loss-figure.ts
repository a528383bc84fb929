import type { LossLimit } from '../analysis/ratios/loss-limit.ts'
import type { RatioRecord } from '../../../ml/ratio/ratio-checkpoint.ts'
import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { formatNumber, formatWithError } from '../../../ui/common/format.ts'
import { classColours } from '../../../ui/plots/palettes.ts'
import { cornerLegend, endTitles, frameAxis, frameLayout, withAlpha } from '../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'

export interface LossCurve {
  name: string
  history: readonly RatioRecord[]
}

/** Training and validation loss of networks against the epoch, above the lowest loss there is. */
export function lossFigure(
  curves: readonly LossCurve[],
  epochs: number,
  limit: LossLimit | null,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const colours = classColours(Math.max(1, curves.length))
  const data = curves.flatMap(({ name, history }, k): PlotlyJson[] => {
    const x = history.map(({ epoch }) => epoch)
    return [
      {
        x,
        y: history.map(({ loss }) => loss),
        mode: 'lines',
        line: { color: colours[k], width: 1, dash: 'dot' },
        opacity: 0.7,
        hoverinfo: 'skip',
        showlegend: false,
      },
      {
        name: `${name}, validation`,
        x,
        y: history.map(({ validationLoss }) => validationLoss),
        mode: 'lines',
        line: { color: colours[k], width: 2 },
        hovertemplate: `epoch %{x}: %{y:.5g}<extra>${name}</extra>`,
      },
    ]
  })
  const values = curves
    .flatMap(({ history }) => history.flatMap(({ loss, validationLoss }) => [loss, validationLoss]))
    .filter(Number.isFinite)
  const range = lossRange(values, limit)
  const seen = limit !== null && limit.loss > range[0]
  const xRange = [0, Math.max(1, epochs)]
  return {
    data: [...(limit && seen ? limitTraces(limit, xRange, theme) : []), ...data],
    layout: frameLayout(theme, {
      showlegend: true,
      legend: cornerLegend(),
      margin: { l: 70, r: 14, t: 12, b: 46, pad: 0 },
      xaxis: frameAxis(theme, { range: xRange, nticks: 6 }),
      yaxis: frameAxis(theme, { range, nticks: 6 }),
      annotations: [
        ...endTitles(theme, 'epoch', 'loss', -52),
        ...(limit
          ? [
              {
                ...{
                  text: limitLabel(limit, seen),
                  showarrow: false,
                  xref: 'paper',
                  x: 0.99,
                  xanchor: 'right',
                },
                ...(seen ? { yref: 'y', y: limit.loss } : { yref: 'paper', y: 0 }),
                ...{ yanchor: 'bottom', yshift: 1, font: { size: 12, color: theme.ink } },
              },
            ]
          : []),
      ],
    }),
  }
}

/** What no network of the features can beat, or what nothing can; where it is out of the picture, its number. */
function limitLabel({ loss, of }: LossLimit, seen: boolean): string {
  const what = of === 'features' ? 'exact Bayes loss' : 'bound: full final state known'
  return seen ? what : `${what}, ${loss.toPrecision(4)} ↓`
}

/** All curves and the limit, unless that lies so far below that the curves would be squeezed flat. */
function lossRange(values: readonly number[], limit: LossLimit | null): [number, number] {
  let low = values.reduce((a, b) => Math.min(a, b), Infinity)
  let high = values.reduce((a, b) => Math.max(a, b), -Infinity)
  if (limit) {
    const [bottom, top] = [limit.loss - limit.error, limit.loss + limit.error]
    if (limit.of === 'features' || values.length === 0 || low - bottom < 3 * (high - low)) {
      low = Math.min(low, bottom)
      high = Math.max(high, top)
    }
  }
  if (!(low <= high)) return [0, 1]
  const room = 0.1 * (high - low) || 0.01
  return [low - room, high + 2 * room]
}

function limitTraces({ loss, error }: LossLimit, x: number[], theme: FigureTheme): PlotlyJson[] {
  const y = (at: number) => x.map(() => at)
  return [
    {
      x: [...x, ...[...x].reverse()],
      y: [...y(loss - error), ...y(loss + error)],
      mode: 'lines',
      line: { width: 0 },
      fill: 'toself',
      fillcolor: withAlpha('#808080', 0.25),
      hoverinfo: 'skip',
      showlegend: false,
    },
    {
      name: 'limit',
      x,
      y: y(loss),
      mode: 'lines',
      line: { color: theme.ink, width: 1.5, dash: 'dash' },
      hovertemplate: 'limit %{y:.5g}<extra></extra>',
      showlegend: false,
    },
  ]
}

/** What the loss figure says, in words. */
export function lossSentence(curves: readonly LossCurve[], limit: LossLimit | null): string {
  let lowest = Infinity
  const parts = curves.flatMap(({ name, history }) => {
    if (history.length === 0) return []
    const best = history.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a))
    lowest = Math.min(lowest, best.validationLoss)
    return [`${name}: lowest validation loss ${formatNumber(best.validationLoss, 5)} at epoch ${best.epoch}`]
  })
  if (parts.length === 0) return 'No epoch has ended yet.'
  const sentences = [`${parts.join('; ')}. Dotted: training.`]
  if (limit) {
    const { loss, error, onValidation, of } = limit
    const distance = lowest - onValidation
    const away = `${formatNumber(Math.abs(distance), 2)} ${distance < 0 ? 'below' : 'above'}`
    sentences.push(
      of === 'features'
        ? `Exact Bayes loss of these features by quadrature: ${formatWithError(loss, error)}, band: one standard deviation of so many validation events. On the very same events the exact ratio has ${formatNumber(onValidation, 5)}: the best network is ${away}.`
        : `With the full final state known the loss would be ${formatWithError(loss, error)}, which no network can beat and these features need not reach; the best network is ${away}.`,
    )
  }
  return sentences.join(' ')
}
