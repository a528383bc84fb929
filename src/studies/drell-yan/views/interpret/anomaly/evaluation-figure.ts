import type { AnomalyEvaluation, ClassEvaluation } from '../../../analysis/anomaly/evaluate.ts'
import type { FigureTheme } from '../../../../../ui/plots/figure-theme.ts'
import { petroff10 } from '../../../../../ui/plots/palettes.ts'
import { frameAxis, frameLayout } from '../../../../../ui/plots/plot-frame.ts'
import type { PlotlyFigureSpec, PlotlyJson } from '../../../../../ui/plots/plotly.ts'

type RocSummary = ClassEvaluation['population']

const dashes = ['solid', 'dash', 'dot'] as const

/** True positives over false alarms, log scale: every score, and somebody who knows both populations in black. */
export function rocFigure(
  { scores, options }: Pick<AnomalyEvaluation, 'scores' | 'options'>,
  result: Pick<ClassEvaluation, 'scores' | 'population'>,
  theme: FigureTheme,
): PlotlyFigureSpec {
  const lowest = 1 / options.background
  const line = (name: string, { curve }: RocSummary, style: PlotlyJson): PlotlyJson => ({
    name,
    mode: 'lines',
    // No false alarm at all cannot be drawn on a logarithmic axis.
    x: Array.from(curve.falseAlarms).map((value) => Math.max(value, lowest / 2)),
    y: Array.from(curve.truePositives),
    line: { width: 1.8, shape: 'hv', ...style },
    hovertemplate: `${name}: %{y:.3f} at %{x:.2g}<extra></extra>`,
  })
  const chance = Array.from({ length: 40 }, (_, i) => lowest ** (1 - i / 39))
  return {
    data: [
      line('known populations', result.population, { color: theme.data, dash: 'solid', width: 2.5 }),
      ...scores.map(({ id, label }, i) =>
        line(label, result.scores[id], {
          color: petroff10[i % petroff10.length],
          dash: dashes[Math.floor(i / 3) % dashes.length],
        }),
      ),
      {
        name: 'chance',
        mode: 'lines',
        x: chance,
        y: chance,
        line: { color: theme.inkSoft, width: 1, dash: 'dot' },
        hoverinfo: 'skip',
      },
    ],
    layout: frameLayout(theme, {
      margin: { l: 48, r: 10, t: 8, b: 42, pad: 0 },
      showlegend: true,
      legend: { orientation: 'h', x: 0, y: -0.22, yanchor: 'top', font: { size: 11, color: theme.ink } },
      xaxis: frameAxis(theme, {
        type: 'log',
        range: [Math.log10(lowest), 0],
        dtick: 1,
        title: { text: 'false alarms', standoff: 6 },
      }),
      yaxis: frameAxis(theme, { range: [0, 1.02], title: { text: 'anomalies found', standoff: 6 } }),
    }),
  }
}

/** Best score that reads the map only, beside the best of all, in words. */
export function rocSummaryText(
  { scores }: Pick<AnomalyEvaluation, 'scores'>,
  result: Pick<ClassEvaluation, 'label' | 'scores' | 'population' | 'spectra'>,
): string {
  const best = (latent: boolean) =>
    scores
      .filter((score) => score.latent === latent)
      .reduce((a, b) => (result.scores[b.id].auroc.value > result.scores[a.id].auroc.value ? b : a))
  const [onMap, inSpectrum] = [best(true), best(false)]
  const value = (id: string) => result.scores[id].auroc.value.toFixed(3)
  return `${result.label}: the best score on a map is ${onMap.label} with AUROC ${value(onMap.id)}, the best on the spectrum ${inSpectrum.label} with ${value(inSpectrum.id)}; known populations reach ${result.population.auroc.value.toFixed(3)}. ${result.spectra} anomalous spectra.`
}
