import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { createRng } from '../../numerics/rng.ts'
import { relativeError } from '../../testing/matchers.ts'
import { sharedPdfGrid } from '../../testing/shared-pdf.ts'
import gridValues from '../reference/pdf-grid-values.json'
import reference from '../reference/pdf-ct14lo-start.json'
import { createDefaultPdf } from './default-pdf.ts'
import { parseLhaGrid } from './lhagrid.ts'
import { partonIds, type PartonId } from './pdf-set.ts'
import { sumRules } from './sum-rules.ts'

const pdf = createDefaultPdf()
// What lies below x = 1e-7 carries up to 6e-5 of the momentum at 100 TeV, so sum rules are tested on a deeper grid.
const deep = createDefaultPdf({ grid: { xMin: 1e-9 } })
const columnIds: PartonId[] = [1, 2, -1, -2, 3, 4, 5, 21]

describe('default densities', () => {
  // Reference: Mellin-space solution of the same equations, 8 digits. What is left is our grid: 6 points in x, RK4.
  it.each([
    [0.0001, 3e-6],
    [0.001, 3e-6],
    [0.01, 1.5e-5],
    [0.05, 1.5e-5],
    [0.1, 1.5e-5],
    [0.3, 1.5e-5],
    [0.5, 3e-5],
    [0.7, 1e-4],
  ])('x = %d: all flavours from 1.295 to 4000 GeV against Mellin inversion', (x, tolerance) => {
    const rows = reference.values.filter((row) => row.x === x)
    expect(rows.length).toBe(7)
    for (const { q, xf } of rows)
      columnIds.forEach((id, k) => expect(pdf.xfxQ2(id, x, q * q)).toBeCloseToRel(xf[k], tolerance))
  })

  it.each([1.295, 1.3, 3, 4.75, 91.1876, 1000, 1e5])('sum rules at %d GeV', (q) => {
    const sums = sumRules(deep, q)
    expect(sums.momentum).toBeCloseToRel(1, 4e-6)
    expect(sums.uValence).toBeCloseToRel(2, 4e-6)
    expect(sums.dValence).toBeCloseToRel(1, 4e-6)
  })

  it('gluon carries the momentum share of the Mellin solution', () => {
    const share = (q: number) => {
      const onlyGluon = {
        ...deep,
        xfxQ2All: (x: number, q2: number, out = new Float64Array(11)) => {
          deep.xfxQ2All(x, q2, out)
          return out.fill(0, 0, 10)
        },
      }
      return sumRules(onlyGluon, q).momentum
    }
    expect(share(91.1876)).toBeCloseToRel(0.494688, 3e-6)
    expect(share(1000)).toBeCloseToRel(0.499674, 3e-6)
  })

  it('equals its antiquark for s, c and b, and one call for all equals calls one by one', () => {
    const all = pdf.xfxQ2All(0.02, 50)
    expect([...all]).toEqual(partonIds.map((id) => pdf.xfxQ2(id, 0.02, 50)))
    for (const id of [3, 4, 5] as const)
      expect(pdf.xfxQ2(id, 0.02, 50)).toBe(all[partonIds.indexOf(-id as PartonId)])
  })

  it('answers the same whatever was asked before', () => {
    const rng = createRng(7)
    const points = Array.from({ length: 300 }, () => ({
      x: 10 ** (-8 * rng.uniform()),
      q2: 10 ** (8 * rng.uniform()),
    }))
    const forwards = points.map(({ x, q2 }) => [...pdf.xfxQ2All(x, q2)])
    const backwards = points.toReversed().map(({ x, q2 }) => [...pdf.xfxQ2All(x, q2)])
    expect(backwards.toReversed()).toEqual(forwards)
  })

  it('is positive for x < 0.9 from 2 GeV up', () => {
    for (const q of [2, 4.8, 20, 91, 3000])
      for (let x = 1e-7; x < 0.9; x *= 1.07)
        for (const id of [-2, -1, 1, 2, 3, 4, 21] as const) expect(pdf.xfxQ2(id, x, q * q)).toBeGreaterThan(0)
  })

  it('goes on below xMin as a power and stands still outside its scales', () => {
    expect(pdf.xMin).toBe(1e-7)
    const edge = pdf.xfxQ2(21, 1e-7, 1e4)
    expect(pdf.xfxQ2(21, 1e-7 * (1 - 1e-9), 1e4)).toBeCloseToRel(edge, 1e-7)
    const decade = pdf.xfxQ2(21, 1e-8, 1e4) / edge
    expect(pdf.xfxQ2(21, 1e-9, 1e4) / pdf.xfxQ2(21, 1e-8, 1e4)).toBeCloseToRel(decade, 1e-9)
    expect(decade).toBeGreaterThan(1)
    expect(pdf.xfxQ2(2, 0.1, 1)).toBe(pdf.xfxQ2(2, 0.1, 1.295 ** 2))
    expect(pdf.xfxQ2(2, 0.1, 1e12)).toBe(pdf.xfxQ2(2, 0.1, 1e10))
    expect(pdf.xfxQ2(21, 1, 1e4)).toBeCloseTo(0, 12)
  })

  it('the small-x end does not move when xMin does', () => {
    for (const x of [1.1e-7, 2.5e-7, 1.3e-6, 1e-4])
      for (const q of [7.5, 15, 50])
        for (const id of columnIds) {
          const value = pdf.xfxQ2(id, x, q * q)
          expect(value).toBeCloseToRel(deep.xfxQ2(id, x, q * q), 1e-5)
        }
  })

  it('refuses x and Q^2 that mean nothing', () => {
    for (const [x, q2] of [
      [0, 10],
      [-0.1, 10],
      [1.0001, 10],
      [NaN, 10],
      [0.1, 0],
      [0.1, NaN],
      [0.1, Infinity],
    ])
      expect(() => pdf.xfxQ2(2, x, q2)).toThrow(/needs 0 < x <= 1 and a positive finite Q\^2/)
  })

  it('says what it is', () => {
    expect(pdf.id).toBe('ct14lo-reparametrised')
    expect(pdf.description).toMatch(/Re-parametrisation of CT14lo.*not an official CTEQ grid.*1506\.07443/)
    expect(pdf.alphaS?.(91.187)).toBeCloseToRel(0.118, 1e-14)
  })
})

