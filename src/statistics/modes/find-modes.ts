import { cholesky, invertLower } from '../../numerics/linear-algebra.ts'
import { checkSamples, effectiveSamples, type WeightedSamples } from '../posterior/samples.ts'
import { fitMixture } from './fit-mixture.ts'
import { joinComponents } from './join-components.ts'
import { separateClusters } from './separate-clusters.ts'
import { component, logDensity, responsibilities, type Mixture, type WeightedPoints } from './mixture.ts'

/** One mode of the joint posterior. */
export interface PosteriorMode {
  /** Share of the posterior; those of all modes sum to one. */
  mass: number
  /** Its highest point, per parameter. */
  at: Float64Array // [d]
  /** Mean and standard deviation of the samples that belong to it; means times masses sum to the posterior's mean. */
  mean: Float64Array // [d]
  standardDeviation: Float64Array // [d]
}

export interface Modes {
  /** By falling mass */
  modes: PosteriorMode[]
  /** Probability of each sample to belong to each mode [samples, modes]. */
  membership: Float64Array
  /** For one parameter, which of the modes cannot be told apart in it: equal labels, [modes]. */
  labelsAlong(parameter: number): Int32Array
}

/** A mode of less is no mode of its own: its samples belong to the nearest other. */
export const leastModeMass = 0.005
/** Points that the mixture is fitted to; masses are taken from all samples. */
const mostPoints = 3000

/**
 * Modes of a posterior given by weighted samples, in all parameters together: a normal mixture (`fitMixture`) whose
 * overlapping components are one mode (`joinComponents`). A sample belongs to a mode with the probability that the mixture
 * gives it, so that masses sum to one and light modes keep theirs beside heavy ones. Deterministic, and the same under any
 * change of units.
 *
 * Nested and equally weighted samples are treated alike; what decides is Kish's effective number.
 *
 * @throws AppError 'data/mismatch' or 'data/corrupt', see checkSamples
 */
export function findModes(samples: WeightedSamples): Modes {
  checkSamples(samples)
  const { names, theta, weights } = samples
  const d = names.length
  const count = weights.length
  const total = weights.reduce((sum, w) => sum + w, 0)
  const whitened = whiten(theta, weights, total, d)
  const active = whitened.dimensions
  const points: WeightedPoints = { ...whitened, weights: weights.map((w) => w / total), effective: 0 }
  const few = thinned(points)
  const mixture = fitMixture(few)
  const raw = separateClusters(few, mixture, joinComponents(mixture))
  const p = new Float64Array(count * mixture.length)
  responsibilities(mixture, points, p, new Float64Array(count))
  const shares = new Float64Array(mixture.length)
  for (let i = 0; i < count; i++)
    for (let k = 0; k < mixture.length; k++) shares[k] += points.weights[i] * p[i * mixture.length + k]
  const labels = byMass(dropLight(mixture, raw, shares), shares)
  const size = Math.max(...labels) + 1
  const membership = new Float64Array(count * size)
  for (let i = 0; i < count; i++)
    for (let k = 0; k < mixture.length; k++) membership[i * size + labels[k]] += p[i * mixture.length + k]
  const scratch = new Float64Array(active)
  const modes = Array.from({ length: size }, (_, m): PosteriorMode => {
    const { mass, mean, standardDeviation } = modeMoments(samples, total, membership, m, size)
    const parts = mixture.filter((_, k) => labels[k] === m)
    const top = parts.reduce((a, b) =>
      logDensity(mixture, b.mean, scratch) > logDensity(mixture, a.mean, scratch) ? b : a,
    )
    return { mass, mean, standardDeviation, at: whitened.back(top.mean) }
  })
  return {
    modes,
    membership,
    labelsAlong: (parameter) => labelsAlong(mixture, labels, whitened.row(parameter), size),
  }
}

/** Components of one parameter alone, x = row . z, joined where they overlap; those of one mode stay together. */
function labelsAlong(mixture: Mixture, labels: Int32Array, row: Float64Array, size: number): Int32Array {
  const d = row.length
  const along = mixture.flatMap(({ share, mean, covariance }) => {
    let at = 0
    let variance = 0
    for (let k = 0; k < d; k++) {
      at += row[k] * mean[k]
      for (let l = 0; l < d; l++) variance += row[k] * row[l] * covariance[k * d + l]
    }
    return component(share, Float64Array.of(at), Float64Array.of(variance)) ?? []
  })
  if (along.length !== mixture.length) return new Int32Array(size) // the parameter does not vary
  const joined = joinComponents(along, labels)
  const out = new Int32Array(size)
  labels.forEach((mode, k) => (out[mode] = joined[k]))
  return out
}

/** Joins modes that are too light to the one whose components lie nearest. */
function dropLight(mixture: Mixture, start: Int32Array, shares: Float64Array): Int32Array {
  const labels = Int32Array.from(start)
  const scratch = new Float64Array(mixture[0].mean.length)
  for (;;) {
    const mass = new Map<number, number>()
    labels.forEach((label, k) => mass.set(label, (mass.get(label) ?? 0) + shares[k]))
    const [lightest, least] = [...mass].reduce((a, b) => (b[1] < a[1] ? b : a))
    if (mass.size === 1 || least >= leastModeMass) return labels
    const own = mixture.filter((_, k) => labels[k] === lightest)
    let host = -1
    let most = Number.NEGATIVE_INFINITY
    for (const label of mass.keys()) {
      if (label === lightest) continue
      const others = mixture.filter((_, k) => labels[k] === label)
      for (const { mean } of own) {
        const value = logDensity(others, mean, scratch)
        if (value > most || host < 0) [most, host] = [value, label]
      }
    }
    labels.forEach((label, k) => {
      if (label === lightest) labels[k] = host
    })
  }
}

