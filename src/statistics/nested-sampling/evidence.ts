import type { Rng } from '../../numerics/rng.ts'
import type { NestedState } from './state.ts'

export function logAddExp(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b
  if (b === Number.NEGATIVE_INFINITY) return a
  const high = Math.max(a, b)
  return high + Math.log1p(Math.exp(Math.min(a, b) - high))
}

/** ln of the mean of exp over the first `count` entries picked by `order`. */
export function logMeanExp(values: Float64Array, order: Int32Array, count: number): number {
  if (count === 0) return Number.NEGATIVE_INFINITY
  const high = values[order[count - 1]]
  if (high === Number.NEGATIVE_INFINITY) return high
  let sum = 0
  for (let i = 0; i < count; i++) sum += Math.exp(values[order[i]] - high)
  return high + Math.log(sum / count)
}

export interface Evidence {
  logZ: number
  /** Bootstrap spread and the uncertainty of the live points' share, in quadrature */
  logZError: number
  /** sqrt(H / n): the textbook error of a single run, Skilling (2006) */
  logZErrorSingle: number
  /** Of the live points at the end, as a fraction of Z */
  remainder: number
  /** Kullback-Leibler divergence of posterior from prior [nat] */
  information: number
  /** Kish effective number of posterior samples, (sum w)^2 / sum w^2 */
  effectiveSamples: number
  /** Normalised posterior weights: dead points, then live points in rising logL */
  weights: Float64Array
}

/** Static volumes: ln X falls by 1/n at every removal, its expectation; live points share the rest equally. */
export function evidenceOf(state: NestedState, rng: Rng): Evidence {
  const { dead, live } = state
  const total = dead.count + live.alive
  const logWeights = new Float64Array(total)
  let logX = 0
  for (let i = 0; i < dead.count; i++) {
    const shrink = 1 / dead.liveCount[i]
    logWeights[i] = dead.logL[i] + logX + Math.log(-Math.expm1(-shrink))
    logX -= shrink
  }
  for (let i = 0; i < live.alive; i++)
    logWeights[dead.count + i] = live.logL[live.order[i]] + logX - Math.log(live.alive)

  let high = Number.NEGATIVE_INFINITY
  for (const value of logWeights) if (value > high) high = value
  let sum = 0
  for (const value of logWeights) sum += Math.exp(value - high)
  const logZ = high + Math.log(sum)
  const weights = new Float64Array(total)
  let squares = 0
  let information = 0
  let remainder = 0
  for (let i = 0; i < total; i++) {
    const weight = Math.exp(logWeights[i] - logZ)
    weights[i] = weight
    squares += weight * weight
    if (i >= dead.count) remainder += weight
    const logL = i < dead.count ? dead.logL[i] : live.logL[live.order[i - dead.count]]
    if (weight > 0) information += weight * (logL - logZ)
  }
  const n = state.settings.livePoints
  const spread = bootstrapSpread(state, rng)
  // The mean of the live likelihoods might be off by as much as their largest value allows.
  const top = live.alive > 0 ? live.logL[live.order[live.alive - 1]] + logX - logZ : Number.NEGATIVE_INFINITY
  const tail = Math.log1p(Math.max(0, Math.exp(top) - remainder))
  return {
    logZ,
    logZError: Math.hypot(spread, tail),
    logZErrorSingle: Math.sqrt(Math.max(0, information) / n),
    remainder,
    information,
    effectiveSamples: 1 / squares,
    weights,
  }
}

const streams = 30

/**
 * Spread of ln Z over 30 streams: each resamples the threads (the successive owners of a live slot) with replacement
 * and draws every shrinkage from its Beta(n, 1) instead of using its mean. Counting the shrinkage noise twice
 * (resampling alone has it already) makes the error about 1.4 sqrt(H/n): deliberately on the safe side, as in
 * UltraNest (Buchner, arXiv:2101.09604). Threads: Higson et al., arXiv:1704.03459.
 */
function bootstrapSpread(state: NestedState, rng: Rng): number {
  const values = new Float64Array(streams)
  for (let stream = 0; stream < streams; stream++) values[stream] = streamLogZ(state, rng.split(stream))
  let mean = 0
  for (const value of values) mean += value / streams
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return Math.sqrt(squares / (streams - 1))
}

function streamLogZ({ dead, live, settings }: NestedState, rng: Rng): number {
  const n = settings.livePoints
  const copies = new Int32Array(n)
  for (let i = 0; i < n; i++) copies[rng.integer(n)]++
  let logX = 0
  let logZ = Number.NEGATIVE_INFINITY
  let there = n
  for (let i = 0; i < dead.count; i++) {
    if (dead.liveCount[i] === n) there = n // vacancies of a plateau are filled again
    const leaving = copies[dead.slot[i]]
    if (leaving === 0) continue
    const before = logX
    for (let k = 0; k < leaving && there > 0; k++) logX += Math.log(1 - rng.uniform()) / there--
    logZ = logAddExp(logZ, dead.logL[i] + before + Math.log(-Math.expm1(logX - before)))
  }
  let inside = 0
  let sum = 0
  const high = live.alive > 0 ? live.logL[live.order[live.alive - 1]] : 0
  for (let i = 0; i < live.alive; i++) {
    const slot = live.order[i]
    inside += copies[slot]
    sum += copies[slot] * Math.exp(live.logL[slot] - high)
  }
  return sum > 0 ? logAddExp(logZ, high + Math.log(sum / inside) + logX) : logZ
}
