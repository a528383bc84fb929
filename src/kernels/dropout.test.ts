import { describe, expect, it } from 'vitest'
import { dropoutKey, dropoutMask } from './dropout.ts'

describe('dropout', () => {
  it('silences the given share of units, anew at each step', () => {
    const kept = (key: number): number =>
      dropoutMask(key, 0, 500, 64, 0.3).filter((m) => m > 0).length / 32000
    const one = kept(dropoutKey(1, 0))
    // binomial deviation: sqrt(0.3 0.7 / 32000) = 0.0026
    expect(Math.abs(one - 0.7)).toBeLessThan(4 * 0.0026)
    const a = dropoutMask(dropoutKey(1, 0), 0, 500, 64, 0.3)
    for (const [other, layer] of [
      [dropoutKey(1, 1), 0],
      [dropoutKey(2, 0), 0],
      [dropoutKey(1, 0), 1],
    ]) {
      const b = dropoutMask(other, layer, 500, 64, 0.3)
      const agree = a.filter((m, i) => m > 0 === b[i] > 0).length / 32000
      expect(Math.abs(agree - 0.58)).toBeLessThan(4 * 0.0028) // 0.7^2 + 0.3^2
    }
  })

  it('silences neighbours independently', () => {
    const mask = dropoutMask(dropoutKey(9, 4), 2, 1000, 32, 0.5)
    for (const lag of [1, 2, 4, 32, 64]) {
      let agree = 0
      for (let i = lag; i < mask.length; i++) agree += Number(mask[i] > 0 === mask[i - lag] > 0)
      expect(Math.abs(agree / (mask.length - lag) - 0.5)).toBeLessThan(4 * 0.0028)
    }
  })
})
