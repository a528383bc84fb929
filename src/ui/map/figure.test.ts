import { describe, expect, it } from 'vitest'

import type { LabelWish } from './figure.ts'
import {
  axisTicks,
  boundsWithMarks,
  layerColours,
  mapSummary,
  placeLabels,
  pointStyle,
  quantiseValues,
} from './figure.ts'
import { parseRgb } from './use-ground-colours.ts'
import { stridingOrder } from './webgl-layer.ts'

const viewport = { width: 900, height: 700 }

describe('boundsWithMarks', () => {
  const points = { xMin: -1, xMax: 1, yMin: -1, yMax: 1 }

  it('takes in the Standard Model and the 95 % ellipse of the measurement', () => {
    const origin = { x: 3, y: 0 }
    const measurement = { x: 0, y: 2, covariance: [0.04, 0, 1] as const }
    // Two parameters: 95 % within sqrt(5.991) = 2.4477 standard deviations (PDG, Statistics).
    const { xMin, xMax, yMin, yMax } = boundsWithMarks(points, { origin, measurement }) ?? points
    expect([xMin, xMax, yMin]).toEqual([-1, 3, -1])
    expect(yMax).toBeCloseTo(2 + 2.4477, 4)
  })

  it('is the box of the points without marks, and nothing without points', () => {
    expect(boundsWithMarks(points, {})).toEqual(points)
    expect(boundsWithMarks(null, {})).toBeNull()
  })
})

describe('axisTicks', () => {
  it('uses steps of 1, 2, 5, a real minus sign and no needless digits', () => {
    const ticks = axisTicks(-1.04, 1.04, 900)
    expect(ticks.major.map((t) => t.label)).toEqual([
      '−1.0',
      '−0.8',
      '−0.6',
      '−0.4',
      '−0.2',
      '0.0',
      '0.2',
      '0.4',
      '0.6',
      '0.8',
      '1.0',
    ])
    expect(axisTicks(-9, 9, 500).major.map((t) => t.label)).toEqual([
      '−8',
      '−6',
      '−4',
      '−2',
      '0',
      '2',
      '4',
      '6',
      '8',
    ])
  })

  it('parts a step of 2 in four and others in five', () => {
    const twos = axisTicks(0, 8, 400)
    expect(twos.minor.filter((m) => m > 0 && m < 2)).toEqual([0.5, 1, 1.5])
    const fives = axisTicks(0, 20, 400)
    expect(fives.minor.filter((m) => m > 0 && m < 5)).toHaveLength(4)
  })

  it('keeps to the range at any zoom and names each tick differently', () => {
    for (const span of [1e-4, 0.03, 7, 4e5]) {
      const { major } = axisTicks(3, 3 + span, 600)
      expect(major.length).toBeGreaterThanOrEqual(3)
      expect(major.length).toBeLessThan(15)
      expect(new Set(major.map((t) => t.label)).size).toBe(major.length)
      expect(major.every((t) => t.at >= 3 - 1e-9 * span && t.at <= 3 + span * (1 + 1e-9))).toBe(true)
    }
    expect(axisTicks(1, 1, 600)).toEqual({ major: [], minor: [] })
  })
})

describe('pointStyle', () => {
  const fit = { x: 0, y: 0, halfSpan: 4 }
  it('shrinks and pales with the number of points and comes back when zooming in', () => {
    const few = pointStyle(500, fit, fit, viewport)
    const many = pointStyle(1e6, fit, fit, viewport)
    const near = pointStyle(1e6, { ...fit, halfSpan: 0.04 }, fit, viewport)
    expect(few.size).toBeGreaterThan(many.size)
    expect(few.alpha).toBeGreaterThan(many.alpha)
    expect(near.size).toBeGreaterThan(2 * many.size)
    expect(near.alpha).toBeGreaterThan(many.alpha)
    expect(many.size).toBeGreaterThanOrEqual(1.5)
    expect(few.contextAlpha).toBeLessThan(few.alpha)
  })

  it.each([2000, 22_000, 200_000, 1e6])('%i dots are no carpet', (count) => {
    const { size, alpha } = pointStyle(count, fit, fit, viewport)
    // Ink in a core where a third of all dots lie on a twelfth of the picture, as Drell-Yan's at 13 TeV.
    const layers = (count * Math.PI * size ** 2) / 4 / 3 / ((viewport.width * viewport.height) / 12)
    expect(1 - (1 - alpha) ** layers).toBeLessThan(0.9)
    // And a dot on its own is seen.
    expect(alpha * Math.min(1, size / 2)).toBeGreaterThan(0.05)
  })
})

