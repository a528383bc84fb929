import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { classColours } from '../../../ui/plots/palettes.ts'
import { cornerLegend, endTitles, frameAxis, frameLayout, withAlpha } from '../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'

/** Ratios of one term to the SM at points or events. */
export interface DecisionInput {
  smWeight: ArrayLike<number> // any unit
  /** Of the term's rate, per event of the SM: its density over that of the SM. */
  termRatio: ArrayLike<number>
  learned: ArrayLike<number>
  /** Where it is known in closed form for the features. */
  exact: ArrayLike<number> | null
}

export interface DecisionHistograms {
  /** [bins + 1] of g from 0 to 1 */
  edges: number[]
  /** Shares of each sample per bin: of the SM, of the term. */
  learned: { sm: number[]; term: number[] }
  exact: { sm: number[]; term: number[] } | null
}

const bins = 40

/**
 * Distributions of the decision function g = 1 / (1 + r), r the ratio of the normalised densities of the term and of the
 * SM (thesis, eq. 22, Figs 5 and 6; arXiv:2211.02058): SM events lie towards 1, those of the term towards 0. The same g
 * from the learned and from the exact ratio, over the same events. Ratios below 0, which only a network gives, count at 1.
 */
export function decisionHistograms({
  smWeight,
  termRatio,
  learned,
  exact,
}: DecisionInput): DecisionHistograms {
  const fill = (ratios: ArrayLike<number>) => {
    let [total, ofTerm, mean] = [0, 0, 0]
    for (let i = 0; i < smWeight.length; i++) {
      total += smWeight[i]
      ofTerm += smWeight[i] * termRatio[i]
      mean += smWeight[i] * ratios[i]
    }
    mean /= total
    const sm = new Array<number>(bins).fill(0)
    const term = new Array<number>(bins).fill(0)
    for (let i = 0; i < smWeight.length; i++) {
      const g = 1 / (1 + Math.max(0, ratios[i] / mean))
      const at = Math.min(bins - 1, Math.floor(g * bins))
      sm[at] += smWeight[i] / total
      term[at] += (smWeight[i] * termRatio[i]) / ofTerm
    }
    return { sm, term }
  }
  return {
    edges: Array.from({ length: bins + 1 }, (_, k) => k / bins),
    learned: fill(learned),
    exact: exact && fill(exact),
  }
}

/** Learned: filled steps; exact: lines over them. */
export function decisionFigure(histograms: DecisionHistograms, theme: FigureTheme): PlotlyFigureSpec {
  const { edges, learned, exact } = histograms
  const [first, , other] = classColours(6)
  const samples = [
    { key: 'sm', label: 'SM', colour: first },
    { key: 'term', label: 'term', colour: other },
  ] as const
  const x = edges.slice(0, -1).flatMap((edge, k) => [edge, edges[k + 1]])
  const steps = (values: number[]) => values.flatMap((value) => [value, value])
  const data: PlotlyJson[] = samples.map(({ key, label, colour }) => ({
    x,
    y: steps(learned[key]),
    mode: 'lines',
    fill: 'tozeroy',
    fillcolor: withAlpha(colour, 0.25),
    line: { color: colour, width: exact ? 0 : 1.5 },
    name: `${label}, learned`,
    hovertemplate: `g %{x:.3f}: %{y:.3%} of the ${label}<extra>learned</extra>`,
  }))
  if (exact)
    for (const { key, label, colour } of samples)
      data.push({
        x,
        y: steps(exact[key]),
        mode: 'lines',
        line: { color: colour, width: 1.5 },
        name: `${label}, exact`,
        hovertemplate: `g %{x:.3f}: %{y:.3%} of the ${label}<extra>exact</extra>`,
      })
  return {
    data,
    layout: frameLayout(theme, {
      margin: { l: 56, r: 12, t: 8, b: 42, pad: 0 },
      showlegend: true,
      legend: cornerLegend({ x: 0.02, xanchor: 'left' }),
      xaxis: frameAxis(theme, { range: [0, 1], nticks: 6 }),
      yaxis: frameAxis(theme, { rangemode: 'tozero', tickformat: '.0%', nticks: 6 }),
      annotations: endTitles(theme, 'decision function <i>g</i>', 'share of events', -40),
    }),
  }
}

/** Overlap of both distributions: 1 where g tells nothing, 0 where it parts all events. */
export function overlap({ sm, term }: { sm: readonly number[]; term: readonly number[] }): number {
  return sm.reduce((sum, share, k) => sum + Math.max(0, Math.min(share, term[k])), 0)
}
