/** The only file that knows plotly. 1.4 MB: loaded when the first figure is drawn, never with the shell. */

import { AppError } from '../../errors.ts'
import { paperTheme } from './figure-theme.ts'

/** A plotly trace or layout as plain JSON. Its shape is plotly's own schema (plotly.com/javascript/reference). */
export type PlotlyJson = { [key: string]: unknown }

export interface PlotlyFigureSpec {
  data: PlotlyJson[]
  layout: PlotlyJson
}

export interface PlotlyApi {
  react(root: HTMLElement, data: PlotlyJson[], layout: PlotlyJson, config: PlotlyJson): Promise<HTMLElement>
  purge(root: HTMLElement): void
  toImage(
    figure: { data: PlotlyJson[]; layout: PlotlyJson; config?: PlotlyJson },
    options: { format: 'svg' | 'png'; width: number; height: number; scale?: number },
  ): Promise<string>
}

export const plotlyConfig: PlotlyJson = {
  displayModeBar: false,
  displaylogo: false,
  // True by default since plotly 4: a button that uploads the chart's data.
  showSendToCloud: false,
  responsive: false,
}

let loading: Promise<PlotlyApi> | undefined

/** One load for all figures; a failed load (offline) may be tried again. */
export function loadPlotly(): Promise<PlotlyApi> {
  loading ??= importPlotly().catch((thrown: unknown) => {
    loading = undefined
    throw thrown
  })
  return loading
}

const plotlyModule = async () => (await import('plotly.js-cartesian-dist-min')).default

/** @throws AppError 'data/not-found' where its chunk does not come */
export async function importPlotly(load: () => Promise<PlotlyApi> = plotlyModule): Promise<PlotlyApi> {
  keepPlotlyFromInjectingStyles()
  try {
    return await load()
  } catch (cause) {
    throw new AppError(
      'data/not-found',
      'The plot library could not be loaded: the server is out of reach, or the site was updated. Check the connection and try again, or reload the page; the link keeps your analysis.',
      { cause: String(cause) },
    )
  }
}

/**
 * plotly writes its rules into a style element unless one with this id and class is there. They are in plots.css,
 * so the page works under a style-src without 'unsafe-inline'. A meta element will do, and breaks no policy.
 */
function keepPlotlyFromInjectingStyles(): void {
  const id = 'plotly.js-style-global'
  if (document.getElementById(id)) return
  const marker = document.createElement('meta')
  marker.id = id
  marker.className = 'no-inline-styles'
  document.head.append(marker)
}

/** Vector (SVG text) or bitmap (PNG blob) of a figure, drawn off screen at a fixed size on opaque paper: dark ink on nothing cannot be read on a dark page. */
export async function exportFigure(
  figure: PlotlyFigureSpec,
  format: 'svg' | 'png',
  size: { width: number; height: number },
): Promise<Blob> {
  const plotly = await loadPlotly()
  const url = await plotly.toImage(
    {
      data: figure.data,
      layout: { ...figure.layout, ...size, paper_bgcolor: paperTheme.panel },
      config: plotlyConfig,
    },
    { format, ...size, scale: format === 'png' ? 2 : 1 },
  )
  return dataUrlToBlob(url)
}

/** Decoded by hand: fetch(data:) would need connect-src data:. */
export function dataUrlToBlob(url: string): Blob {
  const comma = url.indexOf(',')
  const head = url.slice(5, comma)
  const body = url.slice(comma + 1)
  const type = head.split(';')[0]
  if (!head.endsWith(';base64')) return new Blob([decodeURIComponent(body)], { type })
  return new Blob([Uint8Array.from(atob(body), (c) => c.charCodeAt(0))], { type })
}
