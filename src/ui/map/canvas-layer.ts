import { toScreen } from './camera.ts'
import type { LayerColours, LayerView, PointLayer } from './layer.ts'
import { missingColour, stateFlagged, stateSelected } from './layer.ts'
import { pointForm } from './point-form.ts'
import type { MapPoints } from './types.ts'

/** Rows that the 2-D canvas draws at most; beyond, evenly spaced rows stand for all and the map says so. */
export const canvasRowLimit = 50_000

/** The renderer without WebGL2: squares, discs and rings by fillRect and arc, grouped by colour, as large as WebGL's. */
export function createCanvasLayer(canvas: HTMLCanvasElement): PointLayer | null {
  const pen = canvas.getContext('2d')
  if (!pen) return null
  let points: MapPoints = { x: new Float32Array(0), y: new Float32Array(0), count: 0, version: -1 }
  let colours: LayerColours | null = null
  let state: Uint8Array = new Uint8Array(0)

  function draw(view: LayerView): number {
    if (!pen) return 0
    pen.setTransform(1, 0, 0, 1, 0, 0)
    pen.clearRect(0, 0, canvas.width, canvas.height)
    if (!colours || !points.count) return 0
    pen.setTransform(view.pixelRatio, 0, 0, view.pixelRatio, 0, 0)
    const stride = Math.max(1, Math.ceil(points.count / canvasRowLimit))
    const groups = groupByColour(points, colours, state, stride, view.selecting)
    const { style, pixelRatio, selecting } = view
    for (const [key, rows] of groups) {
      const grey = key === missingColour
      const [r, g, b] = grey ? colours.context : colours.table.subarray(4 * key, 4 * key + 3)
      pen.fillStyle = pen.strokeStyle = `rgb(${r} ${g} ${b})`
      for (const row of rows) {
        const [sx, sy] = toScreen(view.camera, view.viewport, points.x[row], points.y[row])
        if (!(sx > -9 && sy > -9 && sx < view.viewport.width + 9 && sy < view.viewport.height + 9)) continue
        const chosen = selecting && (state[row] & stateSelected) !== 0
        const form = pointForm(style.size, pixelRatio, chosen, (state[row] & stateFlagged) !== 0)
        const alpha = grey ? style.contextAlpha : chosen ? Math.min(0.9, 1.4 * style.alpha) : style.alpha
        const { radius, ring } = form
        pen.globalAlpha = alpha
        if (ring || form.round) {
          pen.beginPath()
          pen.arc(sx, sy, ring?.radius ?? radius, 0, 2 * Math.PI)
          if (ring) {
            pen.lineWidth = ring.width
            pen.stroke()
          } else pen.fill()
        } else pen.fillRect(sx - radius, sy - radius, 2 * radius, 2 * radius)
      }
    }
    return Math.ceil(points.count / stride)
  }

  return {
    kind: 'canvas2d',
    setPoints: (next) => void (points = next),
    setColours: (next) => void (colours = next),
    setState: (next) => void (state = next),
    draw,
    ready: () => true,
    dispose: () => undefined,
  }
}

/** Context rows first, so that the selection lies on top. */
function groupByColour(
  points: MapPoints,
  colours: LayerColours,
  state: Uint8Array,
  stride: number,
  selecting: boolean,
): Map<number, number[]> {
  const groups = new Map<number, number[]>([[missingColour, []]])
  for (let row = 0; row < points.count; row += stride) {
    const grey = selecting && !(state[row] & stateSelected)
    const key = grey ? missingColour : colours.index[row]
    const rows = groups.get(key)
    if (rows) rows.push(row)
    else groups.set(key, [row])
  }
  return groups
}
