import Plotly from 'plotly.js-gl2d-dist-min'
import { palette } from './palette.ts'
import { pictureDone } from './gpu.ts'
import type { Dots } from './points.ts'

export interface PeerMap {
  allDots: number
  select(rows: number[]): Promise<number>
}

/** The same dots by plotly's scattergl: one trace, since a trace per colour would spread the selection. */
export async function mountPeerMap(host: HTMLElement, { x, y, index }: Dots): Promise<PeerMap> {
  const colours = Array.from(index, (k) => palette[k])
  const trace = { type: 'scattergl', mode: 'markers', x, y, marker: { size: 2, color: colours } }
  const layout = {
    width: 900,
    height: 700,
    dragmode: 'lasso',
    hovermode: false,
    margin: { l: 40, r: 10, t: 10, b: 40 },
  }
  const start = performance.now()
  await Plotly.newPlot(host, [trace], layout, { displayModeBar: false })
  await pictureDone()
  return {
    allDots: performance.now() - start,
    async select(rows) {
      const begin = performance.now()
      await Plotly.restyle(host, { selectedpoints: [rows] })
      await pictureDone()
      return performance.now() - begin
    },
  }
}
