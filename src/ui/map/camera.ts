import type { Bounds } from '../../numerics/histogram.ts'

/**
 * What part of the plane is seen. One scale for both axes: a distance on the map is a distance in latent space.
 * `halfSpan` is the distance, in data units, from the centre to the nearer edge, so that a camera means the
 * same on a wide screen and on a telephone.
 */
export interface Camera {
  x: number
  y: number
  halfSpan: number
}

/** Size of the drawing area in CSS pixels. */
export interface Viewport {
  width: number
  height: number
  /** The first axis of the data runs up, the second one across. */
  turned?: boolean
}

/** Less is not worth an unusual order of the axes. */
const worthTurning = 1.2

/** Whether data of these bounds are seen so much larger with their axes exchanged that this is worth it. */
export function fillsTurned({ xMin, xMax, yMin, yMax }: Bounds, { width, height }: Viewport): boolean {
  const [across, up] = [xMax - xMin, yMax - yMin]
  if (!(width > 0 && height > 0 && across > 0 && up > 0)) return false
  const plain = Math.min(width / across, height / up)
  return Math.min(width / up, height / across) > worthTurning * plain
}

export function pixelsPerUnit(camera: Camera, { width, height }: Viewport): number {
  return Math.max(1, Math.min(width, height)) / (2 * camera.halfSpan)
}

/** Data to CSS pixels from the top left of the drawing area. */
export function toScreen(camera: Camera, viewport: Viewport, x: number, y: number): [number, number] {
  const scale = pixelsPerUnit(camera, viewport)
  const [dx, dy] = [(x - camera.x) * scale, (y - camera.y) * scale]
  const [across, up] = viewport.turned ? [dy, dx] : [dx, dy]
  return [viewport.width / 2 + across, viewport.height / 2 - up]
}

export function toData(camera: Camera, viewport: Viewport, sx: number, sy: number): [number, number] {
  const scale = pixelsPerUnit(camera, viewport)
  const [across, up] = [(sx - viewport.width / 2) / scale, (viewport.height / 2 - sy) / scale]
  const [dx, dy] = viewport.turned ? [up, across] : [across, up]
  return [camera.x + dx, camera.y + dy]
}

export function visibleBounds(camera: Camera, viewport: Viewport): Bounds {
  const [xMin, yMin] = toData(camera, viewport, 0, viewport.height)
  const [xMax, yMax] = toData(camera, viewport, viewport.width, 0)
  return { xMin, xMax, yMin, yMax }
}

/** Zooms by `factor` (> 1 comes nearer) and keeps the data under (sx, sy) where it is. */
export function zoomAbout(
  camera: Camera,
  viewport: Viewport,
  factor: number,
  sx: number,
  sy: number,
): Camera {
  const [x, y] = toData(camera, viewport, sx, sy)
  const halfSpan = clampSpan(camera.halfSpan / factor, camera)
  const ratio = halfSpan / camera.halfSpan
  return { x: x + (camera.x - x) * ratio, y: y + (camera.y - y) * ratio, halfSpan }
}

/** Moves the content by (dx, dy) CSS pixels. */
export function panBy(camera: Camera, viewport: Viewport, dx: number, dy: number): Camera {
  const [x, y] = toData(camera, viewport, viewport.width / 2 - dx, viewport.height / 2 - dy)
  return { ...camera, x, y }
}

/** The camera that shows all of `bounds` with a border of 6 %. */
export function fitCamera(bounds: Bounds | null, viewport: Viewport): Camera {
  if (!bounds) return { x: 0, y: 0, halfSpan: 1 }
  const { xMin, xMax, yMin, yMax } = bounds
  const shorter = Math.max(1, Math.min(viewport.width, viewport.height))
  const [across, up] = viewport.turned ? [yMax - yMin, xMax - xMin] : [xMax - xMin, yMax - yMin]
  const span = Math.max(
    (across * shorter) / Math.max(1, viewport.width),
    (up * shorter) / Math.max(1, viewport.height),
  )
  const floor = 1e-3 * Math.max(1, Math.abs(xMin), Math.abs(yMin))
  return { x: (xMin + xMax) / 2, y: (yMin + yMax) / 2, halfSpan: (Math.max(span, floor) / 2) * 1.06 }
}

/** Points are 32-bit: nearer than 10^-5 of the coordinate there is nothing but rounding to see. */
function clampSpan(halfSpan: number, camera: Camera): number {
  const floor = 1e-5 * Math.max(1e-3, Math.abs(camera.x), Math.abs(camera.y))
  return Math.min(1e7, Math.max(floor, halfSpan))
}
