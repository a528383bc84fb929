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

/** Narrowest set of that probability: all x whose density exceeds a level; its segments may be disjoint. */
export function highestDensity({ x, density }: Density1d, probability: number): HighestDensity {
  let low = 0
  let high = 0
  for (const value of density) if (value > high) high = value
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high)
    const mass = segmentsAbove(x, density, middle).reduce((sum, segment) => sum + segment.mass, 0)
    if (mass > probability) low = middle
    else high = middle
  }
  return { probability, segments: segmentsAbove(x, density, low), level: low }
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
 * Quantiles of weighted samples: the cumulative weight at a sample counts half of its own, linear in between.
 *
 * @param probabilities  each in [0, 1]
 */
export function weightedQuantiles(
  values: Float64Array,
  weights: Float64Array,
  probabilities: readonly number[],
): number[] {
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
  return probabilities.map((p) => {
    let k = 0
    while (k < order.length && cumulative[k] < p) k++
    if (k === 0) return values[order[0]]
    if (k === order.length) return values[order[k - 1]]
    const share = (p - cumulative[k - 1]) / (cumulative[k] - cumulative[k - 1])
    return values[order[k - 1]] + share * (values[order[k]] - values[order[k - 1]])
  })
}

/** Equal-tailed interval: the same probability below and above. */
export function equalTailed(values: Float64Array, weights: Float64Array, probability: number): Segment {
  const tail = 0.5 * (1 - probability)
  const [low, high] = weightedQuantiles(values, weights, [tail, 1 - tail])
  return { low, high, mass: probability }
}

export interface Mode {
  at: number
  density: number
  /** Share of the posterior between the valleys on either side */
  mass: number
}

/**
 * Separate modes: peaks with a valley below `depth` of the lower one between them, and more than `least` of the mass.
 * More than one is a warning that a single interval or a mean describes the posterior badly.
 */
export function findModes({ x, density }: Density1d, depth = 0.7, least = 0.02): Mode[] {
  const last = x.length - 1
  const cells = Float64Array.from(density, (value, i) => {
    const width = (x[Math.min(i + 1, last)] - x[Math.max(i - 1, 0)]) / 2
    return value * width
  })
  interface Hill {
    peak: number
    from: number
    to: number
  }
  const hills: Hill[] = []
  let from = 0
  for (let i = 1; i <= last; i++) {
    const valley = density[i] <= density[i - 1] && (i === last || density[i] < density[i + 1])
    if (!valley) continue
    let peak = from
    for (let k = from; k <= i; k++) if (density[k] > density[peak]) peak = k
    hills.push({ peak, from, to: i })
    from = i
  }
  if (from < last) {
    let peak = from
    for (let k = from; k <= last; k++) if (density[k] > density[peak]) peak = k
    hills.push({ peak, from, to: last })
  }
  const massOf = ({ from: a, to: b }: Hill) => {
    let sum = 0
    for (let k = a; k <= b; k++) sum += k === a || k === b ? 0.5 * cells[k] : cells[k]
    return sum
  }
  // Join the pair with the shallowest valley between until all that are left are deep and heavy enough.
  for (;;) {
    let join = -1
    let shallowest = 0
    for (let h = 0; h + 1 < hills.length; h++) {
      const lower = Math.min(density[hills[h].peak], density[hills[h + 1].peak])
      const light = Math.min(massOf(hills[h]), massOf(hills[h + 1])) < least
      const ratio = light ? 2 : density[hills[h].to] / lower
      if (ratio > depth && ratio > shallowest) {
        shallowest = ratio
        join = h
      }
    }
    if (join < 0) break
    const [a, b] = [hills[join], hills[join + 1]]
    hills.splice(join, 2, {
      peak: density[a.peak] >= density[b.peak] ? a.peak : b.peak,
      from: a.from,
      to: b.to,
    })
  }
  return hills.map((hill) => ({ at: x[hill.peak], density: density[hill.peak], mass: massOf(hill) }))
}
