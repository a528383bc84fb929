import type { FigureTheme } from './figure-theme.ts'
import type { PlotlyJson } from './plotly.ts'

/** An axis as physicists print it: ticks inwards on all four sides, no grid. */
export function frameAxis(theme: FigureTheme, extra: PlotlyJson = {}): PlotlyJson {
  return {
    showline: true,
    linecolor: theme.ink,
    linewidth: 1,
    mirror: 'ticks',
    ticks: 'inside',
    ticklen: 6,
    tickcolor: theme.ink,
    showgrid: false,
    zeroline: false,
    fixedrange: true,
    automargin: false,
    minor: { ticks: 'inside', ticklen: 3, tickcolor: theme.ink, showgrid: false },
    ...extra,
  }
}

export function frameLayout(theme: FigureTheme, extra: PlotlyJson = {}): PlotlyJson {
  return {
    margin: { l: 62, r: 14, t: 12, b: 46, pad: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 12, color: theme.ink },
    dragmode: false,
    hovermode: 'closest',
    hoverlabel: { bgcolor: theme.panel, bordercolor: theme.line, font: { size: 12, color: theme.ink } },
    showlegend: false,
    ...extra,
  }
}

/** A legend in a corner of the plot. */
export function cornerLegend(extra: PlotlyJson = {}): PlotlyJson {
  return {
    x: 0.98,
    xanchor: 'right',
    y: 0.98,
    yanchor: 'top',
    bgcolor: 'rgba(0,0,0,0)',
    font: { size: 12 },
    itemclick: false,
    itemdoubleclick: false,
    ...extra,
  }
}

/** Text placed in the paper's own coordinates. */
export function note(theme: FigureTheme, text: string, extra: PlotlyJson): PlotlyJson {
  return {
    text,
    showarrow: false,
    xref: 'paper',
    yref: 'paper',
    font: { size: 13, color: theme.ink },
    ...extra,
  }
}

/** Titles at the ends of both axes of one plot. */
export function endTitles(theme: FigureTheme, x: string, y: string, shift = -44): PlotlyJson[] {
  return [
    note(theme, x, { x: 1, xanchor: 'right', y: 0, yanchor: 'top', yshift: -22 }),
    note(theme, y, { x: 0, xanchor: 'right', y: 1, yanchor: 'top', textangle: -90, xshift: shift }),
  ]
}

/** A plain colour, hexadecimal or as the browser computes it, made translucent. */
export function withAlpha(colour: string, alpha: number): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (hex)
    return `rgba(${hex
      .slice(1)
      .map((part) => parseInt(part, 16))
      .join(',')},${alpha})`
  const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(colour)
  return rgb ? `rgba(${rgb.slice(1, 4).join(',')},${alpha})` : colour
}

/** An axis name of plotly: 1 is "x", 2 is "x2". */
export function axisName(letter: 'x' | 'y', number: number): string {
  return number === 1 ? letter : `${letter}${number}`
}

/** Its entry in the layout: "xaxis", "xaxis2". */
export function axisKey(letter: 'x' | 'y', number: number): string {
  return number === 1 ? `${letter}axis` : `${letter}axis${number}`
}
