/** What a point looks like, as the shaders in webgl-shaders.ts have it; lengths in CSS pixels. */
export interface PointForm {
  radius: number
  /** False: a dot of ink, so small that a square does. */
  round: boolean
  /** Middle of the stroke and its width; null where it is no ring. */
  ring: { radius: number; width: number } | null
}

/** Below this diameter, in device pixels, the shader fills the square [px]. */
const dotDiameter = 3

/**
 * @param size    diameter of an ordinary point [CSS px]
 * @param chosen  in the selection, where there is one
 */
export function pointForm(size: number, pixelRatio: number, chosen: boolean, flagged: boolean): PointForm {
  const diameter = size * pixelRatio * (chosen ? 1.2 : 1) + (flagged ? 2 : 0)
  const radius = diameter / 2
  const round = diameter >= dotDiameter
  const half = Math.max(0.6, 0.14 * radius)
  return {
    radius: radius / pixelRatio,
    round,
    ring: flagged && round ? { radius: (radius - 0.8) / pixelRatio, width: (2 * half) / pixelRatio } : null,
  }
}