describe('colours', () => {
  it('clamps values and makes what is not a number grey', () => {
    expect([...quantiseValues(Float32Array.of(0, 0.5, 1, -3, 7, NaN), 6)]).toEqual([0, 127, 254, 0, 254, 255])
  })

  it('keeps the shape of a class beside its colour and pads rows that have none yet', () => {
    const { index, table } = layerColours(
      {
        kind: 'class',
        index: Uint8Array.of(1, 0),
        palette: ['#102030', '#ff8000'],
        shapes: ['disc', 'triangle'],
      },
      3,
      'light',
      [150, 150, 150],
      [255, 255, 255],
    )
    expect([...index]).toEqual([1, 0, 255])
    expect([...table.slice(0, 8)]).toEqual([16, 32, 48, 0, 255, 128, 0, 3])
  })

  it('reads colours as browsers print them', () => {
    expect(parseRgb('rgb(25, 27, 31)', [0, 0, 0])).toEqual([25, 27, 31])
    expect(parseRgb('#191b1f', [0, 0, 0])).toEqual([25, 27, 31])
    expect(parseRgb('Canvas', [1, 2, 3])).toEqual([1, 2, 3])
  })
})

describe('stridingOrder', () => {
  it('names every row once and mixes rows sorted by class', () => {
    for (const count of [0, 1, 2, 10, 997, 100_000]) {
      const order = stridingOrder(count)
      expect(new Set(order).size).toBe(count)
    }
    // Of any hundred rows drawn in a row, about half come from the first half of the data.
    const early = stridingOrder(100_000)
      .slice(5000, 5100)
      .filter((row) => row < 50_000).length
    expect(Math.abs(early - 50)).toBeLessThan(10)
  })
})

describe('placeLabels', () => {
  const wish = (key: string, x: number, y: number): LabelWish => ({ key, x, y, width: 60, gap: 8 })
  it('keeps clear of other text', () => {
    const wishes = [{ key: 'CMS', x: 100, y: 60, width: 80, gap: 8 }]
    const [above] = placeLabels(wishes, viewport)
    const [below] = placeLabels(wishes, viewport, [[0, 0, 400, 58]])
    expect(above.y).toBeLessThan(60)
    expect(below.y).toBeGreaterThan(60)
  })

  it('places neighbours apart, keeps inside, and leaves out what finds no room', () => {
    const crowd = Array.from({ length: 12 }, (_, k) => wish(`p${k}`, 450 + k, 350))
    const placed = placeLabels([...crowd, wish('edge', 895, 5)], viewport)
    expect(placed.length).toBeLessThan(13)
    const boxes = placed.map(({ x, y }) => [x, y - 8, x + 60, y + 8])
    boxes.forEach((a, i) => {
      expect(a[0] >= 0 && a[1] >= 0 && a[2] <= 900 && a[3] <= 700).toBe(true)
      boxes.slice(i + 1).forEach((b) => {
        expect(a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]).toBe(false)
      })
    })
  })

  it('follows the direction asked for', () => {
    const [left] = placeLabels([{ ...wish('a', 450, 350), toward: [-1, 0.1] }], viewport)
    expect(left.x + 60).toBeLessThan(450)
    expect(left.y).toBeGreaterThan(350)
  })
})

describe('mapSummary', () => {
  it('says what is there', () => {
    const text = mapSummary(Float32Array.of(-1, 2), Float32Array.of(0, 5), 2, 1, ['z₁', 'z₂'])
    expect(text).toBe('Map of 2 points; z₁ runs from −1.00 to 2.00, z₂ from 0.00 to 5.00. 1 are selected.')
  })
})