/** Labels 0, 1, ... by falling mass. */
function byMass(labels: Int32Array, shares: Float64Array): Int32Array {
  const mass = new Map<number, number>()
  labels.forEach((label, k) => mass.set(label, (mass.get(label) ?? 0) + shares[k]))
  const order = [...mass].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([label]) => label)
  return labels.map((label) => order.indexOf(label))
}

function modeMoments(
  { theta, weights, names }: WeightedSamples,
  total: number,
  membership: Float64Array,
  mode: number,
  size: number,
): Omit<PosteriorMode, 'at'> {
  const d = names.length
  const mean = new Float64Array(d)
  const variance = new Float64Array(d)
  let mass = 0
  const shareOf = (i: number) => (weights[i] / total) * membership[i * size + mode]
  for (let i = 0; i < weights.length; i++) mass += shareOf(i)
  for (let i = 0; i < weights.length; i++)
    for (let k = 0; k < d; k++) mean[k] += (shareOf(i) / mass) * theta[i * d + k]
  for (let i = 0; i < weights.length; i++)
    for (let k = 0; k < d; k++) variance[k] += (shareOf(i) / mass) * (theta[i * d + k] - mean[k]) ** 2
  return { mass, mean, standardDeviation: variance.map(Math.sqrt) }
}

/** Samples in coordinates of unit covariance; parameters that do not vary are left out. */
function whiten(theta: Float64Array, weights: Float64Array, total: number, d: number) {
  const mean = new Float64Array(d)
  weights.forEach((w, i) => {
    for (let k = 0; k < d; k++) mean[k] += (w / total) * theta[i * d + k]
  })
  const covariance = new Float64Array(d * d)
  weights.forEach((w, i) => {
    for (let k = 0; k < d; k++)
      for (let l = 0; l < d; l++)
        covariance[k * d + l] += (w / total) * (theta[i * d + k] - mean[k]) * (theta[i * d + l] - mean[l])
  })
  const varying = Array.from({ length: d }, (_, k) => k).filter(
    (k) => covariance[k * d + k] > 1e-24 * mean[k] ** 2 && covariance[k * d + k] > 0,
  )
  const active = Math.max(1, varying.length)
  const sigma = varying.map((k) => Math.sqrt(covariance[k * d + k]))
  const scaled = new Float64Array(active * active)
  varying.forEach((k, a) =>
    varying.forEach(
      (l, b) =>
        (scaled[a * active + b] = covariance[k * d + l] / (sigma[a] * sigma[b]) + (a === b ? 1e-10 : 0)),
    ),
  )
  if (varying.length === 0) scaled[0] = 1
  const factor = cholesky(scaled, active)
  const inverse = invertLower(factor, active)
  const x = new Float64Array(weights.length * active)
  for (let i = 0; i < weights.length; i++)
    for (let a = 0; a < varying.length; a++) {
      let sum = 0
      for (let b = 0; b <= a; b++)
        sum += (inverse[a * active + b] * (theta[i * d + varying[b]] - mean[varying[b]])) / sigma[b]
      x[i * active + a] = sum
    }
  /** theta_k - mean = row . z */
  const row = (k: number): Float64Array => {
    const a = varying.indexOf(k)
    return Float64Array.from({ length: active }, (_, b) => (a < 0 ? 0 : sigma[a] * factor[a * active + b]))
  }
  return {
    dimensions: active,
    x,
    row,
    back: (z: Float64Array) =>
      mean.map((value, k) => row(k).reduce((sum, slope, b) => sum + slope * z[b], value)),
  }
}

/**
 * A few thousand points worth as many draws: equal ones are taken together (a resampled posterior repeats its heavy
 * samples), and of more than `mostPoints` effective ones every so many-th of the cumulative weight.
 */
function thinned({ x, weights, dimensions: d }: WeightedPoints): WeightedPoints {
  const order = Int32Array.from({ length: weights.length }, (_, i) => i).filter((i) => weights[i] > 0)
  const differ = (a: number, b: number): number => {
    for (let k = 0; k < d; k++) {
      const step = x[a * d + k] - x[b * d + k]
      if (step !== 0) return step
    }
    return 0
  }
  order.sort((a, b) => differ(a, b) || a - b)
  const firsts: number[] = []
  const sums: number[] = []
  order.forEach((i, k) => {
    if (k > 0 && differ(order[k - 1], i) === 0) sums[sums.length - 1] += weights[i]
    else {
      firsts.push(i)
      sums.push(weights[i])
    }
  })
  const worth = effectiveSamples(Float64Array.from(sums))
  const count = Math.min(mostPoints, Math.max(1, Math.round(worth)))
  if (firsts.length <= count) return gathered(x, d, firsts, Float64Array.from(sums), worth)
  const picked: number[] = []
  const times: number[] = []
  let cumulative = 0
  let ticks = 0
  firsts.forEach((i, k) => {
    cumulative += sums[k] * count
    const reached = Math.min(count, Math.floor(cumulative + 0.5))
    if (reached > ticks) {
      picked.push(i)
      times.push((reached - ticks) / count)
    }
    ticks = reached
  })
  const kept = Float64Array.from(times)
  return gathered(x, d, picked, kept, Math.min(worth, effectiveSamples(kept)))
}

function gathered(
  x: Float64Array,
  d: number,
  rows: readonly number[],
  weights: Float64Array,
  effective: number,
): WeightedPoints {
  const out = new Float64Array(rows.length * d)
  rows.forEach((i, k) => out.set(x.subarray(i * d, i * d + d), k * d))
  const total = weights.reduce((sum, w) => sum + w, 0)
  return { dimensions: d, x: out, weights: weights.map((w) => w / total), effective }
}
