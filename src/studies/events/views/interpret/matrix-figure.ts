import type { FigureTheme } from '../../../../ui/plots/figure-theme.ts'
import { rampColours, type Theme } from '../../../../ui/plots/palettes.ts'
import { frameAxis, frameLayout } from '../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec } from '../../../../ui/plots/plotly.ts'
import type { PairDistances } from '../../analysis/distances/distance-report.ts'
import { measureNames, measureOf, type Measure } from './pair-words.ts'

interface MatrixInput {
  ids: readonly string[]
  /** Of the models, in the order of ids. */
  labels: readonly string[]
  pairs: readonly PairDistances[]
  measure: Measure
  perSet: number
  theme: FigureTheme
  ground: Theme
}

/** One number of every pair of models; empty where it is not known, and on the diagonal. */
export function matrixFigure(input: MatrixInput): PlotlyFigureSpec {
  const { ids, labels, pairs, measure, perSet, theme, ground } = input
  const z: (number | null)[][] = ids.map(() => ids.map(() => null))
  const text: string[][] = ids.map((_, i) => ids.map((__, j) => `${labels[i]}<br>${labels[j]}`))
  for (const pair of pairs) {
    const found = measureOf(pair, measure, perSet)
    if (!found) continue
    const [i, j] = [ids.indexOf(pair.a), ids.indexOf(pair.b)]
    z[i][j] = z[j][i] = found.value
    text[i][j] = `${labels[i]}<br>${labels[j]}<br>± ${found.error.toPrecision(2)}`
    text[j][i] = text[i][j]
  }
  const area = measure.startsWith('auc')
  const table = rampColours('viridis', ground)
  const colour = (share: number) => {
    const at = 3 * Math.round(255 * share)
    return `rgb(${table[at]},${table[at + 1]},${table[at + 2]})`
  }
  const places = ids.map((_, i) => i)
  const axis = { tickmode: 'array', tickvals: places, ticktext: [...labels], minor: {}, ticks: '' }
  const range = [-0.5, ids.length - 0.5]
  return {
    data: [
      {
        ...{ type: 'heatmap', name: measureNames[measure], x: places, y: places, z, text },
        hovertemplate: '%{text}<br>%{z:.3f}<extra></extra>',
        ...(area && { zmin: 0.5, zmax: 1 }),
        colorscale: Array.from({ length: 11 }, (_, k) => [k / 10, colour(k / 10)]),
        colorbar: {
          ...{ thickness: 10, outlinewidth: 1, outlinecolor: theme.line },
          tickfont: { size: 11, color: theme.ink },
        },
      },
    ],
    layout: frameLayout(theme, {
      margin: { l: 104, r: 8, t: 8, b: 96, pad: 0 },
      xaxis: frameAxis(theme, { ...axis, range, tickangle: -60 }),
      yaxis: frameAxis(theme, { ...axis, range: range.toReversed() }),
    }),
  }
}
