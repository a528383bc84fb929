import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { loadKernels } from './load-kernels.ts'

const builds = [await loadKernels(true), await loadKernels(false)]

/** All rows by distance in float64, equal ones by index. */
function bruteForce(
  values: ArrayLike<number>,
  columns: number,
  query: ArrayLike<number>,
): { row: number; square: number }[] {
  return Array.from({ length: values.length / columns }, (_, row) => {
    let square = 0
    for (let j = 0; j < columns; j++) square += (query[j] - values[row * columns + j]) ** 2
    return { row, square }
  }).sort((a, b) => a.square - b.square || a.row - b.row)
}

const normals = (count: number, seed: number): Float32Array => {
  const rng = createRng(seed)
  return Float32Array.from({ length: count }, () => rng.normal())
}

describe.each(builds)('nearest rows (simd: $simd)', (kernels) => {
  it('equal brute force to the bit, whatever the shape, ties by index', () => {
    const shape = fc.record({
      rows: fc.integer({ min: 1, max: 200 }),
      columns: fc.integer({ min: 1, max: 21 }),
      k: fc.integer({ min: 1, max: 12 }),
      queries: fc.integer({ min: 0, max: 10 }),
      // Few different values: many rows at exactly the same distance.
      coarse: fc.boolean(),
      // Far from the origin the scan sees only differences of hundreds.
      origin: fc.constantFrom(0, 0, 30, 50_000),
      seed: fc.integer({ min: 1, max: 999 }),
    })
    fc.assert(
      fc.property(shape, ({ rows, columns, k, queries, coarse, origin, seed }) => {
        const make = (count: number, s: number): Float32Array =>
          normals(count, s).map((v) => origin + (coarse ? Math.round(v) : v))
        const values = make(rows * columns, seed)
        const asked = make(queries * columns, seed + 1000)
        const found = kernels.createNearestRows({ values, columns }).nearest(asked, k)
        expect(found.k).toBe(Math.min(k, rows))
        for (let q = 0; q < queries; q++) {
          const expected = bruteForce(values, columns, asked.subarray(q * columns, (q + 1) * columns))
          for (let i = 0; i < found.k; i++) {
            expect(found.rows[q * found.k + i]).toBe(expected[i].row)
            expect(found.distances[q * found.k + i]).toBe(Math.sqrt(expected[i].square))
          }
        }
      }),
      { numRuns: 200, seed: 4 },
    )
  })

  it('tell apart rows that float32 cannot', () => {
    // Squared distances 4e8 + {2, 1, 0} are one number in float32.
    const values = Float32Array.of(20000, 1.4142135, 20000, 1, 20000, 0)
    const { rows } = kernels.createNearestRows({ values, columns: 2 }).nearest(Float32Array.of(0, 0), 2)
    expect(Array.from(rows)).toEqual([2, 1])
  })

  it('measure very large and very small numbers', () => {
    const values = Float32Array.of(3e38, -3e38, 1e-40, 3e-40, 0)
    const table = kernels.createNearestRows({ values, columns: 1 })
    for (const query of [Float32Array.of(2e-40), Float32Array.of(3e38)])
      expect(Array.from(table.nearest(query, 5).rows)).toEqual(bruteForce(values, 1, query).map((n) => n.row))
  })

  it('leave out the query itself where asked', () => {
    const values = normals(60, 3)
    const table = kernels.createNearestRows({ values, columns: 4 })
    const own = Array.from({ length: 15 }, (_, i) => i)
    const found = table.nearest(values, 3, own)
    own.forEach((row) => {
      const expected = bruteForce(values, 4, values.subarray(4 * row, 4 * row + 4)).filter(
        (n) => n.row !== row,
      )
      expect(Array.from(found.rows.subarray(3 * row, 3 * row + 3))).toEqual(
        expected.slice(0, 3).map((n) => n.row),
      )
    })
    expect(table.nearest(values, 99, own).k).toBe(14)
  })

  it('compare mapped rows: a covariance L L^T whitened by L^-T', () => {
    const values = normals(37 * 3, 5)
    const matrix = [0.5, -0.3, 0.1, 0, 2, 0.4, 0, 0, 1.5] // [3, 3]
    const apply = (x: ArrayLike<number>): number[] =>
      [0, 1, 2].map((j) => x[0] * matrix[j] + x[1] * matrix[3 + j] + x[2] * matrix[6 + j])
    const table = kernels.createNearestRows({ values, columns: 3, map: { matrix, mapped: 3 } })
    const query = Float32Array.of(0.2, 0.1, -0.4)
    const found = table.nearest(query, 37)
    const mapped = Array.from({ length: 37 }, (_, i) => apply(values.subarray(3 * i, 3 * i + 3))).flat()
    const expected = bruteForce(mapped, 3, apply(query))
    expect(Array.from(found.rows)).toEqual(expected.map((n) => n.row))
    expected.forEach((n, i) => expect(found.distances[i]).toBeCloseTo(Math.sqrt(n.square), 5))
  })

  it('compare directions by cosine', () => {
    const values = normals(41 * 5, 6)
    const query = normals(5, 7)
    const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, v, j) => sum + v * b[j], 0)
    const expected = Array.from({ length: 41 }, (_, row) => {
      const x = values.subarray(5 * row, 5 * row + 5)
      return { row, distance: 1 - dot(x, query) / Math.sqrt(dot(x, x) * dot(query, query)) }
    }).sort((a, b) => a.distance - b.distance)
    const found = kernels.createNearestRows({ values, columns: 5, metric: 'cosine' }).nearest(query, 41)
    expect(Array.from(found.rows)).toEqual(expected.map((n) => n.row))
    expected.forEach((n, i) => expect(found.distances[i]).toBeCloseTo(n.distance, 6))
  })

  it('find nothing in an empty table', () => {
    const table = kernels.createNearestRows({ values: new Float32Array(0), columns: 3 })
    expect(table.nearest(new Float32Array(3), 2)).toMatchObject({ k: 0, rows: new Int32Array(0) })
  })
})

it('refuses what has no distance', () => {
  const [kernels] = builds
  const bad = Float32Array.of(1, 2, 3, Number.NaN)
  expect(() => kernels.createNearestRows({ values: bad, columns: 2 })).toThrow(/Row 1 has NaN in column 1/)
  const table = kernels.createNearestRows({ values: Float32Array.of(1, 2), columns: 2 })
  expect(() => table.nearest(Float32Array.of(1, Infinity), 1)).toThrow(/Query 0 has Infinity in column 1/)
  expect(() => table.nearest(Float32Array.of(1, 2), 0)).toThrow(/at least 1 neighbour, not 0/)
  expect(() => table.nearest(Float32Array.of(1), 1)).toThrow(/Rows of 2 numbers cannot make up 1/)
  const zero = { values: Float32Array.of(1, 2, 0, 0), columns: 2, metric: 'cosine' as const }
  expect(() => kernels.createNearestRows(zero)).toThrow(/Row 1 is zero/)
})
