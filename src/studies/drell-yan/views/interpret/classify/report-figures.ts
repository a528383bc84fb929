import type { ClassScores } from '../../../analysis/classification/evaluate.ts'
import type { FigureTheme } from '../../../../../ui/plots/figure-theme.ts'
import { petroff6 } from '../../../../../ui/plots/palettes.ts'
import { frameAxis, frameLayout } from '../../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../../ui/plots/plotly.ts'

type Reliable = Pick<ClassScores, 'name' | 'reliability'>
type Risky = Pick<ClassScores, 'name' | 'riskCoverage'>

const styles: Record<ClassScores['name'], { colour: string | null; dash: string; symbol: string }> = {
  learned: { colour: petroff6[0], dash: 'dot', symbol: 'square' },
  'temperature-scaled': { colour: petroff6[2], dash: 'solid', symbol: 'circle' },
  Bayes: { colour: null, dash: 'dash', symbol: 'diamond-open' },
}

/** Accuracy minus confidence of 15 equal-mass bins: near certainty the diagonal itself would hide every departure. */
export function reliabilityFigure(scores: readonly Reliable[], theme: FigureTheme): PlotlyFigureSpec {
  const data = scores.map(({ name, reliability }): PlotlyJson => {
    const { colour, dash, symbol } = styles[name]
    return {
      name,
      mode: 'lines+markers',
      x: reliability.bins.map(({ confidence }) => confidence),
      y: reliability.bins.map(({ accuracy, confidence }) => accuracy - confidence),
      error_y: {
        type: 'data',
        array: reliability.bins.map(({ expectedError }) => expectedError),
        thickness: 1,
        width: 2,
      },
      line: { color: colour ?? theme.data, dash, width: 1.5 },
      marker: { color: colour ?? theme.data, symbol, size: 6 },
      hovertemplate: `confidence %{x:.3f}: %{y:+.3f}<extra>${name}</extra>`,
    }
  })
  return {
    data,
    layout: layout(theme, { x: 'confidence', y: 'accuracy − confidence' }, [
      { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: 0, y1: 0, line: { color: theme.inkSoft, width: 1 } },
    ]),
  }
}

/** Share of wrong answers among the most confident ones. */
export function riskFigure(scores: readonly Risky[], theme: FigureTheme): PlotlyFigureSpec {
  const data = scores.map(({ name, riskCoverage: { curve } }): PlotlyJson => {
    const { colour, dash } = styles[name]
    return {
      name,
      mode: 'lines',
      x: Array.from(curve.coverage),
      y: Array.from(curve.risk),
      line: { color: colour ?? theme.data, dash, width: 2 },
      hovertemplate: `%{x:.2f} answered: %{y:.3f} wrong<extra>${name}</extra>`,
    }
  })
  return { data, layout: layout(theme, { x: 'coverage', y: 'risk' }, []) }
}

function layout(theme: FigureTheme, titles: { x: string; y: string }, shapes: PlotlyJson[]): PlotlyJson {
  const title = (text: string) => ({ text, font: { size: 13 }, standoff: 6 })
  return frameLayout(theme, {
    margin: { l: 62, r: 10, t: 8, b: 44, pad: 0 },
    showlegend: true,
    legend: { x: 0.02, xanchor: 'left', y: 0.98, yanchor: 'top', bgcolor: 'rgba(0,0,0,0)' },
    shapes,
    xaxis: frameAxis(theme, { title: title(titles.x) }),
    yaxis: frameAxis(theme, { title: title(titles.y), nticks: 6 }),
  })
}

export function reliabilitySummary(scores: readonly Reliable[]): string {
  const parts = scores.map(
    ({ name, reliability: { ece, floor } }) =>
      `${name} ${ece.toFixed(4)} (counting alone ${floor.toFixed(4)})`,
  )
  return `Accuracy minus confidence in 15 bins of equal numbers; zero is calibrated. Bars are the errors a calibrated classifier would have. Expected calibration error: ${parts.join(', ')}.`
}

export function riskSummary(scores: readonly Risky[]): string {
  const parts = scores.map(({ name, riskCoverage: { curve, aurc } }) => {
    const half = curve.coverage.findIndex((coverage) => coverage >= 0.5)
    return `${name} ${(100 * curve.risk[curve.risk.length - 1]).toFixed(1)} % of all, ${(100 * curve.risk[half]).toFixed(2)} % of the surer half (AURC ${aurc.toFixed(4)})`
  })
  return `Wrong answers when only the most confident are given: ${parts.join('; ')}.`
}
