import { describe, expect, it } from 'vitest'
import { cmsA4 } from './cms-a4.ts'
import { partOfA4 } from './part-of-a4.ts'

const all = cmsA4()

describe('a part of A4', () => {
  it('has the bins within the window, and their covariance', () => {
    const peak = partOfA4(all, { mass: [86, 96] })
    expect(peak.bins).toHaveLength(15)
    const at = (b: number) => all.bins.findIndex((bin) => bin === peak.bins[b])
    for (const [a, b] of [
      [0, 0],
      [2, 13],
    ])
      expect(peak.covariance[a * 15 + b]).toBe(all.covariance[at(a) * 63 + at(b)])
    expect(peak.value[4]).toBe(all.value[at(4)])
    expect(partOfA4(all, { absY: [2.4, 3.4], mass: [54, 96] }).bins).toHaveLength(6)
    expect(partOfA4(all, {}).bins).toHaveLength(63)
  })

  it.each([
    ['mass beyond its bins', { mass: [50, 200] }, /mass from 50 to 200 GeV.*63 bins.*run from 54 to 150 GeV/],
    ['|y| beyond its bins', { absY: [3, 4] }, /\|y\| from 3 to 4 .*run from 0 to 3.4/],
    ['a window that falls', { absY: [2.4, 0] }, /must rise, got 2.4 to 0/],
    ['a window without a whole bin', { mass: [60, 65] }, /No whole bin of the 63.*mass 60 to 65 GeV/],
  ])('refuses %s, with both numbers', (_, window, words) => {
    expect(() => partOfA4(all, window)).toThrow(words)
  })
})
