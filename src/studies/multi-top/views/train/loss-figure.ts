import type { TransformerRecord } from '../../../../ml/transformer/transformer-checkpoint.ts'
import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { petroff6 } from '../../../../ui/plots/palettes.ts'
import { cornerLegend, frameAxis, frameLayout, note } from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../ui/plots/plotly.ts'
import type { LossLevels } from '../../analysis/training/loss-levels.ts'

export interface TwoLossesInput {
  records: readonly TransformerRecord[]
  levels: LossLevels | null
  epochs: number
  theme: FigureTheme
}

const domains = { reconstruction: [0.54, 1], classification: [0, 0.46] } as const

/** Both losses after every epoch, on training batches and on validation events, over what they are without a transformer. */
export function twoLossesFigure({ records, levels, epochs, theme }: TwoLossesInput): PlotlyFigureSpec {
  const x = records.map(({ epoch }) => epoch)
  const line = (name: string, y: number[], axis: 1 | 2, colour: string, dash?: string): PlotlyJson => ({
    ...{ name, x, y, mode: 'lines+markers', marker: { size: 5, color: colour } },
    line: { color: colour, width: 2, ...(dash && { dash }) },
    ...(axis === 2 && { xaxis: 'x2', yaxis: 'y2' }),
    showlegend: axis === 1,
    hovertemplate: `epoch %{x}: %{y:.4g}<extra>${name}</extra>`,
  })
  const data = [
    line(
      'training',
      records.map(({ reconstruction }) => reconstruction),
      1,
      theme.inkSoft,
      'dot',
    ),
    line(
      'validation',
      records.map((each) => each.validationReconstruction),
      1,
      petroff6[0],
    ),
    line(
      'training',
      records.map(({ classification }) => classification),
      2,
      theme.inkSoft,
      'dot',
    ),
    line(
      'validation',
      records.map((each) => each.validationClassification),
      2,
      petroff6[0],
    ),
  ]
  const marked = levelsOf(levels)
  const range = (axis: 1 | 2, values: number[]): [number, number] => {
    const all = [...values, ...marked.filter((level) => level.axis === axis).map(({ y }) => y)].filter(
      (y) => y > 0,
    )
    const [low, high] = [Math.min(...all, 1), Math.max(...all, 0)]
    return high > 0
      ? [Math.max(0, low - 0.1 * (high - low) - 0.02), high + 0.14 * (high - low) + 0.02]
      : [0, 1]
  }
  const first = range(
    1,
    records.flatMap((r) => [r.reconstruction, r.validationReconstruction]),
  )
  const second = range(
    2,
    records.flatMap((r) => [r.classification, r.validationClassification]),
  )
  const epochAxis = { range: [0.5, Math.max(2, epochs) + 0.5], nticks: 8 }
  return {
    data,
    layout: frameLayout(theme, {
      margin: { l: 60, r: 12, t: 10, b: 44, pad: 0 },
      showlegend: true,
      legend: cornerLegend(),
      xaxis: frameAxis(theme, { ...epochAxis, anchor: 'y', showticklabels: false }),
      xaxis2: frameAxis(theme, { ...epochAxis, anchor: 'y2' }),
      yaxis: frameAxis(theme, { anchor: 'x', domain: [...domains.reconstruction], range: first, nticks: 5 }),
      yaxis2: frameAxis(theme, {
        anchor: 'x2',
        domain: [...domains.classification],
        range: second,
        nticks: 5,
      }),
      shapes: marked.map(({ axis, y }) => ({
        ...{ type: 'line', layer: 'below', xref: 'paper', x0: 0, x1: 1, yref: axis === 1 ? 'y' : 'y2' },
        ...{ y0: y, y1: y, line: { color: petroff6[2], width: 1.2, dash: 'dash' } },
      })),
      annotations: [
        ...marked.map(({ axis, y, name }) =>
          note(theme, name, {
            ...{ x: 0.01, xanchor: 'left', yref: axis === 1 ? 'y' : 'y2', y, yanchor: 'bottom' },
          }),
        ),
        note(theme, 'epoch', { x: 1, xanchor: 'right', y: 0, yanchor: 'top', yshift: -22 }),
        note(theme, 'hidden numbers', atLeft(1)),
        note(theme, 'classes [nats]', atLeft(domains.classification[1])),
      ],
    }),
  }
}

const atLeft = (y: number) => ({ x: 0, xanchor: 'right', yanchor: 'top', textangle: -90, xshift: -40, y })

/** What no transformer needs to be trained for, on the same events. */
function levelsOf(levels: LossLevels | null): { axis: 1 | 2; y: number; name: string }[] {
  if (!levels) return []
  return [
    { axis: 1, y: levels.mean, name: 'mean' },
    { axis: 1, y: levels.algebra, name: 'algebra within objects' },
    { axis: 2, y: levels.chance, name: 'chance' },
    { axis: 2, y: levels.trees, name: 'trees, five numbers' },
  ]
}

/** What the figure says, in words. */
export function twoLossesSummary({ records, levels }: Omit<TwoLossesInput, 'theme' | 'epochs'>): string {
  const last = records.at(-1)
  if (!last) return 'No epoch is done yet.'
  const of = (value: number) => value.toPrecision(3)
  const beside = levels
    ? `; without a transformer ${of(levels.algebra)} by algebra within objects and ${of(levels.mean)} by the mean, ${of(levels.trees)} by trees on five numbers and ${of(levels.chance)} by chance`
    : ''
  return `After epoch ${last.epoch}, on validation events: hidden numbers ${of(last.validationReconstruction)}, classes ${of(last.validationClassification)}${beside}.`
}
