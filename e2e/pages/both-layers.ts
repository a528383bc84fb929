// Bundled into a page by a test: one point drawn by either renderer of the map, as what its pixels weigh.
import { createCanvasLayer } from '../../src/ui/map/canvas-layer.ts'
import { stateFlagged, stateSelected, type PointLayer } from '../../src/ui/map/layer.ts'
import { createWebglLayer } from '../../src/ui/map/webgl-layer.ts'

export interface DrawnPoint {
  kind: string
  /** Mean distance of the ink from the point, weighted by opacity [device px]. */
  radius: number
  /** Opacity summed over pixels, over the alpha of the style: the area [device px^2]. */
  area: number
}

export interface PointSettings {
  size: number
  pixelRatio: number
  flagged: boolean
  chosen: boolean
}

const side = 40 // CSS px

function drawn(
  create: (canvas: HTMLCanvasElement) => PointLayer | null,
  settings: PointSettings,
): DrawnPoint {
  const { size, pixelRatio, flagged, chosen } = settings
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side * pixelRatio
  const layer = create(canvas)
  if (!layer) throw new Error('no such renderer')
  // Two rows: where a set is selected, the renderers draw what is not in it too; this one lies beyond the view.
  const points = { x: Float32Array.of(0, 50), y: Float32Array.of(0, 50), count: 2, version: 0 }
  const table = new Uint8Array(1024).fill(0)
  const alpha = 0.5
  layer.setPoints(points, 0)
  layer.setColours(
    { index: Uint8Array.of(0, 0), table, context: [128, 128, 128], ground: [255, 255, 255] },
    2,
    0,
  )
  layer.setState(Uint8Array.of((flagged ? stateFlagged : 0) | (chosen ? stateSelected : 0), 0), 2, 0)
  layer.draw({
    camera: { x: 0, y: 0, halfSpan: 1 },
    viewport: { width: side, height: side },
    pixelRatio,
    style: { size, alpha, contextAlpha: 0.2, rim: 0 },
    selecting: chosen,
  })
  const copy = document.createElement('canvas')
  copy.width = copy.height = canvas.width
  const pen = copy.getContext('2d')
  if (!pen) throw new Error('no 2-D canvas')
  pen.drawImage(canvas, 0, 0)
  const { data } = pen.getImageData(0, 0, copy.width, copy.height)
  let ink = 0
  let moment = 0
  for (let i = 0; i < copy.width * copy.height; i++) {
    const opacity = data[4 * i + 3] / 255
    const x = (i % copy.width) + 0.5 - copy.width / 2
    const y = Math.floor(i / copy.width) + 0.5 - copy.height / 2
    ink += opacity
    moment += opacity * Math.hypot(x, y)
  }
  layer.dispose()
  return { kind: layer.kind, radius: moment / ink, area: ink / alpha }
}

/** [WebGL2, 2-D] of each point. */
export function drawBoth(points: readonly PointSettings[]): [DrawnPoint, DrawnPoint][] {
  return points.map((settings) => [drawn(createWebglLayer, settings), drawn(createCanvasLayer, settings)])
}

Object.assign(window, { drawBoth })
