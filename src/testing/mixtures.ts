import { expect } from 'vitest'
import { cholesky } from '../numerics/linear-algebra.ts'
import type { Rng } from '../numerics/rng.ts'
import { component, logDensity, logTerm, type Component } from '../statistics/modes/mixture.ts'
import { pooledDistance } from '../statistics/modes/join-components.ts'
import { findModes } from '../statistics/modes/find-modes.ts'
import { nestedSampling } from '../statistics/nested-sampling/nested-sampling.ts'
import type { WeightedSamples } from '../statistics/posterior/samples.ts'
import { summarise } from '../statistics/posterior/summary.ts'

/**
 * One to three normals in one to three dimensions, of widths that differ by up to a factor nine and of any correlation, each
 * at least `apart` pooled standard deviations from the others and of 1 % or more; every third mixture has a mode of 1 to 3 %.
 */
export function randomMixture(rng: Rng, apart = 4): Component[] {
  const d = 1 + rng.integer(3)
  const size = 1 + rng.integer(3)
  const light = rng.integer(3) === 0 && size > 1 ? 0.01 + 0.02 * rng.uniform() : null
  const free = Array.from({ length: size }, () => 0.05 + rng.uniform())
  const sum = free.slice(light === null ? 0 : 1).reduce((a, b) => a + b, 0)
  const shares = free.map((value, k) =>
    light === null ? value / sum : k === 0 ? light : ((1 - light) * value) / sum,
  )
  const parts: Component[] = []
  while (parts.length < size) {
    const scale = 3 ** (2 * rng.uniform() - 1)
    const covariance = randomCovariance(rng, d, scale)
    const mean = Float64Array.from({ length: d }, () => (parts.length === 0 ? 0 : 12 * rng.normal()))
    const part = component(shares[parts.length], mean, covariance)!
    // Draw the newest toward the others until it touches one at the least distance, or leave it further out.
    const nearest = () => Math.min(...parts.map((other) => pooledDistance(other, part)))
    if (parts.length > 0) {
      if (nearest() < apart) continue
      const target = apart * (1 + rng.uniform() ** 2)
      for (let step = 0; step < 400 && nearest() > target; step++) {
        const before = Float64Array.from(part.mean)
        part.mean.forEach((value, k) => (part.mean[k] = 0.98 * value))
        if (nearest() < apart) {
          part.mean.set(before)
          break
        }
      }
    }
    parts.push(part)
  }
  return parts
}

function randomCovariance(rng: Rng, d: number, scale: number): Float64Array {
  const a = Float64Array.from({ length: d * d }, () => rng.normal())
  const out = new Float64Array(d * d)
  for (let k = 0; k < d; k++)
    for (let l = 0; l < d; l++) {
      let sum = k === l ? 0.3 : 0
      for (let m = 0; m < d; m++) sum += (a[k * d + m] * a[l * d + m]) / d
      out[k * d + l] = scale * scale * sum
    }
  return out
}

/** Equally weighted draws, of each component as many as its share says. */
export function drawMixture(parts: readonly Component[], count: number, rng: Rng): WeightedSamples {
  const d = parts[0].mean.length
  const counts = parts.map(({ share }) => Math.round(share * count))
  const size = counts.reduce((sum, own) => sum + own, 0)
  const theta = new Float64Array(size * d)
  const z = new Float64Array(d)
  let row = 0
  parts.forEach(({ mean, covariance }, part) => {
    const factor = cholesky(covariance, d)
    for (let i = 0; i < counts[part]; i++, row++) {
      for (let k = 0; k < d; k++) z[k] = rng.normal()
      for (let k = 0; k < d; k++) {
        let value = mean[k]
        for (let l = 0; l <= k; l++) value += factor[k * d + l] * z[l]
        theta[row * d + k] = value
      }
    }
  })
  const scratch = new Float64Array(d)
  return {
    names: Array.from({ length: d }, (_, k) => `c${k + 1}`),
    theta,
    weights: new Float64Array(size).fill(1 / size),
    logL: Float64Array.from({ length: size }, (_, i) =>
      logDensity(parts, theta.subarray(i * d, i * d + d), scratch),
    ),
  }
}

/** Share of the samples that belongs to each component, by the true probabilities. */
export function sampleShares(parts: readonly Component[], { theta, weights }: WeightedSamples): number[] {
  const d = parts[0].mean.length
  const scratch = new Float64Array(d)
  const shares = parts.map(() => 0)
  let total = 0
  for (let i = 0; i < weights.length; i++) {
    const terms = parts.map((part) => logTerm(part, theta, i * d, scratch))
    const top = Math.max(...terms)
    const sum = terms.reduce((all, term) => all + Math.exp(term - top), 0)
    terms.forEach((term, k) => (shares[k] += (weights[i] * Math.exp(term - top)) / sum))
    total += weights[i]
  }
  return shares.map((share) => share / total)
}

