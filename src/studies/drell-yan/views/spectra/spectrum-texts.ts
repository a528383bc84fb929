import { formatEdge } from '../../../../ui/common/format.ts'
import { ratioDomain } from './axes.ts'
import { escapeMarkup } from './escape-markup.ts'
import { negativeBins, observableLabels, referenceOf, type SpectrumInput } from './spectrum-input.ts'

/** A text in plotly's words: its upper right corner at a fraction of the plot area, moved by pixels (y upwards). */
export type SpectrumText = {
  text: string
  showarrow: false
  xref: 'paper'
  yref: 'paper'
  x: number
  xanchor: 'right'
  xshift: number
  y: number
  yanchor: 'top'
  yshift: number
  textangle: 0 | -90
  align: 'right'
  font: { size: number; color: string }
}

/** Titles at the axis ends and the label in the corner. */
export function spectrumTexts(input: SpectrumInput): SpectrumText[] {
  const label = observableLabels[input.observable].markup
  const text = (markup: string, place: Partial<SpectrumText>): SpectrumText => ({
    text: markup,
    showarrow: false,
    xref: 'paper',
    yref: 'paper',
    x: 1,
    xanchor: 'right',
    xshift: 0,
    y: 1,
    yanchor: 'top',
    yshift: 0,
    textangle: 0,
    align: 'right',
    font: { size: 14, color: input.theme.ink },
    ...place,
  })
  const yTitle = { x: 0, textangle: -90, xshift: -44 } as const
  return [
    text(`${label} [GeV]`, { y: 0, yshift: -22 }),
    text(`d<i>σ</i>/d${label} [pb/GeV]`, yTitle),
    text(`ratio to ${escapeMarkup(referenceOf(input).name)}`, { ...yTitle, y: ratioDomain[1] }),
    text(cornerLabel(input), { xshift: -12, yshift: -10, font: { size: 12, color: input.theme.ink } }),
  ]
}

function cornerLabel(input: SpectrumInput): string {
  const { sqrtsGeV, order, lambdaTeV = 1, cuts, theme } = input
  const lines = [
    `<b>√<i>s</i> = ${formatEdge(sqrtsGeV / 1000)} TeV</b>`,
    `LO, ${order === 'linear' ? 'linear' : 'linear + quadratic'}`,
    `Λ = ${lambdaTeV} TeV`,
  ]
  if (cuts) lines.push(escapeMarkup(cuts).replace('p_T', '<i>p</i><sub>T</sub>'))
  for (const curve of input.curves) {
    const bins = curve.kind === 'line' ? negativeBins(curve.values) : []
    if (bins.length > 0)
      lines.push(
        `<span style="color:${theme.bad}">${escapeMarkup(curve.name)}<br>negative in ${bins.length} of ${curve.values.length} bins</span>`,
      )
  }
  return lines.join('<br>')
}
