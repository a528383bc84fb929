import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import table from '../reference/top-pair/toy-pdf-table.json'
import { createRunningCoupling } from './alpha-s.ts'
import { createEvolvedPdf } from './evolved-pdf.ts'
import { lesHouchesToyCoupling, lesHouchesToyStart } from './les-houches-toy.ts'
import { evolveLo } from './lo-evolution.ts'
import { partonIds } from './pdf-set.ts'
import { createTablePdf } from './table-pdf.ts'
import { xGrid } from './x-grid.ts'

describe('PDF from a table at fixed scales', () => {
  const pdf = createTablePdf(table, 'toy')

  it('returns the table at its knots', () => {
    const { x, xf } = table['172.5']
    for (const k of [0, 17, 80, 139]) {
      expect(pdf.xfxQ2(21, x[k], 172.5 ** 2)).toBeCloseToRel(xf.g[k], 1e-12)
      expect(pdf.xfxQ2(-2, x[k], 172.5 ** 2)).toBeCloseToRel(xf.ub[k], 1e-12)
      expect(pdf.xfxQ2(-5, x[k], 172.5 ** 2)).toBeCloseToRel(xf.b[k], 1e-12)
    }
  })

  // The same toy evolved here; the table's makers used Mellin moments.
  it('agrees with our own evolution of the Les Houches input', () => {
    const coupling = createRunningCoupling(lesHouchesToyCoupling)
    const evolved = createEvolvedPdf(
      evolveLo(lesHouchesToyStart, { grid: xGrid({ xMin: 1e-5 }), coupling, qMax: 200, maxStep: 0.015 }),
      { id: 'les-houches-toy', description: '' },
    )
    expect(pdf.alphaS!(172.5)).toBeCloseToRel(coupling.alphaS(172.5), 1e-6)
    for (const x of [2e-3, 0.03, 0.2, 0.6])
      for (const id of partonIds)
        expect(pdf.xfxQ2(id, x, 172.5 ** 2), `${id} at ${x}`).toBeCloseToRel(
          evolved.xfxQ2(id, x, 172.5 ** 2),
          5e-4,
        )
  })

  it('is zero outside the table and refuses other scales', () => {
    expect(pdf.xfxQ2(21, 0.98, 172.5 ** 2)).toBe(0)
    expect(pdf.xfxQ2(21, 5e-5, 172.5 ** 2)).toBe(0)
    expect(() => pdf.xfxQ2(21, 0.1, 1e4)).toThrow(/91.188, 172.5 GeV only, asked for 100 GeV/)
  })

  it('says what is wrong with a damaged table', () => {
    const one = table['172.5']
    expect(() => createTablePdf([1], 'a.json')).toThrow(/a.json is no table/)
    expect(() => createTablePdf({}, 'a.json')).toThrow(/no scale/)
    expect(() => createTablePdf({ a: { ...one, x: [...one.x].reverse() } }, 'a.json')).toThrow(/x must rise/)
    const short = { ...one, xf: { ...one.xf, g: one.xf.g.slice(1) } }
    expect(() => createTablePdf({ a: short }, 'a.json')).toThrow(/g has 139 values for 140 knots/)
  })
})
