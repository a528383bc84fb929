import { smallest } from '../../numerics/smallest.ts'
import {
  component,
  leastPoints,
  logTerm,
  momentsOf,
  responsibilities,
  type Component,
  type Mixture,
  type WeightedPoints,
} from './mixture.ts'

/** Enough for a ring or a banana; more parts would only smooth what is one mode anyway. */
const mostComponents = 12
/** Smallest variance of a component, in units of the whole. */
const ridge = 1e-9
/** Gain of ln L below which a further iteration is not worth it. */
const enough = 0.05
const mostIterations = 50

interface Fitted {
  mixture: Mixture
  /** ln L of the effective points */
  logL: number
  logs: Float64Array // [n] ln density at each point
}

/**
 * Normal mixture of weighted points, the number of components by the Bayesian information criterion.
 *
 * Expectation-maximisation (Dempster, Laird, Rubin, J. R. Stat. Soc. B 39 (1977) 1) from one component upward; each new one
 * starts where the points most exceed the mixture so far (in the spirit of the greedy learning of Verbeek, Vlassis and
 * Kröse, Neural Comput. 15 (2003) 469), which finds a mode of one per cent as surely as one of fifty. It stays where it
 * gains more than half the logarithm of the effective number of points per parameter (Schwarz, Ann. Stat. 6 (1978) 461).
 * Nothing is drawn: equal points give equal mixtures.
 *
 * @param points  of about unit spread in every direction
 */
export function fitMixture(points: WeightedPoints): Mixture {
  const { dimensions: d, effective } = points
  const perComponent = 1 + d + (d * (d + 1)) / 2
  const price = 0.375 * perComponent * Math.log(Math.max(2, effective))
  const all = momentsOf(points, new Float64Array(points.weights.length).fill(1), 0, 1, ridge)
  if (!all) return [wideComponent(points)]
  let best = climb(points, [all])
  while (best.mixture.length < mostComponents) {
    const grown = grow(points, best)
    if (!grown || grown.logL - best.logL < price) break
    best = grown
  }
  return prune(points, best, price).mixture
}

/** Too few points for a covariance: one round component that holds them all. */
function wideComponent({ dimensions: d, x, weights }: WeightedPoints): Component {
  const mean = new Float64Array(d)
  weights.forEach((w, i) => {
    for (let k = 0; k < d; k++) mean[k] += w * x[i * d + k]
  })
  const unit = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0))
  return component(1, mean, unit)!
}

/** Expectation-maximisation to rest; components that lose their points fall away. */
function climb(points: WeightedPoints, start: Mixture): Fitted {
  const n = points.weights.length
  let mixture = start
  let p = new Float64Array(n * mixture.length)
  const logs = new Float64Array(n)
  let logL = points.effective * responsibilities(mixture, points, p, logs)
  for (let step = 0; step < mostIterations; step++) {
    const parts = mixture.length
    const next = mixture.flatMap((_, k) => momentsOf(points, p, k, parts, ridge) ?? [])
    if (next.length === 0) break
    const total = next.reduce((sum, { share }) => sum + share, 0)
    mixture = next.length === parts ? next : next.map((part) => withShare(part, part.share / total))
    if (next.length !== parts) p = new Float64Array(n * mixture.length)
    const now = points.effective * responsibilities(mixture, points, p, logs)
    const gain = now - logL
    logL = now
    if (next.length === parts && gain < enough) break
  }
  return { mixture, logL, logs }
}

function withShare(part: Component, share: number): Component {
  return { ...part, share, logHeight: part.logHeight + Math.log(share / part.share) }
}

/** Candidates that are followed up. */
const followed = 6

/** The mixture with one more component, the best of several starts. */
function grow(points: WeightedPoints, before: Fitted): Fitted | null {
  const found = candidates(points, before)
    .map((start) => insert(points, before, start))
    .filter((result) => result !== null)
    .sort((a, b) => b.gain - a.gain)
  if (found.length === 0) return null
  const { part } = found[0]
  return climb(points, [...before.mixture.map((old) => withShare(old, old.share * (1 - part.share))), part])
}

const insertSteps = 12

/** A few steps of expectation-maximisation for the new component alone, the old density fixed. */
function insert(points: WeightedPoints, { logs }: Fitted, start: Component) {
  const { x, weights, dimensions: d, effective } = points
  const n = weights.length
  const p = new Float64Array(n)
  const scratch = new Float64Array(d)
  let part = start
  let gain = 0
  for (let step = 1; step <= insertSteps; step++) {
    const rest = Math.log1p(-part.share)
    let sum = 0
    for (let i = 0; i < n; i++) {
      const odds = logTerm(part, x, i * d, scratch) - logs[i] - rest
      p[i] = 1 / (1 + Math.exp(-odds))
      // Only the last gain is asked for.
      if (step === insertSteps)
        sum +=
          weights[i] * (rest + (odds > 0 ? odds + Math.log1p(Math.exp(-odds)) : Math.log1p(Math.exp(odds))))
    }
    gain = effective * sum
    const next = momentsOf(points, p, 0, 1, ridge)
    if (!next || next.share > 0.99) return null
    part = next
  }
  return { part, gain }
}

/** Numbers of nearest points from whose moments a component may start, as shares of all. */
const neighbourhoods = [0.01, 0.04, 0.15]

/**
 * Starts of a new component: the nearest neighbours of some centres, ranked by how far their density exceeds the mixture's.
 * Half the centres are where the mixture expects least: there light modes are.
 */
