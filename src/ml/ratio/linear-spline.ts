import * as z from 'zod'

z.config({ jitless: true })

/** A piecewise linear function through its knots, constant beyond the outermost. */
export const linearSplineSchema = z
  .object({
    knots: z.array(z.number()).min(1), // rising
    values: z.array(z.number()).min(1), // [knots]
  })
  .refine(
    ({ knots, values }) =>
      knots.length === values.length && knots.every((knot, k) => k === 0 || knot > knots[k - 1]),
    { error: 'a spline needs rising knots and one value each' },
  )
export type LinearSpline = z.infer<typeof linearSplineSchema>

/** Segment of x, and how far into it: 0 at its lower knot, 1 at its upper one. */
export function locate(knots: ArrayLike<number>, x: number): { segment: number; fraction: number } {
  const last = knots.length - 1
  if (!(x > knots[0])) return { segment: 0, fraction: 0 }
  if (x >= knots[last]) return { segment: last - 1, fraction: 1 }
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (knots[middle] <= x) low = middle
    else high = middle
  }
  return { segment: low, fraction: (x - knots[low]) / (knots[high] - knots[low]) }
}

export function evaluateSpline({ knots, values }: LinearSpline, x: number): number {
  if (knots.length === 1) return values[0]
  const { segment, fraction } = locate(knots, x)
  return values[segment] * (1 - fraction) + values[segment + 1] * fraction
}

/**
 * Knots with about equal weight between neighbours, and `beyond` rows outside each of the outermost: what the function is
 * there is the mean over so many.
 */
export function quantileKnots(
  x: Float64Array,
  weights: Float64Array, // [rows], not negative
  segments: number,
  beyond: number,
): number[] {
  const order = Uint32Array.from(x, (_, i) => i).sort((a, b) => x[a] - x[b])
  const outside = Math.min(beyond, order.length >> 2)
  const [low, high] = [x[order[outside]], x[order[order.length - 1 - outside]]]
  const total = weights.reduce((sum, w) => sum + w, 0)
  const knots = [low]
  let below = 0
  let part = 1
  for (const i of order) {
    if (part >= segments) break
    below += weights[i]
    if (below < (part / segments) * total) continue
    while (part < segments && below >= (part / segments) * total) part++
    if (x[i] > knots[knots.length - 1] && x[i] < high) knots.push(x[i])
  }
  if (high > low) knots.push(high)
  return knots
}
