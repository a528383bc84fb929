interface ErrorBars {
  type: 'data'
  color: string
  thickness: number
  width: number
  array: number[]
  arrayminus?: number[]
}

/**
 * What traces of a spectrum hold, in plotly's words: plotly draws them into files, the page itself on the screen
 * (drawn-trace.ts). A trace is in the legend unless it says no; numbers that are null leave a gap.
 */
export type SpectrumTrace = {
  type: 'scatter'
  mode: 'lines' | 'markers'
  xaxis: 'x' | 'x2'
  yaxis: 'y' | 'y2'
  x: readonly (number | null)[] // GeV
  y: readonly (number | null)[] // pb/GeV, or a ratio on y2
  name: string // markup
  hoverinfo?: 'skip'
  hovertemplate?: string
  text?: string[] // markup, of each point
  showlegend?: boolean
  line?: { color?: string; width: number; dash?: 'solid' | 'dash' | 'dot' }
  fill?: 'toself'
  fillcolor?: string
  fillpattern?: { shape: '/'; fgcolor: string; size: number; solidity: number }
  marker?: { color?: string; size: number; opacity?: number; symbol?: ('triangle-up' | 'triangle-down')[] }
  error_x?: ErrorBars
  error_y?: ErrorBars
}

export const mainAxes = { xaxis: 'x', yaxis: 'y' } as const
export const ratioAxes = { xaxis: 'x2', yaxis: 'y2' } as const
