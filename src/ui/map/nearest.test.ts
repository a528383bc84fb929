import fc from 'fast-check'
import KDBush from 'kdbush'
import { describe, expect, it } from 'vitest'

import { createRng } from '../../numerics/rng.ts'
import { covarianceEllipse } from './ellipse.ts'
import { inDirection, nearestByScan, nearestInTree } from './nearest.ts'

const rng = createRng(2)
const n = 3000
const x = Float32Array.from({ length: n }, () => rng.normal())
const y = Float32Array.from({ length: n }, () => rng.normal())
const tree = new KDBush(n, 16, Float32Array)
for (let i = 0; i < n; i++) tree.add(x[i], y[i])
tree.finish()

const coordinate = fc.double({ min: -4, max: 4, noNaN: true })
const directions = ['left', 'right', 'up', 'down'] as const

describe('nearest', () => {
  it('tree and scan find the same row, with and without a direction', () => {
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        fc.constantFrom(0.05, 1, Infinity),
        fc.integer({ min: 0, max: 4 }),
        (qx, qy, r, k) => {
          const accept = k < 4 ? inDirection(directions[k], 0.1) : undefined
          expect(nearestInTree(tree, qx, qy, r, accept)).toEqual(nearestByScan(x, y, 0, n, qx, qy, r, accept))
        },
      ),
      { seed: 4 },
    )
  })

  it('finds nothing in an empty index or beyond the radius', () => {
    expect(nearestInTree({ ids: [], coords: [], nodeSize: 64 }, 0, 0, 9)).toBeNull()
    expect(nearestInTree(tree, 100, 100, 1)).toBeNull()
  })
})

describe('inDirection', () => {
  it('is a cone of 45 degrees to either side, y upwards', () => {
    const up = inDirection('up', 0.5)
    expect([up(0, 0, 1), up(0, 0.9, 1), up(0, 1.1, 1), up(0, 0, 0.4), up(0, 0, -1)]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})

describe('covarianceEllipse', () => {
  it('has radius sqrt(5.99) at 95 % of a unit Gaussian and turns with the correlation', () => {
    expect(covarianceEllipse([1, 0, 1], 0.95).major).toBeCloseTo(Math.sqrt(5.9915), 4)
    expect(covarianceEllipse([4, 0, 1], 0.6827).minor).toBeCloseTo(Math.sqrt(2.2958), 3)
    expect(covarianceEllipse([1, 0.8, 1], 0.68).angle).toBeCloseTo(Math.PI / 4, 12)
    expect(covarianceEllipse([1, -0.8, 1], 0.68).angle).toBeCloseTo(-Math.PI / 4, 12)
  })
})