function candidates(points: WeightedPoints, { mixture, logs }: Fitted): Component[] {
  const { x, weights, dimensions: d, effective } = points
  const n = weights.length
  const scratch = new Float64Array(d)
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => logs[a] - logs[b] || a - b)
  const rare = Math.max(1, Math.round(0.03 * n))
  const evenly = (from: number, to: number, count: number) =>
    Array.from({ length: count }, (_, k) => order[Math.floor(from + ((k + 0.5) / count) * (to - from))])
  const centres = new Set([...evenly(0, rare, 30), ...evenly(rare, n, 30)])
  const wanted = neighbourhoods.map((share) =>
    Math.min(n, Math.ceil(n * Math.max(share, (1.5 * leastPoints(d)) / effective))),
  )
  const distance = new Float64Array(n)
  const unsorted = new Float64Array(n)
  const ones = new Float64Array(n).fill(1)
  const all = Int32Array.from({ length: n }, (_, i) => i)
  const ranked: { part: Component; score: number; centre: number }[] = []
  for (const centre of centres) {
    // Distances in units of the component that the centre most probably belongs to.
    let host = mixture[0]
    let most = Number.NEGATIVE_INFINITY
    for (const part of mixture) {
      const term = logTerm(part, x, centre * d, scratch)
      if (term > most) [most, host] = [term, part]
    }
    const metric = { ...host, mean: x.subarray(centre * d, centre * d + d), logHeight: 0 }
    for (let i = 0; i < n; i++) distance[i] = -2 * logTerm(metric, x, i * d, scratch)
    unsorted.set(distance)
    // Of all points only those of the largest neighbourhood are sorted.
    const reaches = smallest(unsorted, Math.max(...wanted))
    let near: Int32Array = all
    for (let k = wanted.length - 1; k >= 0; k--) {
      near = within(near, distance, reaches[wanted[k] - 1])
      const own = chosenPoints(points, near)
      const part = momentsOf(own, ones, 0, 1, ridge)
      if (!part || part.share > 0.9) continue
      let score = 0
      for (let at = 0; at < near.length; at++)
        score += own.weights[at] * (logTerm(part, own.x, at * d, scratch) - logs[near[at]])
      ranked.push({ part, score, centre })
    }
  }
  ranked.sort((a, b) => b.score - a.score || a.centre - b.centre)
  const chosen: Component[] = []
  for (const { part } of ranked) {
    if (chosen.length === followed) break
    const known = chosen.some(
      (other) =>
        -2 * (logTerm(other, part.mean, 0, scratch) - other.logHeight) < 1 &&
        other.share > 0.5 * part.share &&
        other.share < 2 * part.share,
    )
    if (!known) chosen.push(part)
  }
  return chosen
}

/** Those of the points, in their order and with their weights. */
function chosenPoints(
  { x, weights, dimensions: d, effective }: WeightedPoints,
  rows: Int32Array,
): WeightedPoints {
  const own = {
    dimensions: d,
    effective,
    x: new Float64Array(rows.length * d),
    weights: new Float64Array(rows.length),
  }
  for (let at = 0; at < rows.length; at++) {
    own.weights[at] = weights[rows[at]]
    for (let k = 0; k < d; k++) own.x[at * d + k] = x[rows[at] * d + k]
  }
  return own
}

/** Those of the rows whose distance is no greater than `reach`. */
function within(rows: Int32Array, distance: Float64Array, reach: number): Int32Array {
  const out = new Int32Array(rows.length)
  let found = 0
  for (let at = 0; at < rows.length; at++) if (distance[rows[at]] <= reach) out[found++] = rows[at]
  return out.subarray(0, found)
}

/** Joins pairs of components as long as that costs less than the parameters saved. */
function prune(points: WeightedPoints, start: Fitted, price: number): Fitted {
  let best = start
  for (;;) {
    const pair = cheapestPair(best.mixture)
    if (!pair) return best
    const { i, j, joined } = pair
    const fewer = climb(points, [...best.mixture.filter((_, k) => k !== i && k !== j), joined])
    if (best.logL - fewer.logL > price) return best
    best = fewer
  }
}

/**
 * The two components whose union by moments loses least: bound on the Kullback-Leibler divergence of Runnalls, IEEE Trans.
 * Aerosp. Electron. Syst. 43 (2007) 989, eq. 21.
 */
function cheapestPair(mixture: Mixture): { i: number; j: number; joined: Component } | null {
  let best: { i: number; j: number; joined: Component } | null = null
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < mixture.length; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [mixture[i], mixture[j]]
      const joined = join(a, b)
      if (!joined) continue
      const loss = joined.share * logVolume(joined) - a.share * logVolume(a) - b.share * logVolume(b)
      if (loss < least) {
        least = loss
        best = { i, j, joined }
      }
    }
  return best
}

function logVolume({ factor, mean }: Component): number {
  let sum = 0
  for (let k = 0; k < mean.length; k++) sum += Math.log(factor[k * mean.length + k])
  return sum
}

/** The normal with the moments of two. */
function join(a: Component, b: Component): Component | null {
  const d = a.mean.length
  const share = a.share + b.share
  const [u, v] = [a.share / share, b.share / share]
  const mean = a.mean.map((value, k) => u * value + v * b.mean[k])
  const covariance = a.covariance.map((value, at) => {
    const [k, l] = [Math.floor(at / d), at % d]
    return u * value + v * b.covariance[at] + u * v * (a.mean[k] - b.mean[k]) * (a.mean[l] - b.mean[l])
  })
  return component(share, mean, covariance)
}
