import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { containsPoint } from '../../numerics/polygon.ts'
import { createRng } from '../../numerics/rng.ts'
import { combineMasks, countSelected, selectBox, selectPolygon, selectRegion } from './select.ts'

const rng = createRng(11)
const count = 4000
const x = Float32Array.from({ length: count }, () => rng.normal())
const y = Float32Array.from({ length: count }, () => rng.normal())
x[17] = NaN
y[18] = Infinity

const vertex = fc.tuple(
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.double({ min: -2, max: 2, noNaN: true }),
)

describe('selectPolygon', () => {
  it('equals the plain even-odd test on every row, for any polygon, crossing itself or not', () => {
    fc.assert(
      fc.property(fc.array(vertex, { minLength: 3, maxLength: 30 }), (polygon) => {
        const mask = selectPolygon(x, y, count, polygon)
        const plain = Uint8Array.from(x, (px, i) => Number(containsPoint(polygon, px, y[i])))
        expect(Buffer.compare(mask, plain)).toBe(0)
      }),
      { numRuns: 40, seed: 5 },
    )
  })

  it('agrees on rows that lie exactly on vertices, edges and cell borders', () => {
    const polygon: [number, number][] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]
    const lattice = Array.from({ length: 81 }, (_, k) => [(k % 9) / 2, Math.floor(k / 9) / 2])
    const mask = selectPolygon(
      lattice.map((p) => p[0]),
      lattice.map((p) => p[1]),
      81,
      polygon,
    )
    expect([...mask]).toEqual(lattice.map(([px, py]) => Number(containsPoint(polygon, px, py))))
  })

  it('selects nothing with a polygon that has no area', () => {
    for (const polygon of [
      [],
      [
        [0, 0],
        [1, 1],
      ],
      [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
    ] as [number, number][][])
      expect(countSelected(selectPolygon(x, y, count, polygon))).toBe(0)
  })
})

describe('selectBox', () => {
  it('includes the border and equals the polygon of its corners elsewhere', () => {
    const bounds = { xMin: -0.5, xMax: 1, yMin: 0, yMax: 0.8 }
    const box = selectBox(x, y, count, bounds)
    const polygon = selectRegion(x, y, count, {
      kind: 'polygon',
      points: [
        [-0.5, 0],
        [1, 0],
        [1, 0.8],
        [-0.5, 0.8],
      ],
    })
    expect([...box]).toEqual([...polygon])
    expect(countSelected(box)).toBeGreaterThan(300)
    expect([...selectBox([1], [0.8], 1, bounds)]).toEqual([1])
  })
})

describe('combineMasks', () => {
  const [a, b] = [Uint8Array.of(1, 1, 0), Uint8Array.of(0, 1, 1, 1)]
  it('replaces, adds and takes away, also while rows still stream in', () => {
    expect([...combineMasks(a, b, 'replace')]).toEqual([0, 1, 1, 1])
    expect([...combineMasks(a, b, 'add')]).toEqual([1, 1, 1, 1])
    expect([...combineMasks(a, b, 'subtract')]).toEqual([1, 0, 0, 0])
    expect([...combineMasks(null, b, 'add')]).toEqual([...b])
    expect(countSelected(combineMasks(null, b, 'subtract'))).toBe(0)
  })
})
