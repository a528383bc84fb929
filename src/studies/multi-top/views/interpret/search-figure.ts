import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { petroff6 } from '../../../../ui/plots/palettes.ts'
import { cornerLegend, endTitles, frameAxis, frameLayout, note } from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../ui/plots/plotly.ts'
import { histogram } from '../../../../numerics/histogram.ts'

export interface SearchFigureInput {
  /** Of one score. */
  standardModel: { values: Float64Array; weights: ArrayLike<number> }
  signal: { values: Float64Array; weights: ArrayLike<number> }
  /** Events of one's own. */
  own?: { values: Float64Array; weights: ArrayLike<number>; name: string } | null
  cuts: readonly { rate: number; cut: number }[]
  /** Name of the score, and of the signal. */
  score: string
  name: string
  theme: FigureTheme
}

const bins = 40

/** Of the line of a cut: each lower than the one before, so that their names do not meet on a phone. */
const heightOf = (k: number): number => 0.72 - 0.07 * k

/** Between which values a score is drawn: all but the last half per cent at either end of both. */
function rangeOf(...all: Float64Array[]): [number, number] {
  const ends = all.map((values) => {
    const sorted = Float64Array.from(values).sort()
    return [sorted[Math.floor(0.005 * sorted.length)], sorted[Math.ceil(0.995 * sorted.length) - 1]]
  })
  const low = Math.min(...ends.map(([from]) => from))
  const high = Math.max(...ends.map(([, to]) => to))
  return high > low ? [low, high] : [low - 0.5, low + 0.5]
}

/** Shares of the Standard Model and of a signal in bins of a score, with the cuts that let given shares of the former through. */
export function searchFigure({
  standardModel,
  signal,
  own = null,
  cuts,
  score,
  name,
  theme,
}: SearchFigureInput): PlotlyFigureSpec {
  const [low, high] = rangeOf(standardModel.values, signal.values, ...(own ? [own.values] : []))
  const edges = Array.from({ length: bins + 1 }, (_, k) => low + ((high - low) * k) / bins)
  const shares = ({ values, weights }: SearchFigureInput['signal']): number[] => {
    const { sumW } = histogram(values, edges, Float64Array.from(weights))
    let total = 0
    for (let k = 0; k < weights.length; k++) total += weights[k]
    return Array.from(sumW, (w) => w / total)
  }
  const steps = (
    events: SearchFigureInput['signal'],
    label: string,
    colour: string,
    dash: string,
  ): PlotlyJson => ({
    ...{ name: label, mode: 'lines', x: edges, y: [...shares(events), 0] },
    line: { shape: 'hv', width: 2, color: colour, dash },
    hovertemplate: `%{y:.3g} from %{x:.3g}<extra>${label}</extra>`,
  })
  const data = [
    steps(standardModel, 'Standard Model', petroff6[0], 'solid'),
    steps(signal, name, petroff6[2], 'dash'),
    ...(own ? [steps(own, own.name, petroff6[4], 'dot')] : []),
  ]
  const most = Math.max(...data.flatMap(({ y }) => y as number[]))
  const inside = cuts.filter(({ cut }) => cut > low && cut < high)
  return {
    data,
    layout: frameLayout(theme, {
      showlegend: true,
      legend: cornerLegend(),
      xaxis: frameAxis(theme, { range: [low, high], nticks: 6 }),
      yaxis: frameAxis(theme, { range: [0, 1.45 * most], nticks: 5 }),
      shapes: inside.map(({ cut }, k) => ({
        ...{ type: 'line', x0: cut, x1: cut, yref: 'paper', y0: 0, y1: heightOf(k) },
        line: { color: theme.inkSoft, width: 1.2, dash: 'dot' },
      })),
      annotations: [
        ...endTitles(theme, score, 'share in a bin'),
        ...inside.map(({ rate, cut }, k) =>
          note(theme, `${100 * rate} %`, {
            x: cut,
            xref: 'x',
            y: heightOf(k),
            xanchor: cut > high - 0.05 * (high - low) ? 'right' : 'center',
            yanchor: 'bottom',
          }),
        ),
      ],
    }),
  }
}
