import { formatEdge } from '../../../../ui/common/format.ts'
import { ratioDomain } from './axes.ts'
import { escapeMarkup } from './escape-markup.ts'
import {
  mustBePositive,
  negativeBins,
  observableLabels,
  referenceOf,
  type SpectrumInput,
} from './spectrum-input.ts'

/** A text in plotly's words: its upper right or left corner at a fraction of the plot area, moved by pixels (y upwards). */
export type SpectrumText = {
  text: string
  showarrow: false
  xref: 'paper'
  yref: 'paper'
  x: number
  xanchor: 'right' | 'left'
  xshift: number
  y: number
  yanchor: 'top'
  yshift: number
  textangle: 0 | -90
  align: 'right' | 'left'
  font: { size: number; color: string }
}

/** Titles at the axis ends and the label in the corner. */
export function spectrumTexts(input: SpectrumInput): SpectrumText[] {
  const { markup, axis = markup, height } = observableLabels[input.observable]
  const asymmetry = input.observable === 'afb'
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
    text(`${axis} [GeV]`, { y: 0, yshift: -22 }),
    text(asymmetry ? `${height}` : `${height ?? `d<i>σ</i>/d${markup}`} [pb/GeV]`, yTitle),
    text(`${asymmetry ? 'less' : 'ratio to'} ${escapeMarkup(referenceOf(input).name)}`, {
      ...yTitle,
      y: ratioDomain[1],
    }),
    text(cornerLabel(input), {
      ...(asymmetry ? asymmetryCorner : { xshift: -12 }),
      yshift: -10,
      font: { size: 12, color: input.theme.ink },
    }),
  ]
}

/** Asymmetries rise to the right, spectra fall. */
const asymmetryCorner = { x: 0, xanchor: 'left', xshift: 12, align: 'left' } as const

function cornerLabel(input: SpectrumInput): string {
  const { sqrtsGeV, order, qcd, lambdaTeV = 1, cuts, theme } = input
  const lines = [
    `<b>√<i>s</i> = ${formatEdge(sqrtsGeV / 1000)} TeV</b>`,
    `${qcd ? 'NLO QCD' : 'LO'}, ${order === 'linear' ? 'linear' : 'linear + quadratic'}`,
    `Λ = ${lambdaTeV} TeV`,
  ]
  if (cuts) lines.push(escapeMarkup(cuts).replace('p_T', '<i>p</i><sub>T</sub>'))
  if (input.absY) lines.push(`|<i>y</i>| ${formatEdge(input.absY[0])} to ${formatEdge(input.absY[1])}`)
  for (const curve of input.curves) {
    const bins = curve.kind === 'line' && mustBePositive(input) ? negativeBins(curve.values) : []
    if (bins.length > 0)
      lines.push(
        `<span style="color:${theme.bad}">${escapeMarkup(curve.name)}<br>negative in ${bins.length} of ${curve.values.length} bins</span>`,
      )
  }
  return lines.join('<br>')
}
