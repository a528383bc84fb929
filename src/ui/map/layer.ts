import type { Camera, Viewport } from './camera.ts'
import type { MapPoints } from './types.ts'

/** Bits of a row's state. */
export const stateSelected = 1
export const stateFlagged = 2

/** Colour index of a row without a class or value. */
export const missingColour = 255

/** How the points look; decided in figure.ts, the same for both renderers. */
export interface PointStyle {
  /** Diameter in CSS pixels. */
  size: number
  alpha: number
  contextAlpha: number
  /** Width of the ground-coloured rim that parts overlapping discs, CSS pixels; 0 for none. */
  rim: number
}

export interface LayerColours {
  index: Uint8Array // [>= count]
  table: Uint8Array // [256, 4]: sRGB bytes and shape (0 disc, 1 square, 2 diamond, 3 triangle)
  context: readonly [number, number, number] // sRGB bytes of rows that are not selected or have no colour
  ground: readonly [number, number, number]
}

export interface LayerView {
  camera: Camera
  viewport: Viewport
  pixelRatio: number
  style: PointStyle
  /** With a selection, rows outside it are context. */
  selecting: boolean
  /** Rows to draw at most, for a quick picture while the camera moves: an unbiased sample. */
  limit?: number
}

/** One way to put the points on a canvas. The first dirty row of each setter allows appending. */
export interface PointLayer {
  readonly kind: 'webgl2' | 'canvas2d'
  setPoints(points: MapPoints, firstDirty: number): void
  setColours(colours: LayerColours, count: number, firstDirty: number): void
  setState(state: Uint8Array, count: number, firstDirty: number): void
  /** @returns the number of rows drawn */
  draw(view: LayerView): number
  /** False while the graphics process still works on the last picture. */
  ready(): boolean
  dispose(): void
}
