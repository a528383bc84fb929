import gammaln from '@stdlib/math-base-special-gammaln'
import type { Rng } from '../../numerics/rng.ts'
import { metricOf, unwhiten, whiten, type Metric } from './metric.ts'
import { friendsOfFriends, nearestNeighbours, type Neighbours } from './neighbours.ts'

/**
 * Where the next point may lie: the part of the unit cube inside the wrapping ellipsoid and within one radius of a
 * live point ("friends"). Plain data, so that a run can be stored.
 */
export interface Region {
  dimensions: number
  ellipsoid: Metric
  /** Squared Mahalanobis radius of the ellipsoid */
  ellipsoidRadius2: number
  metric: Metric
  friends: Float64Array // [count, d] whitened by `metric`, sorted by the first coordinate
  count: number
  friendRadius2: number
  clusters: number
  logVolume: { ellipsoid: number; friends: number }
}

/** At most 31: which samples hold a point is one bit each of an integer. */
const bootstraps = 30
const allBootstraps = 2 ** bootstraps - 1

/**
 * MLFriends with a wrapping ellipsoid. Each size is the largest distance of a left-out point from the region made of
 * the others, over 30 bootstrap samples, so that the true contour is enclosed with high probability.
 *
 * Source: Buchner, arXiv:1407.5459 (RadFriends), arXiv:1707.04476 (metric learning), arXiv:2101.09604 (ellipsoid).
 *
 * @param live  [n, d] points in the unit cube
 */
export function buildRegion(live: Float64Array, n: number, d: number, rng: Rng): Region {
  const points = sortedRows(live, n, d)
  const selections = bootstrapSelections(n, rng)
  let best = friendsIn(metricOf(points, n, d), points, n, d, selections)
  if (best.clusters > 1) {
    const local = friendsIn(metricOf(points, n, d, best.label, best.clusters), points, n, d, selections)
    if (local.logVolume < best.logVolume) best = local
  }
  const ellipsoid = metricOf(points, n, d)
  const ellipsoidRadius2 = wrappingRadius2(ellipsoid, points, n, d, selections)
  return {
    dimensions: d,
    ellipsoid,
    ellipsoidRadius2,
    metric: best.metric,
    friends: best.friends,
    count: n,
    friendRadius2: best.radius2,
    clusters: best.clusters,
    logVolume: {
      ellipsoid: logBall(d) + 0.5 * d * Math.log(ellipsoidRadius2) + ellipsoid.logVolume,
      friends: best.logVolume,
    },
  }
}

/** The volume that proposals are drawn from. */
export function regionLogVolume(region: Region): number {
  return Math.min(0, region.logVolume.ellipsoid, region.logVolume.friends)
}

/** By the first coordinate; the whitening is triangular, so whitened rows are then sorted as well. */
function sortedRows(points: Float64Array, n: number, d: number): Float64Array {
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => points[a * d] - points[b * d])
  const rows = new Float64Array(n * d)
  for (let i = 0; i < n; i++) for (let k = 0; k < d; k++) rows[i * d + k] = points[order[i] * d + k]
  return rows
}

/** [n] bit b: bootstrap sample b holds the point. */
function bootstrapSelections(n: number, rng: Rng): Int32Array {
  const selections = new Int32Array(n)
  for (let b = 0; b < bootstraps; b++) for (let i = 0; i < n; i++) selections[rng.integer(n)] |= 1 << b
  return selections
}

function friendsIn(metric: Metric, points: Float64Array, n: number, d: number, selections: Int32Array) {
  const friends = new Float64Array(n * d)
  for (let i = 0; i < n; i++) whiten(metric, d, points, i * d, friends, i * d)
  const near = nearestNeighbours(friends, n, d, 10)
  let radius2 = 1e-12 // coinciding points must not leave an empty region
  for (let i = 0; i < n; i++)
    radius2 = Math.max(radius2, furthestNearest2(near, friends, n, d, i, selections))
  const { label, groups } = friendsOfFriends(friends, n, d, radius2)
  const logVolume = Math.log(n) + logBall(d) + 0.5 * d * Math.log(radius2) + metric.logVolume
  return { metric, friends, radius2, label, clusters: groups, logVolume }
}

/**
 * Of the bootstrap samples without point i, the largest distance to its nearest point in the sample. One is among the ten
 * nearest but for 0.37^10 of cases; then all are searched.
 */
function furthestNearest2(
  near: Neighbours,
  friends: Float64Array,
  n: number,
  d: number,
  i: number,
  selections: Int32Array,
): number {
  let left = ~selections[i] & allBootstraps
  let furthest = 0
  for (let k = i * near.kept; k < (i + 1) * near.kept && left !== 0; k++) {
    const held = left & selections[near.index[k]]
    if (held === 0) continue
    furthest = near.distance2[k]
    left &= ~held
  }
  for (; left !== 0; left &= left - 1) {
    const sample = left & -left
    let best = Number.POSITIVE_INFINITY
    for (let j = 0; j < n; j++) {
      if ((selections[j] & sample) === 0) continue
      let sum = 0
      for (let k = 0; k < d; k++) sum += (friends[i * d + k] - friends[j * d + k]) ** 2
      if (sum < best) best = sum
    }
    furthest = Math.max(furthest, best)
  }
  return furthest
}