/** Draws from normals half as wide again, with the weights that make the mixture of them. */
export function weightedDraws(parts: readonly Component[], count: number, rng: Rng): WeightedSamples {
  const d = parts[0].mean.length
  const wide = parts.map(({ mean, covariance }) =>
    component(
      1 / parts.length,
      mean,
      covariance.map((value) => 2.25 * value),
    )!,
  )
  const samples = drawMixture(wide, count, rng)
  const scratch = new Float64Array(d)
  const logL = samples.logL.map((_, i) =>
    logDensity(parts, samples.theta.subarray(i * d, i * d + d), scratch),
  )
  return { ...samples, logL, weights: logL.map((value, i) => Math.exp(value - samples.logL[i])) }
}

/** Samples of a nested run over a box ten widths around the mixture. */
export function mixtureRun(parts: readonly Component[], rng: Rng, livePoints = 400): WeightedSamples {
  const d = parts[0].mean.length
  const low = new Float64Array(d).fill(Infinity)
  const high = new Float64Array(d).fill(-Infinity)
  for (const { mean, covariance } of parts)
    for (let k = 0; k < d; k++) {
      const room = 10 * Math.sqrt(covariance[k * d + k])
      low[k] = Math.min(low[k], mean[k] - room)
      high[k] = Math.max(high[k], mean[k] + room)
    }
  const scratch = new Float64Array(d)
  const steps = nestedSampling(
    {
      dimensions: d,
      priorTransform: (u, out) => {
        for (let k = 0; k < d; k++) out[k] = low[k] + (high[k] - low[k]) * u[k]
      },
      logLikelihood: (theta) => logDensity(parts, theta, scratch),
    },
    { livePoints, rng },
  )
  for (;;) {
    const step = steps.next()
    if (!step.done) continue
    const { theta, weights, logL } = step.value
    return { names: Array.from({ length: d }, (_, k) => `c${k + 1}`), theta, weights, logL }
  }
}

/**
 * What must hold of the modes of samples from a mixture whose normals are four apart: each is listed within .01 of its share
 * of the samples and none other; masses sum to one; means, segments and warnings agree with the list.
 *
 * @returns  false where the samples hold less than 1 % of a component, so that nothing need be found of it
 */
export function checkMixture(parts: readonly Component[], samples: WeightedSamples, name = ''): boolean {
  const truth = sampleShares(parts, samples).sort((a, b) => b - a)
  if (truth.some((share) => share < 0.009)) return false
  const found = findModes(samples)
  const masses = found.modes.map(({ mass }) => mass)
  const said = `${name}: ${masses.map((mass) => mass.toFixed(4)).join(', ')} for ${truth.map((share) => share.toFixed(4)).join(', ')}`
  expect(masses.length, said).toBe(truth.length)
  masses.forEach((mass, m) => expect(Math.abs(mass - truth[m]), said).toBeLessThan(0.01))
  const one = (values: number[]) => values.reduce((sum, value) => sum + value, 0)
  expect(one(masses)).toBeCloseTo(1, 9)
  summarise(
    samples,
    samples.names.map(() => ({})),
    found,
  ).forEach(({ mean, standardDeviation, modes, warning, highestDensity }, k) => {
    expect(one(modes.map(({ mass }) => mass))).toBeCloseTo(1, 9)
    const mixed = one(modes.map((mode) => mode.mass * mode.mean))
    expect(Math.abs(mixed - mean) / standardDeviation).toBeLessThan(1e-8)
    const joint = one(found.modes.map((mode) => mode.mass * mode.mean[k]))
    expect(Math.abs(joint - mean) / standardDeviation).toBeLessThan(1e-8)
    expect(modes.length).toBeLessThanOrEqual(masses.length)
    expect(warning === null, said).toBe(modes.length === 1)
    if (warning !== null) expect(warning).toContain(`${modes.length} separate modes`)
    for (const { segments, probability } of highestDensity) {
      expect(segments.length, said).toBeLessThanOrEqual(modes.length)
      for (const { mass } of segments) expect(mass, said).toBeGreaterThanOrEqual(0.002)
      expect(one(segments.map(({ mass }) => mass))).toBeCloseTo(probability, 3)
    }
  })
  return true
}
