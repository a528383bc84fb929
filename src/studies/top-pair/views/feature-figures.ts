import type { FigureTheme } from '../../../ui/plots/figure-theme.ts'
import { petroff6 } from '../../../ui/plots/palettes.ts'
import { cornerLegend, endTitles, frameAxis, frameLayout } from '../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../ui/plots/plotly.ts'
import { featureCounts, type FeatureStep, type FeatureStudy } from '../feature-study.ts'
import { parameterLabel } from './parameter-label.ts'
import { thesis, thesisWidthRatio } from './thesis-numbers.ts'

/** "C_td⁽⁸⁾ squared" as figures are marked up. */
export function termMarkup(term: string): string {
  const [name, square] = term.split('^')
  const { markup } = parameterLabel(name)
  return square ? `(${markup})<sup>2</sup>` : markup
}

/** What a step looks at, in a few words. */
export const stepLabels: Readonly<Record<FeatureStep, string>> = {
  binned: '1, binned',
  parton: '2',
  '11': '11',
  '14': '14',
  'ml4eft-18': '18',
  exact: 'all',
}

interface LossMarks {
  name: string
  values: readonly (number | null)[]
  errors?: readonly number[]
  colour: string
  symbol: string
  /** Place within the column of a term. */
  at: number
}

/** Losses by term: of (m_tt, y_tt) on the left of a column, of what a detector sees on the right; the thesis in open marks. */
export function featureLossFigure({ terms, losses }: FeatureStudy, theme: FigureTheme): PlotlyFigureSpec {
  const [parton, seen] = petroff6
  const ofThesis = (kind: 'parton' | 'complete') => terms.map((term) => thesis.losses[term]?.[kind] ?? null)
  const marks: LossMarks[] = [
    {
      name: '2, exact limit',
      values: losses.partonExact,
      colour: theme.ink,
      symbol: 'line-ew-open',
      at: -0.28,
    },
    ...(losses.partonLearned
      ? [{ name: '2, learned', values: losses.partonLearned, colour: parton, symbol: 'circle', at: -0.28 }]
      : []),
    { name: '2, thesis', values: ofThesis('parton'), colour: parton, symbol: 'diamond-open', at: -0.18 },
    ...losses.learned
      .filter(({ step }) => step !== 'parton')
      .map(({ step, terms: found }, k) => ({
        ...{ name: `${stepLabels[step]}, learned`, values: found.map(({ loss }) => loss) },
        ...{ errors: found.map(({ error }) => error), colour: seen, at: 0.02 + 0.09 * k },
        symbol: ['triangle-up', 'circle', 'square'][k] ?? 'circle',
      })),
    { name: '14, thesis', values: ofThesis('complete'), colour: seen, symbol: 'diamond-open', at: 0.3 },
    {
      name: 'full final state, bound',
      values: losses.finalState,
      colour: theme.ink,
      symbol: 'line-ew-open',
      at: 0.11,
    },
  ]
  const shown = marks.flatMap(({ values }) => values).filter((value) => value !== null)
  return {
    data: marks.map(({ name, values, errors, colour, symbol, at }): PlotlyJson => {
      const line = symbol === 'line-ew-open'
      return {
        name,
        x: terms.map((_, k) => k + at),
        y: values,
        ...(errors && { error_y: { type: 'data', array: errors, width: 0, thickness: 1.25 } }),
        mode: 'markers',
        marker: {
          size: line ? 18 : 8,
          color: colour,
          symbol,
          line: { width: line ? 2 : 1.5, color: colour },
        },
        hovertemplate: `%{y:.3f}<extra>${name}</extra>`,
        // Both limits are one kind of mark.
        showlegend: name !== '2, exact limit',
      }
    }),
    layout: frameLayout(theme, {
      // Below the axis: marks fill the frame.
      margin: { l: 56, r: 12, t: 8, b: 132, pad: 0 },
      showlegend: true,
      legend: cornerLegend({
        ...{ orientation: 'h', x: 0, xanchor: 'left', y: -0.22, yanchor: 'top' },
        ...{ traceorder: 'normal', font: { size: 11 } },
      }),
      xaxis: frameAxis(theme, {
        range: [-0.5, terms.length - 0.5],
        tickvals: terms.map((_, k) => k),
        ticktext: terms.map(termMarkup),
        minor: {},
      }),
      yaxis: frameAxis(theme, {
        range: [Math.min(...shown) - 0.02, Math.max(Math.LN2, ...shown) + 0.01],
        nticks: 6,
      }),
      shapes: [
        {
          ...{ type: 'line', xref: 'paper', x0: 0, x1: 1, y0: Math.LN2, y1: Math.LN2 },
          line: { color: theme.ink, width: 1, dash: 'dot' },
        },
      ],
      annotations: endTitles(theme, 'term against the SM', 'cross-entropy', -40),
    }),
  }
}

