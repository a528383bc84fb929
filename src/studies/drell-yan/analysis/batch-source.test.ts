import { describe, expect, it } from 'vitest'
import { hopelessModel, smallBins as bins, smallModel } from '../../../testing/small-universes.ts'
import { createBatchSource, type Batch, type BatchOptions } from './batch-source.ts'
import type { UniverseModel } from './universes.ts'
import { createWhitening } from './whitening.ts'

const model = smallModel()
const options: BatchOptions = {
  seed: 7,
  universes: 'fresh',
  fixedUniverses: 12,
  universesPerBatch: 10,
  replicasPerUniverse: 20,
  order: 'linear',
}

/** Mean of the rows of each label, [labels][bins]. */
function labelMeans({ x, labels, rows }: Batch): Map<number, Float64Array> {
  const sums = new Map<number, Float64Array>()
  const count = new Map<number, number>()
  for (let r = 0; r < rows; r++) {
    const sum = sums.get(labels[r]) ?? new Float64Array(bins)
    for (let b = 0; b < bins; b++) sum[b] += x[r * bins + b]
    sums.set(labels[r], sum)
    count.set(labels[r], (count.get(labels[r]) ?? 0) + 1)
  }
  for (const [label, sum] of sums) for (let b = 0; b < bins; b++) sum[b] /= count.get(label) ?? 1
  return sums
}

/** The model with errors so small that a row is its universe's spectrum, wide enough that most turn negative. */
function nearlyNoiseless(width: number): UniverseModel {
  const covariance = model.covariance.map((c) => 1e-8 * c)
  const halfWidth = model.prior.halfWidth.map((h) => width * h)
  const whitening = createWhitening(model.templates.sm, covariance)
  return { ...model, covariance, whitening, prior: { ...model.prior, halfWidth } }
}

/** Smallest content of any bin of a batch, in units of the SM's. */
function lowestBin({ whitening, templates }: UniverseModel, { x, rows }: Batch): number {
  let lowest = Infinity
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < bins; i++) {
      let value = templates.sm[i]
      for (let k = 0; k <= i; k++) value += whitening.cholesky[i * bins + k] * x[r * bins + k]
      lowest = Math.min(lowest, value / templates.sm[i])
    }
  return lowest
}

describe.each(['fresh', 'fixed'] as const)('batches of %s universes', (universes) => {
  const own = { ...options, universes }

  it('are pure functions of seed and step', () => {
    const source = createBatchSource(model, own)
    const third = source.next(3)
    source.next(4)
    expect(source.next(3)).toEqual(third)
    expect(createBatchSource(model, own).next(3)).toEqual(third)
    expect(source.next(4).x).not.toEqual(third.x)
    expect(createBatchSource(model, { ...own, seed: 8 }).next(3).x).not.toEqual(third.x)
  })

  it('hold the asked number of replicas of each universe', () => {
    const source = createBatchSource(model, own)
    const { x, labels, rows } = source.next(0)
    expect(source.features).toBe(bins)
    expect([rows, labels.length, x.length]).toEqual([200, 200, 200 * bins])
    const counts = new Map<number, number>()
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
    expect(counts.size).toBe(10)
    expect(new Set(counts.values())).toEqual(new Set([20]))
  })

  it('have unit noise, independent from bin to bin', () => {
    const source = createBatchSource(model, own)
    let squares = 0
    let products = 0
    let degrees = 0
    for (let step = 0; step < 10; step++) {
      const batch = source.next(step)
      const means = labelMeans(batch)
      for (let r = 0; r < batch.rows; r++) {
        const mean = means.get(batch.labels[r])
        if (!mean) throw new Error('every label has a mean')
        const noise = (b: number) => batch.x[r * bins + b] - mean[b]
        for (let b = 0; b < bins; b++) {
          squares += noise(b) ** 2
          products += noise(b) * noise((b + 1) % bins)
        }
      }
      degrees += bins * means.size * (options.replicasPerUniverse - 1)
    }
    expect(Math.abs(squares / degrees - 1)).toBeLessThan(4 * Math.sqrt(2 / degrees))
    expect(Math.abs(products / degrees)).toBeLessThan(4 / Math.sqrt(degrees))
  })

  it('leave out universes whose linear spectrum is negative', () => {
    const wide = nearlyNoiseless(25)
    const linear = createBatchSource(wide, { ...own, replicasPerUniverse: 1 }).next(0)
    expect(lowestBin(wide, linear)).toBeGreaterThan(-1e-3)
    // The same prior does reach below zero: the redrawing is what keeps it out.
    const { templates, prior } = wide
    const reach = prior.halfWidth.reduce((sum, h, o) => sum + h * Math.abs(templates.linear[o * bins + 5]), 0)
    expect(reach).toBeGreaterThan(3 * templates.sm[5])
  })

  it('end even where hardly any universe is valid', () => {
    expect(createBatchSource(hopelessModel(), { ...own, replicasPerUniverse: 1 }).next(0).rows).toBe(10)
  })

  it('keep squares when asked for', () => {
    const wide = nearlyNoiseless(25)
    const batch = createBatchSource(wide, { ...own, order: 'quadratic', replicasPerUniverse: 1 }).next(0)
    expect(lowestBin(wide, batch)).toBeGreaterThan(0)
    const linear = createBatchSource(wide, { ...own, replicasPerUniverse: 1 }).next(0)
    expect(batch.x).not.toEqual(linear.x)
  })
})

describe('a fixed set', () => {
  it('shows the same universes under the same labels at every step', () => {
    const source = createBatchSource(nearlyNoiseless(1), { ...options, universes: 'fixed' })
    const seen = new Map<number, Float64Array>()
    for (let step = 0; step < 8; step++)
      for (const [label, mean] of labelMeans(source.next(step))) {
        expect(label).toBeLessThan(12)
        const before = seen.get(label)
        // Noise of the mean of 20 rows: 0.22, of a universe that moved: thousands.
        if (before) expect(Math.hypot(...mean.map((m, b) => m - before[b]))).toBeLessThan(5)
        seen.set(label, mean)
      }
    expect(seen.size).toBe(12)
  })

  it('cannot give a batch more universes than it has', () => {
    const source = createBatchSource(model, { ...options, universes: 'fixed', fixedUniverses: 4 })
    const { rows, labels } = source.next(0)
    expect(rows).toBe(4 * options.replicasPerUniverse)
    expect(new Set(labels)).toEqual(new Set([0, 1, 2, 3]))
  })
})

it('fresh universes are others at every step', () => {
  const source = createBatchSource(nearlyNoiseless(1), { ...options, replicasPerUniverse: 1 })
  const means = new Set<number>()
  for (let step = 0; step < 10; step++)
    for (const mean of labelMeans(source.next(step)).values()) means.add(mean[0])
  expect(means.size).toBe(100)
})
