import { expect, it } from 'vitest'
import { mostVertices } from '../../share/map-limits.ts'
import { boxSchema, polygonSchema } from '../../share/map-schema.ts'
import { regionMask, regionOf } from './region.ts'

it('keeps a lasso of any length within what the schema takes, and the points in it', () => {
  const circle = Array.from({ length: 1234 }, (_, i): [number, number] => [
    Math.cos((2 * Math.PI * i) / 1234),
    Math.sin((2 * Math.PI * i) / 1234),
  ])
  const region = polygonSchema.parse(regionOf({ kind: 'polygon', points: circle }))
  expect(region.points.length).toBeLessThanOrEqual(mostVertices)
  expect(Array.from(regionMask([0, 0.99, 1.01], [0, 0, 0], 3, region))).toEqual([1, 1, 0])
})

it('reads a box by any two opposite corners, its border included', () => {
  const drawn = regionOf({ kind: 'box', bounds: { xMin: -1.000004, yMin: 0, xMax: 2, yMax: 3 } })
  expect(boxSchema.parse(drawn)).toEqual({ kind: 'box', x0: -1, y0: 0, x1: 2, y1: 3 })
  for (const box of [drawn, { kind: 'box' as const, x0: 2, y0: 3, x1: -1, y1: 0 }])
    expect(Array.from(regionMask([-1, 2, 0, 2.1], [0, 3, 3.1, 1], 4, box))).toEqual([1, 1, 0, 0])
})