/** Mean over seeds of an interval's width over that of the binned one of the same data, with its standard error. */
export function widthRatios(study: FeatureStudy, operator: number): { mean: number; error: number }[] {
  const binned = study.intervals.find(({ step }) => step === 'binned')!.width95[operator]
  return study.intervals.map(({ width95 }) => {
    const ratios = width95[operator].map((width, k) => width / binned[k])
    const mean = ratios.reduce((sum, value) => sum + value, 0) / ratios.length
    const variance =
      ratios.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, ratios.length - 1)
    return { mean, error: Math.sqrt(variance / ratios.length) }
  })
}

/** Widths of 95 % sets over those of the binned fit, from one binned observable to the full final state. */
export function featureWidthFigure(study: FeatureStudy, theme: FigureTheme): PlotlyFigureSpec {
  const steps = study.intervals.map(({ step }) => step)
  const learnedAt = steps.indexOf('14')
  const data = study.operators.flatMap((name, i): PlotlyJson[] => {
    const ratios = widthRatios(study, i)
    const { markup } = parameterLabel(name)
    const published = thesisWidthRatio(name)
    const look = { color: petroff6[i % petroff6.length] }
    const shift = 0.12 * (i - (study.operators.length - 1) / 2)
    const own: PlotlyJson = {
      name: markup,
      x: steps.map((_, k) => k + shift),
      y: ratios.map(({ mean }) => mean),
      error_y: { type: 'data', array: ratios.map(({ error }) => error), width: 3, thickness: 1.25 },
      mode: 'lines+markers',
      line: { ...look, width: 1, dash: i === 0 ? 'solid' : 'dash' },
      marker: { ...look, size: 8, symbol: i === 0 ? 'circle' : 'square' },
      hovertemplate: '%{y:.3f} of binned<extra></extra>',
    }
    if (published === null || learnedAt < 0) return [own]
    return [
      own,
      {
        name: `${markup}, thesis`,
        x: [learnedAt + shift + 0.2],
        y: [published],
        mode: 'markers',
        marker: { ...look, size: 9, symbol: 'diamond-open', line: { width: 1.5 } },
        hovertemplate: '%{y:.3f} of binned<extra>thesis, Table 4</extra>',
      },
    ]
  })
  return {
    data,
    layout: frameLayout(theme, {
      margin: { l: 56, r: 12, t: 8, b: 46, pad: 0 },
      showlegend: true,
      legend: cornerLegend({}),
      xaxis: frameAxis(theme, {
        range: [-0.5, steps.length - 0.5],
        tickvals: steps.map((_, k) => k),
        ticktext: steps.map((step) => stepLabels[step]),
        minor: {},
      }),
      yaxis: frameAxis(theme, { range: [0, 1.25], nticks: 6 }),
      annotations: endTitles(theme, 'features', 'width of the 95 % set ÷ binned', -40),
    }),
  }
}

/** Number of features of a step, for tables. */
export const countOf = (step: FeatureStep): string => String(featureCounts[step] ?? 'all')
