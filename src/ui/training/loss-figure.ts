import type { TrainingMoment } from '../../core/training/training-run.ts'
import type { FigureTheme } from '../plots/figure-theme.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../plots/plotly.ts'
import { petroff6 } from '../plots/palettes.ts'
import { cornerLegend, frameAxis, frameLayout, note } from '../plots/plot-frame.ts'
import { plainLogTicks } from '../plots/log-ticks.ts'

export interface LossFigureInput {
  losses: readonly { step: number; loss: number }[]
  moments: readonly Pick<TrainingMoment, 'step' | 'heldOutLoss' | 'effectiveRank'>[]
  steps: number
  latentDim: number
  /** What the held-out loss is measured on. */
  heldOut: string
  /** Step of the picture on the map. */
  shownStep: number | null
  theme: FigureTheme
}

const lossDomain = [0.36, 1]
const rankDomain = [0, 0.26]

/** Loss of the batches and of what was held out over the effective rank of the latent space, all against the step. */
export function lossFigure(input: LossFigureInput): PlotlyFigureSpec {
  const { losses, moments, steps, theme, shownStep } = input
  const best = bestMoment(moments)
  const heldOut = petroff6[0]
  const data: PlotlyJson[] = [
    {
      name: 'training batches',
      x: losses.map(({ step }) => step),
      y: losses.map(({ loss }) => loss),
      mode: 'lines',
      line: { color: theme.inkSoft, width: 1 },
      opacity: 0.55,
      hoverinfo: 'skip',
    },
    {
      name: input.heldOut,
      x: moments.map(({ step }) => step),
      y: moments.map(({ heldOutLoss }) => heldOutLoss),
      mode: 'lines+markers',
      line: { color: heldOut, width: 2 },
      marker: { size: 5, color: heldOut },
      hovertemplate: 'step %{x}: %{y:.4g}<extra>held out</extra>',
    },
    {
      name: 'effective rank',
      x: moments.map(({ step }) => step),
      y: moments.map(({ effectiveRank }) => effectiveRank),
      xaxis: 'x2',
      yaxis: 'y2',
      mode: 'lines+markers',
      line: { color: petroff6[3], width: 1.5 },
      marker: { size: 4, color: petroff6[3], symbol: 'square' },
      hovertemplate: 'step %{x}: %{y:.3g}<extra>effective rank</extra>',
      showlegend: false,
    },
  ]
  if (best)
    data.push({
      name: `lowest, step ${best.step}`,
      x: [best.step],
      y: [best.heldOutLoss],
      mode: 'markers',
      marker: { size: 11, symbol: 'diamond-open', color: theme.ink, line: { width: 1.5 } },
      hoverinfo: 'skip',
    })
  return { data, layout: layout(input, steps, shownStep) }
}

/** The evaluation with the lowest held-out loss. */
export function bestMoment<M extends { heldOutLoss: number }>(moments: readonly M[]): M | undefined {
  return moments.reduce<M | undefined>(
    (best, moment) =>
      Number.isNaN(moment.heldOutLoss) || (best && best.heldOutLoss <= moment.heldOutLoss) ? best : moment,
    undefined,
  )
}

function layout(input: LossFigureInput, steps: number, shownStep: number | null): PlotlyJson {
  const { theme, latentDim, losses, moments } = input
  const x = { range: [0, Math.max(1, steps)], nticks: 6 }
  const line = (at: PlotlyJson, dash: string): PlotlyJson => ({
    type: 'line',
    layer: 'below',
    line: { color: theme.inkSoft, width: 1, dash },
    ...at,
  })
  const across = (y: number) => line({ xref: 'paper', x0: 0, x1: 1, yref: 'y2', y0: y, y1: y }, 'dot')
  const atLeft = { x: 0, xanchor: 'right', yanchor: 'top', textangle: -90, xshift: -40 }
  return frameLayout(theme, {
    margin: { l: 60, r: 12, t: 10, b: 44, pad: 0 },
    showlegend: true,
    legend: cornerLegend(),
    xaxis: frameAxis(theme, { ...x, anchor: 'y', showticklabels: false }),
    xaxis2: frameAxis(theme, { ...x, anchor: 'y2', matches: 'x' }),
    yaxis: frameAxis(theme, { anchor: 'x', domain: lossDomain, ...lossScale(losses, moments) }),
    yaxis2: frameAxis(theme, { anchor: 'x2', domain: rankDomain, range: [0.8, latentDim + 0.2], nticks: 4 }),
    shapes: [
      across(1),
      across(latentDim),
      ...(shownStep === null
        ? []
        : [line({ xref: 'x', x0: shownStep, x1: shownStep, yref: 'paper', y0: 0, y1: 1 }, 'dash')]),
    ],
    annotations: [
      note(theme, 'step', { x: 1, xanchor: 'right', y: 0, yanchor: 'top', yshift: -22 }),
      note(theme, 'loss', { ...atLeft, y: 1 }),
      note(theme, 'eff. rank', { ...atLeft, y: rankDomain[1] }),
    ],
  })
}

/** Logarithmic where the loss falls by more than a factor of four, else linear. */
function lossScale(losses: LossFigureInput['losses'], moments: LossFigureInput['moments']): PlotlyJson {
  const values = [...losses.map(({ loss }) => loss), ...moments.map(({ heldOutLoss }) => heldOutLoss)].filter(
    Number.isFinite,
  )
  if (values.length === 0) return { type: 'linear', range: [0, 1], showticklabels: false }
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  if (low > 0 && high > 4 * low) {
    const range: [number, number] = [low / 1.2, high * 1.3]
    const { tickvals, ticktext, minor } = plainLogTicks(range, 7)
    return {
      type: 'log',
      range: range.map(Math.log10),
      tickmode: 'array',
      tickvals,
      ticktext,
      minor: { ticks: 'inside', ticklen: 3, showgrid: false, tickmode: 'array', tickvals: minor },
    }
  }
  const room = 0.08 * (high - low) || 0.1 * Math.abs(high) || 1
  return { type: 'linear', range: [low - room, high + 2 * room], nticks: 6 }
}

/** What the figure says, in words. */
export function lossSummary({ moments, latentDim, heldOut }: LossFigureInput): string {
  const last = moments.at(-1)
  const best = bestMoment(moments)
  if (!last || !best) return `No evaluation on ${heldOut} yet.`
  const rank = Number.isFinite(last.effectiveRank)
    ? ` The latent space has effective rank ${last.effectiveRank.toFixed(2)} of ${latentDim}; 1 would be a line.`
    : ''
  return (
    `Held-out loss ${last.heldOutLoss.toPrecision(4)} at step ${last.step}, ` +
    `lowest ${best.heldOutLoss.toPrecision(4)} at step ${best.step}.${rank}`
  )
}
