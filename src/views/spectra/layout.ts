import { formatEdge } from '../common/format.ts'
import type { PlotlyJson } from '../common/plotly.ts'
import { mainDomain, margin, ratioDomain, type SpectrumAxes } from './axes.ts'
import { escapeMarkup } from './escape-markup.ts'
import { decadeTicks, plainLogTicks, type AxisTicks } from './log-ticks.ts'
import { negativeBins, observableLabels, referenceOf, type SpectrumInput } from './spectrum-input.ts'

/** Frame, ticks, titles at the axis ends and the label in the corner. */
export function spectrumLayout(input: SpectrumInput, axes: SpectrumAxes): PlotlyJson {
  const { theme, observable } = input
  const frame = {
    showline: true,
    linecolor: theme.ink,
    linewidth: 1,
    mirror: 'allticks',
    ticks: 'inside',
    ticklen: 7,
    tickwidth: 1,
    tickcolor: theme.ink,
    showgrid: false,
    zeroline: false,
    fixedrange: true,
    automargin: false,
  }
  const ticks = ({ tickvals, ticktext, minor }: AxisTicks): PlotlyJson => ({
    tickmode: 'array',
    tickvals,
    ticktext,
    minor: { ...minorStyle, tickmode: 'array', tickvals: minor },
  })
  const minorStyle = { ticks: 'inside', ticklen: 4, tickwidth: 1, tickcolor: theme.ink, showgrid: false }
  const range = (bounds: [number, number], scale: 'log' | 'linear') =>
    scale === 'log' ? bounds.map(Math.log10) : [...bounds]
  const x: PlotlyJson = {
    ...frame,
    type: axes.xScale,
    range: range(axes.x, axes.xScale),
    ...(axes.xScale === 'log' ? ticks(plainLogTicks(axes.x, 6)) : { minor: minorStyle }),
  }
  const label = observableLabels[observable].markup
  const title = (text: string, extra: PlotlyJson): PlotlyJson => ({
    text,
    showarrow: false,
    xref: 'paper',
    yref: 'paper',
    font: { size: 14, color: theme.ink },
    ...extra,
  })
  const yTitle = { x: 0, xanchor: 'right', yanchor: 'top', textangle: -90, xshift: -44 }
  return {
    margin: { ...margin, pad: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 12, color: theme.ink },
    dragmode: false,
    hovermode: 'x',
    hoverdistance: -1,
    hoverlabel: {
      bgcolor: theme.panel,
      bordercolor: theme.line,
      align: 'left',
      font: { family: theme.font, size: 12, color: theme.ink },
    },
    showlegend: true,
    legend: {
      x: 0.02,
      xanchor: 'left',
      y: mainDomain[0] + 0.02,
      yanchor: 'bottom',
      bgcolor: 'rgba(0,0,0,0)',
      font: { size: 12, color: theme.ink },
      itemclick: false,
      itemdoubleclick: false,
      tracegroupgap: 0,
      itemwidth: 30,
    },
    xaxis: { ...x, anchor: 'y', showticklabels: false },
    xaxis2: { ...x, anchor: 'y2', tickfont: { size: 12 } },
    yaxis: {
      ...frame,
      anchor: 'x',
      domain: mainDomain,
      type: axes.yScale,
      range: range(axes.y, axes.yScale),
      ...(axes.yScale === 'log'
        ? ticks(decadeTicks(axes.y, 8))
        : { minor: minorStyle, exponentformat: 'power', nticks: 6 }),
    },
    yaxis2: {
      ...frame,
      anchor: 'x2',
      domain: ratioDomain,
      type: 'linear',
      range: axes.ratio,
      ...ratioTicks(axes.ratio, minorStyle),
    },
    shapes: [
      {
        type: 'line',
        xref: 'paper',
        x0: 0,
        x1: 1,
        yref: 'y2',
        y0: 1,
        y1: 1,
        layer: 'below',
        line: { color: theme.inkSoft, width: 1, dash: 'dot' },
      },
    ],
    annotations: [
      title(`${label} [GeV]`, { x: 1, xanchor: 'right', y: 0, yanchor: 'top', yshift: -22 }),
      title(`d<i>σ</i>/d${label} [pb/GeV]`, { ...yTitle, y: 1 }),
      title(`ratio to ${escapeMarkup(referenceOf(input).name)}`, { ...yTitle, y: ratioDomain[1] }),
      title(cornerLabel(input), {
        x: 1,
        xanchor: 'right',
        xshift: -12,
        y: 1,
        yanchor: 'top',
        yshift: -10,
        align: 'right',
        font: { size: 12, color: theme.ink },
      }),
    ],
  }
}

/** Labels at 1 and half-way to the edges, never at the edge itself, where the two panels' labels would touch. */
function ratioTicks([low, high]: [number, number], minorStyle: PlotlyJson): PlotlyJson {
  const offset = ratioSteps.find((step) => step <= (high - 1) * 0.67) ?? 0.01
  const tickvals: number[] = []
  for (let k = Math.ceil((low - 1) / offset); 1 + k * offset < high - offset * 0.1; k++)
    if (1 + k * offset > low + offset * 0.1) tickvals.push(Number((1 + k * offset).toFixed(4)))
  // Steps of 3 are cut in three, the others in five, so that minor ticks fall on round numbers.
  const cuts = String(offset).endsWith('3') ? 3 : 5
  return {
    tickmode: 'array',
    tickvals,
    ticktext: tickvals.map(String),
    minor: { ...minorStyle, tick0: 1, dtick: offset / cuts },
  }
}

const ratioSteps = [4, 2, 1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.01]

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
