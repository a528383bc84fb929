import { expect, it } from 'vitest'
import { cloudOf } from '../../../../statistics/distances/centroids.ts'
import { createRng } from '../../../../numerics/rng.ts'
import type { LatentCloud } from '../distances/latent-clouds.ts'
import { areNeighbours, axisOrder, gluinoOf } from './gluino-grid.ts'
import { mapQuality, nearestClouds } from './map-quality.ts'
import { mapReport, type KnownPair } from './map-report.ts'

const ids = [1000, 1500, 2000].flatMap((mass) => [50, 300, 900].map((dm) => `gluino-m${mass}-dm${dm}`))

/** Clouds around places made of mass and splitting. */
function clouds(place: (mass: number, splitting: number) => [number, number]): LatentCloud[] {
  return ids.map((id, i) => {
    const { mass, splitting } = gluinoOf(id)!
    const centre = place(mass, splitting)
    const rng = createRng(i)
    const around = (points: number) =>
      Float32Array.from({ length: 2 * points }, (_, k) => centre[k % 2] + 0.1 * rng.normal())
    const points = around(60)
    const judged = around(80)
    return {
      ...{
        id,
        dimensions: 2,
        points,
        cloud: cloudOf(points, 2),
        reference: around(100),
        judged,
        together: 4,
      },
    }
  })
}

it('knows masses and neighbours of the grid', () => {
  expect(gluinoOf('gluino-m1500-dm300')).toEqual({ mass: 1500, splitting: 300 })
  expect(gluinoOf('znunu-j')).toBeUndefined()
  expect(areNeighbours('gluino-m1000-dm50', 'gluino-m1500-dm50', ids)).toBe(true)
  expect(areNeighbours('gluino-m1000-dm50', 'gluino-m1000-dm300', ids)).toBe(true)
  expect(areNeighbours('gluino-m1000-dm50', 'gluino-m1500-dm300', ids)).toBe(false)
  expect(areNeighbours('gluino-m1000-dm50', 'gluino-m2000-dm50', ids)).toBe(false)
  expect(areNeighbours('gluino-m1000-dm50', 'gluino-m1000-dm50', ids)).toBe(false)
  expect(areNeighbours('gluino-m1000-dm50', 'znunu-j', [...ids, 'znunu-j'])).toBeNull()
})

it('says what orders the axis of largest variance', () => {
  const bySplitting = axisOrder(clouds((mass, splitting) => [splitting / 100, mass / 10_000]))
  // Ranks of three values, each three times, against nine that lie in chance order within them.
  expect(bySplitting.splitting).toBeGreaterThan(0.9)
  expect(bySplitting.mass).toBeLessThan(0.5)
  const byMass = axisOrder(clouds((mass, splitting) => [splitting / 10_000, -mass / 100]))
  expect(byMass.mass).toBeGreaterThan(0.9)
})

it('finds the nearest clouds, and how many pairs lie apart', () => {
  const own = clouds((mass, splitting) => [splitting / 100, mass > 1200 ? 0 : 5])
  const [nearest] = nearestClouds(own[3], [...own.slice(0, 3), ...own.slice(4)])
  expect(nearest).toBe('gluino-m2000-dm50')
  // Models of equal splitting above 1200 GeV lie on one another: three pairs of 36, at a half each.
  const quality = mapQuality(own)
  expect(quality).toMatchObject({ apart: 33, pairs: 36 })
  expect(quality.meanAuc).toBeCloseTo((33 + 3 / 2) / 36, 1)
})

it('reports a map that is ordered by the splitting, against what is known of pairs', () => {
  // Models of one splitting stand in one place; those of the next are ever farther away.
  const own = clouds((_, splitting) => [splitting / 100, 0])
  const known = own.flatMap((b, j) =>
    own.slice(0, j).map((a): KnownPair => {
      const apart = Math.abs(gluinoOf(a.id)!.splitting - gluinoOf(b.id)!.splitting)
      const areas = (perSet: number, value: number) => [{ perSet, auc: { value, error: 0.01 } }]
      return { a: b.id, b: a.id, aucSupervised: areas(1, 0.5 + apart / 2000), aucExact: areas(10, 0.75) }
    }),
  )
  const report = mapReport(own, known, { perSet: 10, seed: 1 })
  expect(report.order?.centroid.rho).toBeGreaterThan(0.85)
  expect(report.order?.energy.rho).toBeGreaterThan(0.85)
  expect(report.axis?.splitting).toBeGreaterThan(0.9)
  expect(report.splittings?.ends).toBe(1)
  expect(report.splittings?.splitting.least).toBe(1)
  expect(report.splittings?.mass.most).toBeLessThan(0.75)
  // 27 pairs of different splittings lie at 1, above the limit; the nine others at a half lie below.
  expect(report.limits).toMatchObject({ perSet: 10, pairs: 36 })
  expect(report.limits?.above).toHaveLength(27)
  expect(report.limits?.below).toHaveLength(9)
  expect(mapReport(own, [], { perSet: 10, seed: 1 })).toMatchObject({ order: null, limits: null, pairs: 36 })
})
