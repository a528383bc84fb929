import { describe, expect, it } from 'vitest'

import {
  classColours,
  contrastRatio,
  hexToRgb,
  legibleOn,
  petroff10,
  petroff6,
  petroff8,
  rampColours,
} from './palettes.ts'

const entry = (table: Uint8Array, i: number) => [...table.slice(3 * i, 3 * i + 3)]

describe('rampColours', () => {
  // matplotlib 3 _cm_listed.py, entry 128 of 256 (0.127568, 0.566949, 0.550556), here in the dark theme
  // where [0.14, 1] is kept: 0.5020 of the whole ramp is entry 107.3 of ours.
  it('is viridis between its samples', () => {
    const [r, g, b] = entry(rampColours('viridis', 'dark'), 107)
    expect(Math.abs(r - 33) + Math.abs(g - 145) + Math.abs(b - 140)).toBeLessThanOrEqual(6)
  })

  // The same file, cividis entry 255 (0.995737, 0.909344, 0.217772) and 0 (0, 0.135112, 0.304751).
  it('ends where cividis ends', () => {
    expect(entry(rampColours('cividis', 'dark'), 255)).toEqual([254, 232, 56])
    expect(entry(rampColours('cividis', 'light'), 0)).toEqual([0, 34, 78])
  })

  it('has a neutral middle and is told apart from the ground in both themes', () => {
    for (const [theme, ground] of [
      ['light', [255, 255, 255]],
      ['dark', [22, 24, 28]],
    ] as const) {
      const table = rampColours('diverging', theme)
      const middle = entry(table, 127)
      expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(6)
      // WCAG 1.4.11: 3:1 for marks; a hair of tolerance for the blends between anchors.
      for (let i = 0; i < 256; i++) expect(contrastRatio(entry(table, i), ground)).toBeGreaterThan(2.6)
    }
  })
})

describe('classColours', () => {
  it('takes the shortest sequence that suffices', () => {
    expect(classColours(6)[0]).toBe('#5790fc')
    expect(classColours(7)).toHaveLength(7)
    expect(classColours(12).slice(0, 10)).toEqual([...petroff10])
  })
})

describe('contrastRatio', () => {
  it('is 21 for black on white', () => {
    expect(contrastRatio(hexToRgb('#000'), hexToRgb('#ffffff'))).toBeCloseTo(21, 10)
  })
})

describe('legibleOn', () => {
  it('gives every class 3:1 on night and leaves paper as published', () => {
    for (const hex of [...petroff6, ...petroff8, ...petroff10]) {
      expect(contrastRatio(legibleOn(hexToRgb(hex), [25, 27, 31]), [25, 27, 31])).toBeGreaterThanOrEqual(3)
      expect(legibleOn(hexToRgb(hex), [255, 255, 255])).toEqual(hexToRgb(hex))
    }
  })
})
