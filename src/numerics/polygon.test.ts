import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { containsPoint, crossingsAt, polygonArea, simplifyPolygon } from './polygon.ts'
import type { Polygon } from './polygon.ts'

const square: Polygon = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
]

describe('containsPoint', () => {
  it('is half-open, so that two squares side by side share no point', () => {
    const right = square.map(([x, y]) => [x + 2, y] as const)
    for (const y of [0, 0.7, 2])
      expect(Number(containsPoint(square, 2, y)) + Number(containsPoint(right, 2, y))).toBeLessThan(2)
    expect(containsPoint(square, 2, 1) !== containsPoint(right, 2, 1)).toBe(true)
  })

  it('leaves out the heart of a pentagram, which is wound twice', () => {
    const star = [0, 2, 4, 1, 3].map((k) => {
      const angle = (2 * Math.PI * k) / 5
      return [Math.sin(angle), Math.cos(angle)] as const
    })
    expect(containsPoint(star, 0, 0)).toBe(false)
    expect(containsPoint(star, 0, 0.7)).toBe(true)
  })

  it('is false for NaN', () => {
    expect(containsPoint(square, NaN, 1)).toBe(false)
    expect(containsPoint(square, 1, NaN)).toBe(false)
  })
})

describe('crossingsAt', () => {
  it('says of every point of a line what containsPoint says, corners and edges included', () => {
    const place = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -3, max: 3, noNaN: true }))
    const corner = fc.tuple(place, place)
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 12 }), corner, (polygon, [x, y]) => {
        const right = crossingsAt(polygon, y).filter((crossing) => crossing > x)
        expect(right.length % 2 === 1).toBe(containsPoint(polygon, x, y))
      }),
    )
  })

  it('is sorted', () => {
    expect([...crossingsAt(square, 1)]).toEqual([0, 2])
    expect(crossingsAt(square, 3)).toHaveLength(0)
  })
})

describe('polygonArea', () => {
  it('is signed', () => {
    expect(polygonArea(square)).toBe(4)
    expect(polygonArea([...square].reverse())).toBe(-4)
  })
})

describe('simplifyPolygon', () => {
  it('keeps a circle of 720 vertices within the tolerance, with far fewer', () => {
    const circle = Array.from({ length: 720 }, (_, k) => {
      const angle = (Math.PI * k) / 360
      return [Math.cos(angle), Math.sin(angle)] as const
    })
    const simple = simplifyPolygon(circle, 0.01)
    expect(simple.length).toBeLessThan(40)
    // The sagitta is at most the tolerance, so the area is off by less than tolerance x perimeter.
    expect(Math.abs(polygonArea(simple) - Math.PI)).toBeLessThan(0.01 * 2 * Math.PI)
  })

  it('invents no vertex and never falls below a triangle', () => {
    const vertex = fc.tuple(
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(vertex, { minLength: 3, maxLength: 40 }), (polygon) => {
        const simple = simplifyPolygon(polygon, 0.5)
        expect(simple.length).toBeGreaterThanOrEqual(3)
        const known = new Set(polygon.map(String))
        expect(simple.every((v) => known.has(String(v)))).toBe(true)
      }),
    )
  })
})
