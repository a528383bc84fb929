/**
 * Where a key press takes a coefficient slider, or undefined for a key that is not its business.
 * Arrows: 1/50 of the half width (with Shift 1/500), Page: 1/5, Home and End: the ends, 0, Delete and Backspace: zero.
 * A step that would cross zero stops there.
 */
export function sliderKey(key: string, shift: boolean, value: number, halfWidth: number): number | undefined {
  const fine = halfWidth / (shift ? 500 : 50)
  const steps: Record<string, number> = {
    ArrowRight: fine,
    ArrowUp: fine,
    ArrowLeft: -fine,
    ArrowDown: -fine,
    PageUp: halfWidth / 5,
    PageDown: -halfWidth / 5,
  }
  if (key === 'Home') return -halfWidth
  if (key === 'End') return halfWidth
  if (key === '0' || key === 'Delete' || key === 'Backspace') return 0
  const step = steps[key]
  if (step === undefined) return undefined
  const next = Number((value + step).toPrecision(12))
  if (value * next < 0) return 0
  // Subtracting ten steps from ten steps must land on zero, not on 1e-17.
  const clean = Math.abs(next) < Math.abs(step) * 1e-6 ? 0 : next
  return Math.min(halfWidth, Math.max(-halfWidth, clean))
}

/** The stretch between zero and the value in percent of the track, for the coloured part. */
export function sliderFill(value: number, halfWidth: number): { from: number; to: number } {
  const at = 50 + 50 * Math.min(1, Math.max(-1, halfWidth > 0 ? value / halfWidth : 0))
  return { from: Math.min(50, at), to: Math.max(50, at) }
}
