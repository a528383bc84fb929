import type { Density1d } from './density-1d.ts'

export interface Segment {
  low: number
  high: number
  /** Share of the posterior inside */
  mass: number
}

export interface HighestDensity {
  probability: number
  /** Disjoint where the density has separate modes; ascending */
  segments: Segment[]
  /** Density on the border */
  level: number
}

/** A segment of less is no part of a set: whoever reads it would take noise for a mode. */
export const leastSegment = 0.002

/**
 * Narrowest set of that probability: all x whose density exceeds a level; its segments may be disjoint. Where the level cuts
 * less than `leastSegment` off a peak, the peak's segment is grown to that, or left out where the whole peak holds less, and the
 * others hold the rest.
 */
export function highestDensity(found: Density1d, probability: number): HighestDensity {
  const { x } = found
  const density = Float64Array.from(found.density)
  const grown: Segment[] = []
  for (;;) {
    const wanted = probability - grown.reduce((sum, { mass }) => sum + mass, 0)
    const { segments, level } = setOf(x, density, wanted)
    const slight = segments.filter(({ mass }) => mass < leastSegment)
    if (slight.length === 0 || slight.length === segments.length)
      return { probability, segments: [...grown, ...segments].sort((p, q) => p.low - q.low), level }
    for (const segment of slight) {
      const peak = takeOut(x, density, segment)
      const whole = segmentsAbove(x, peak, 0).reduce((sum, { mass }) => sum + mass, 0)
      if (whole >= leastSegment) grown.push(...setOf(x, peak, leastSegment).segments)
    }
  }
}

/** All above the level at which they hold so much. */
function setOf(x: Float64Array, density: Float64Array, mass: number): { segments: Segment[]; level: number } {
  let low = 0
  let high = 0
  for (const value of density) if (value > high) high = value
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high)
    const sum = segmentsAbove(x, density, middle).reduce((all, segment) => all + segment.mass, 0)
    if (sum > mass) low = middle
    else high = middle
  }
  return { segments: segmentsAbove(x, density, low), level: low }
}

/** Takes the peak in a segment out of the density, down to the valleys on both sides, and returns it alone. */
function takeOut(x: Float64Array, density: Float64Array, { low, high }: Segment): Float64Array {
  let peak = -1
  for (let i = 0; i < x.length; i++)
    if (x[i] >= low && x[i] <= high && (peak < 0 || density[i] > density[peak])) peak = i
  if (peak < 0) peak = x.findIndex((value) => value >= low) // narrower than a cell
  const walk = (step: 1 | -1): number => {
    let i = peak
    while (i + step >= 0 && i + step < x.length && density[i + step] <= density[i]) i += step
    return i
  }
  const [from, to] = [walk(-1), walk(1)]
  const alone = density.map((value, i) => (i >= from && i <= to ? value : 0))
  density.fill(0, from, to + 1)
  return alone
}

/** The density between nodes is a straight line: crossings and areas follow exactly. */
function segmentsAbove(x: Float64Array, density: Float64Array, level: number): Segment[] {
  const segments: Segment[] = []
  let open: Segment | null = null
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [density[i], density[i + 1]]
    const step = x[i + 1] - x[i]
    const crossing = x[i] + (a === b ? 0 : ((level - a) / (b - a)) * step)
    if (a >= level && !open) open = { low: x[i], high: x[i], mass: 0 }
    if (a >= level && b >= level && open) open.mass += 0.5 * (a + b) * step
    else if (a >= level && open) {
      open.high = crossing
      open.mass += 0.5 * (a + level) * (crossing - x[i])
      segments.push(open)
      open = null
    } else if (b >= level)
      open = { low: crossing, high: crossing, mass: 0.5 * (b + level) * (x[i + 1] - crossing) }
  }
  if (open) segments.push({ ...open, high: x[x.length - 1] })
  return segments
}

/**
 * Quantiles of weighted samples: the cumulative weight at a sample counts half of its own, linear in between. Sorted once.
 *
 * @returns  quantile of a probability in [0, 1]
 */
export function weightedQuantile(
  values: Float64Array,
  weights: Float64Array,
): (probability: number) => number {
  const order = Int32Array.from({ length: values.length }, (_, i) => i)
    .filter((i) => weights[i] > 0)
    .sort((a, b) => values[a] - values[b])
  let total = 0
  for (const i of order) total += weights[i]
  const cumulative = new Float64Array(order.length)
  let sum = 0
  order.forEach((i, k) => {
    cumulative[k] = (sum + 0.5 * weights[i]) / total
    sum += weights[i]
  })
  return (p) => {
    let k = 0
    while (k < order.length && cumulative[k] < p) k++
    if (k === 0) return values[order[0]]
    if (k === order.length) return values[order[k - 1]]
    const share = (p - cumulative[k - 1]) / (cumulative[k] - cumulative[k - 1])
    return values[order[k - 1]] + share * (values[order[k]] - values[order[k - 1]])
  }
}

/** Equal-tailed interval: the same probability below and above. */
export function equalTailed(quantile: (probability: number) => number, probability: number): Segment {
  const tail = 0.5 * (1 - probability)
  return { low: quantile(tail), high: quantile(1 - tail), mass: probability }
}
