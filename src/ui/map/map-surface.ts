import { AppError } from '../../errors.ts'

import type { Camera, Viewport } from './camera.ts'
import { pixelsPerUnit, toScreen } from './camera.ts'
import { createCanvasLayer } from './canvas-layer.ts'
import type { LayerColours, PointLayer, PointStyle } from './layer.ts'
import { stateFlagged, stateSelected } from './layer.ts'
import type { MapPoints, RendererNotice } from './types.ts'
import { createWebglLayer } from './webgl-layer.ts'

/** Where a picture takes longer than this, a sample is drawn while the camera moves and all rows at rest. */
const slowMs = 60
const restMs = 150
const sampleRows = 150_000

/** The canvas under the map: keeps what is to be seen, draws on change only, survives a lost context. */
export interface MapSurface {
  setPoints(points: MapPoints, firstDirty: number): void
  setColours(colours: LayerColours, count: number, firstDirty: number): void
  setState(selected: Uint8Array | null, flagged: Uint8Array | null, count: number, firstDirty: number): void
  setView(camera: Camera, viewport: Viewport, style: PointStyle): void
  dispose(): void
}

interface SurfaceOptions {
  onNotice?: (notice: RendererNotice) => void
  onDrawn?: (rows: number) => void
  /** For tests and for browsers with a broken driver. */
  forceCanvas?: boolean
}

export function createMapSurface(host: HTMLElement, options: SurfaceOptions = {}): MapSurface {
  const glCanvas = appendCanvas(host)
  let plainCanvas: HTMLCanvasElement | null = null
  let layer: PointLayer | null = null
  let points: MapPoints | null = null
  let colours: LayerColours | null = null
  let state = new Uint8Array(0)
  let selecting = false
  let view: { camera: Camera; viewport: Viewport; style: PointStyle } | null = null
  let drawn: { camera: Camera; viewport: Viewport } | null = null
  let frame = 0
  let stale = true
  let told = ''
  let slow = true
  let unfinished = false
  /** Since when the sample has been out; 0 while it is being made. */
  let sampleOut = 0
  let fullSince = 0

  function tell(reason: RendererNotice['reason'], shown: number): void {
    if (!layer) return
    const notice = { kind: layer.kind, shown, total: points?.count ?? 0, reason }
    const key = JSON.stringify(notice)
    if (key !== told) options.onNotice?.(notice)
    told = key
  }

  let reason: RendererNotice['reason']

  function startWebgl(): void {
    try {
      layer = options.forceCanvas ? null : createWebglLayer(glCanvas)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      layer = null
    }
    if (layer) {
      reason = undefined
      plainCanvas?.remove()
      plainCanvas = null
    } else startPlain('no-webgl2')
    uploadAll()
  }

  function startPlain(why: RendererNotice['reason']): void {
    reason = why
    plainCanvas ??= appendCanvas(host)
    layer = createCanvasLayer(plainCanvas)
  }

  function uploadAll(): void {
    if (!layer || !points || !colours) return
    layer.setPoints(points, 0)
    layer.setColours(colours, points.count, 0)
    layer.setState(state, points.count, 0)
    invalidate()
  }

  function invalidate(): void {
    stale = true
    frame ||= requestAnimationFrame(render)
  }

  function render(): void {
    frame = 0
    if (!layer || !view || !points || !colours) return
    const canvas = plainCanvas ?? glCanvas
    // While the last picture is still being made, move the one before instead of queueing a third.
    if (!layer.ready()) {
      follow(canvas)
      frame = requestAnimationFrame(render)
      return
    }
    const now = performance.now()
    if (fullSince) slow = now - fullSince > slowMs
    fullSince = 0
    if (!stale && !unfinished) return
    if (!stale) {
      // The sample is seen, and answers to the hand, before all rows take the graphics for a while.
      sampleOut ||= now
      if (now < sampleOut + restMs) {
        frame = requestAnimationFrame(render)
        return
      }
    }
    const many = layer.kind === 'webgl2' && points.count > sampleRows
    unfinished = many && slow && stale
    stale = false
    const pixelRatio = window.devicePixelRatio || 1
    const width = Math.max(1, Math.round(view.viewport.width * pixelRatio))
    const height = Math.max(1, Math.round(view.viewport.height * pixelRatio))
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    canvas.style.transform = ''
    const rows = layer.draw({ ...view, pixelRatio, selecting, limit: unfinished ? sampleRows : undefined })
    sampleOut = 0
    drawn = { camera: view.camera, viewport: view.viewport }
    if (unfinished) frame = requestAnimationFrame(render)
    else {
      tell(reason, rows)
      if (many) {
        fullSince = now
        frame = requestAnimationFrame(render)
      }
    }
    options.onDrawn?.(rows)
  }

  /** Shifts and scales the last picture to where the present camera has it. */
  function follow(canvas: HTMLCanvasElement): void {
    if (!drawn || !view) return
    const zoom = pixelsPerUnit(view.camera, view.viewport) / pixelsPerUnit(drawn.camera, drawn.viewport)
    const [cx, cy] = toScreen(view.camera, view.viewport, drawn.camera.x, drawn.camera.y)
    const dx = cx - (drawn.viewport.width / 2) * zoom
    const dy = cy - (drawn.viewport.height / 2) * zoom
    canvas.style.transform = `translate(${dx}px, ${dy}px) scale(${zoom})`
  }

  function onLost(event: Event): void {
    event.preventDefault()
    startPlain('context-lost')
    uploadAll()
  }

  glCanvas.addEventListener('webglcontextlost', onLost)
  glCanvas.addEventListener('webglcontextrestored', startWebgl)
  startWebgl()

  return {
    setPoints(next, firstDirty) {
      points = next
      layer?.setPoints(next, firstDirty)
      invalidate()
    },
    setColours(next, count, firstDirty) {
      colours = next
      layer?.setColours(next, count, firstDirty)
      invalidate()
    },
    setState(selected, flagged, count, firstDirty) {
      if (state.length < count) {
        const longer = new Uint8Array(firstDirty ? Math.ceil(count * 1.5) : count)
        longer.set(state)
        state = longer
      }
      selecting = selected !== null
      for (let i = firstDirty; i < count; i++)
        state[i] = (selected?.[i] ? stateSelected : 0) | (flagged?.[i] ? stateFlagged : 0)
      layer?.setState(state, count, firstDirty)
      invalidate()
    },
    setView(camera, viewport, style) {
      view = { camera, viewport, style }
      invalidate()
    },
    dispose() {
      cancelAnimationFrame(frame)
      glCanvas.removeEventListener('webglcontextlost', onLost)
      glCanvas.removeEventListener('webglcontextrestored', startWebgl)
      layer?.dispose()
      glCanvas.remove()
      plainCanvas?.remove()
    },
  }
}

function appendCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.className = 'map-canvas'
  canvas.setAttribute('aria-hidden', 'true')
  host.append(canvas)
  return canvas
}