describe('default densities against CT14lo', () => {
  it('within 0.04 % of the interpolated table for 1e-4 <= x <= 0.7, 10 to 1000 GeV', () => {
    // Most of the difference above x = 0.1 is interpolation between the sparse knots of the table.
    let worst = 0
    for (const { q, x, xf } of gridValues.CT14lo)
      partonIds.forEach((id, k) => (worst = Math.max(worst, relativeError(pdf.xfxQ2(id, x, q * q), xf[k]))))
    expect(worst).toBeLessThan(4e-4)
    expect(worst).toBeGreaterThan(1e-5)
  })

  const text = sharedPdfGrid('CT14lo')
  it.skipIf(!text)('within 1.2e-4 at the knots of the table for 1e-4 < x < 0.72, 19 to 5000 GeV', () => {
    const [{ x, q, ids, values }] = parseLhaGrid(text!, 'CT14lo').subgrids
    let worst = 0
    for (let i = 0; i < x.length; i++)
      for (let j = 0; j < q.length; j++) {
        if (x[i] < 1e-4 || x[i] > 0.72 || q[j] < 19 || q[j] > 5000) continue
        ids.forEach((id, k) => {
          const known = values[(i * q.length + j) * ids.length + k]
          worst = Math.max(worst, relativeError(pdf.xfxQ2(id as PartonId, x[i], q[j] * q[j]), known))
        })
      }
    expect(worst).toBeLessThan(1.2e-4)
  })
})