function wrappingRadius2(
  full: Metric,
  points: Float64Array,
  n: number,
  d: number,
  selections: Int32Array,
): number {
  const w = new Float64Array(d)
  const radius2Of = (metric: Metric, i: number): number => {
    whiten(metric, d, points, i * d, w, 0)
    let sum = 0
    for (let k = 0; k < d; k++) sum += w[k] * w[k]
    return sum
  }
  let radius2 = 0
  for (let i = 0; i < n; i++) radius2 = Math.max(radius2, radius2Of(full, i))
  const rows = new Float64Array(n * d)
  for (let b = 0; b < bootstraps; b++) {
    const sample = 1 << b
    let end = 0
    for (let i = 0; i < n; i++)
      if (selections[i] & sample) for (let k = 0; k < d; k++) rows[end++] = points[i * d + k]
    if (end < d * (d + 2)) continue
    const metric = metricOf(rows, end / d, d)
    for (let i = 0; i < n; i++)
      if ((selections[i] & sample) === 0) radius2 = Math.max(radius2, radius2Of(metric, i))
  }
  return radius2 * (1 + 1e-9)
}

/** ln of the volume of the unit ball. */
function logBall(d: number): number {
  return 0.5 * d * Math.log(Math.PI) - gammaln(0.5 * d + 1)
}

/** One uniform draw from the region: from the smallest of cube, ellipsoid and friends, filtered by the others. */
export function proposeFrom(region: Region, rng: Rng, out: Float64Array): void {
  const d = region.dimensions
  const { ellipsoid, friends } = region.logVolume
  const way = Math.min(ellipsoid, friends) > 0 ? 'cube' : friends < ellipsoid ? 'friends' : 'ellipsoid'
  const w = new Float64Array(d)
  for (;;) {
    if (way === 'cube') for (let k = 0; k < d; k++) out[k] = rng.uniform()
    else if (way === 'ellipsoid') {
      ballPoint(d, Math.sqrt(region.ellipsoidRadius2), rng, w)
      unwhiten(region.ellipsoid.factor, d, w, region.ellipsoid.centre, out)
    } else {
      const from = rng.integer(region.count) * d
      ballPoint(d, Math.sqrt(region.friendRadius2), rng, w)
      for (let k = 0; k < d; k++) w[k] += region.friends[from + k]
      unwhiten(region.metric.factor, d, w, region.metric.centre, out)
    }
    if (!insideCube(out, d)) continue
    if (way !== 'ellipsoid' && !insideEllipsoid(region, out, w)) continue
    if (way === 'friends') {
      // A point in the reach of k friends is proposed k times as often.
      const k = friendsAround(region, out, w, Number.POSITIVE_INFINITY)
      if (k > 1 && rng.uniform() * k >= 1) continue
    } else if (friendsAround(region, out, w, 1) === 0) continue
    return
  }
}

export function insideRegion(region: Region, u: Float64Array): boolean {
  const w = new Float64Array(region.dimensions)
  return (
    insideCube(u, region.dimensions) && insideEllipsoid(region, u, w) && friendsAround(region, u, w, 1) > 0
  )
}

function insideCube(u: Float64Array, d: number): boolean {
  for (let k = 0; k < d; k++) if (!(u[k] > 0 && u[k] < 1)) return false
  return true
}

function insideEllipsoid(region: Region, u: Float64Array, w: Float64Array): boolean {
  whiten(region.ellipsoid, region.dimensions, u, 0, w, 0)
  let sum = 0
  for (let k = 0; k < region.dimensions; k++) sum += w[k] * w[k]
  return sum <= region.ellipsoidRadius2
}

/** How many friends reach u, counted up to `enough`. */
function friendsAround(region: Region, u: Float64Array, w: Float64Array, enough: number): number {
  const { dimensions: d, friends, count, friendRadius2 } = region
  whiten(region.metric, d, u, 0, w, 0)
  const reach = Math.sqrt(friendRadius2)
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (friends[middle * d] < w[0] - reach) low = middle + 1
    else high = middle
  }
  let found = 0
  for (let i = low; i < count && found < enough && friends[i * d] <= w[0] + reach; i++) {
    let sum = 0
    for (let k = 0; k < d && sum <= friendRadius2; k++) {
      const gap = friends[i * d + k] - w[k]
      sum += gap * gap
    }
    if (sum <= friendRadius2) found++
  }
  return found
}

/** Uniform in the ball of this radius about the origin. */
function ballPoint(d: number, radius: number, rng: Rng, out: Float64Array): void {
  let norm2 = 0
  for (let k = 0; k < d; k++) {
    out[k] = rng.normal()
    norm2 += out[k] * out[k]
  }
  const scale = (radius * rng.uniform() ** (1 / d)) / Math.sqrt(norm2)
  for (let k = 0; k < d; k++) out[k] *= scale
}
