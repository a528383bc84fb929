import { describe, expect, it } from 'vitest'
import { hopelessModel, smallBins as bins, smallModel } from '../../../../testing/small-universes.ts'
import { heldOutUniverses } from '../encoder-limits.ts'
import { drawUniverses } from '../universes.ts'
import { heldOutBatch, heldOutSeed } from './held-out.ts'

const model = smallModel()
const wide = { ...model, prior: { ...model.prior, halfWidth: model.prior.halfWidth.map((h) => 12 * h) } }

describe('held-out universes', () => {
  it('are as many as asked for, none flagged, in linear theory', () => {
    const table = heldOutUniverses(wide, 50, 3, 'linear')
    expect([table.count, table.coefficients.length, table.flags.length]).toEqual([50, 50 * 17, 50])
    expect(drawUniverses(wide, 200, 3).flags).toContain(1)
    expect(Math.max(...table.flags)).toBe(0)
  })

  it('keep all draws but the Standard Model with squares', () => {
    const table = heldOutUniverses(wide, 50, 3, 'quadratic')
    expect(table.coefficients).toEqual(drawUniverses(wide, 51, 3).coefficients.slice(17))
    expect(table.flags).toContain(1)
  })

  it('are refused for a prior that leaves hardly any, with both numbers and the cure', () => {
    expect(() => heldOutUniverses(hopelessModel(), 20, 3, 'linear')).toThrow(
      /^Only 0 of 399 universes drawn from prior hopeless .* 20 are needed\. Narrow the prior\.$/,
    )
  })
})

describe('the held-out batch', () => {
  const batch = heldOutBatch(model, 'linear')

  it('is the same every time', () => {
    expect(heldOutBatch(model, 'linear')).toEqual(batch)
  })

  it('has several replicas of each universe, one label each', () => {
    const labels = new Set(batch.labels)
    expect(batch.x.length).toBe(batch.rows * bins)
    expect(batch.rows % labels.size).toBe(0)
    expect(batch.rows / labels.size).toBeGreaterThan(1)
    expect(batch.labels[0]).toBe(0)
    expect(batch.labels[batch.rows - 1]).toBe(labels.size - 1)
  })

  it('scatters about the whitened universes with unit noise', () => {
    let squares = 0
    const perUniverse = batch.rows / new Set(batch.labels).size
    const universes = batch.rows / perUniverse
    for (let u = 0; u < universes; u++)
      for (let b = 0; b < bins; b++) {
        const values = Array.from(
          { length: perUniverse },
          (_, r) => batch.x[(u * perUniverse + r) * bins + b],
        )
        const mean = values.reduce((sum, v) => sum + v) / perUniverse
        for (const v of values) squares += (v - mean) ** 2
      }
    const degrees = bins * universes * (perUniverse - 1)
    expect(Math.abs(squares / degrees - 1)).toBeLessThan(4 * Math.sqrt(2 / degrees))
  })

  it('has a seed that no link and no field of the page can name', () => {
    expect(heldOutSeed).toBeGreaterThan(0)
    expect(heldOutUniverses(model, 5, heldOutSeed, 'linear').coefficients).not.toEqual(
      heldOutUniverses(model, 5, 1, 'linear').coefficients,
    )
  })
})
