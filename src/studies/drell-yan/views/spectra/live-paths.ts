import { position, type PlotFrame, type SpectrumAxes } from './axes.ts'

export interface LivePaths {
  main: string
  ratio: string
  /** Bars at the foot of negative bins. */
  negative: string
}

/** Tenths of a pixel: shorter strings parse faster, and no eye sees the rest. */
const px = (value: number): string => value.toFixed(1)

/**
 * SVG paths of one step curve and its ratio. Runs on every pointer move, so it is a plain loop over the bins.
 *
 * @param values     [bins], pb per bin, or the asymmetry
 * @param reference  [bins], what the ratio panel divides by, or of an asymmetry what it takes off
 */
export function livePaths(
  edges: ArrayLike<number>,
  values: ArrayLike<number>,
  reference: ArrayLike<number>,
  axes: SpectrumAxes,
  frame: PlotFrame,
): LivePaths {
  const { main, ratio } = frame
  const asymmetry = axes.neutral === 0
  const mainFoot = main.top + main.height
  const ratioFoot = ratio.top + ratio.height
  const paths = { main: '', ratio: '', negative: '' }
  let x0 = px(position(edges[0], axes.x, axes.xScale, frame.left, frame.width))
  for (let bin = 0; bin + 1 < edges.length; bin++) {
    const x1 = px(position(edges[bin + 1], axes.x, axes.xScale, frame.left, frame.width))
    const height = asymmetry ? values[bin] : values[bin] / (edges[bin + 1] - edges[bin])
    const over = asymmetry ? values[bin] - reference[bin] : values[bin] / reference[bin]
    const y = position(height, axes.y, axes.yScale, mainFoot, -main.height)
    const r = position(over, axes.ratio, 'linear', ratioFoot, -ratio.height)
    const start = bin === 0 ? `M${x0},` : 'V'
    paths.main += `${start}${px(clamp(y, main))}H${x1}`
    paths.ratio += `${start}${px(clamp(r, ratio))}H${x1}`
    if (!asymmetry && values[bin] < 0) paths.negative += `M${x0},${px(mainFoot - 1)}H${x1}`
    x0 = x1
  }
  return paths
}

/** Just outside the panel, where its clip hides the line: far-off coordinates would only cost drawing time. */
function clamp(y: number, panel: { top: number; height: number }): number {
  if (Number.isNaN(y)) return panel.top + panel.height + 20
  return Math.min(panel.top + panel.height + 20, Math.max(panel.top - 20, y))
}
