import type { PlotlyJson } from '../../../../ui/plots/plotly.ts'
import { legendCorner, mainDomain, margin, ratioDomain, type SpectrumAxes } from './axes.ts'
import type { AxisTicks } from '../../../../ui/plots/log-ticks.ts'
import type { SpectrumInput } from './spectrum-input.ts'
import { spectrumTexts } from './spectrum-texts.ts'
import { spectrumTicks } from './spectrum-ticks.ts'

/** Frame, ticks, titles at the axis ends and the label in the corner. */
export function spectrumLayout(input: SpectrumInput, axes: SpectrumAxes): PlotlyJson {
  const { theme } = input
  const marks = spectrumTicks(axes)
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
    ...ticks(marks.x),
  }
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
      x: legendCorner.x,
      xanchor: 'left',
      y: legendCorner.y,
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
      ...ticks(marks.y),
    },
    yaxis2: {
      ...frame,
      anchor: 'x2',
      domain: ratioDomain,
      type: 'linear',
      range: axes.ratio,
      ...ticks(marks.ratio),
    },
    shapes: [
      {
        type: 'line',
        xref: 'paper',
        x0: 0,
        x1: 1,
        yref: 'y2',
        y0: axes.neutral,
        y1: axes.neutral,
        layer: 'below',
        line: { color: theme.inkSoft, width: 1, dash: 'dot' },
      },
    ],
    annotations: spectrumTexts(input),
  }
}
