import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { createTablePdf } from '../pdf/table-pdf.ts'
import table from '../reference/top-pair/toy-pdf-table.json'
import reference from '../reference/top-pair/hadronic-totals.json'
import { createHadronicDensity, hadronicTotals, topPairProcess } from './hadronic.ts'
import { termNames } from './polynomial.ts'

const pdf = createTablePdf(table, 'toy-pdf-table.json')

describe('hadronic cross-sections', () => {
  // Quadrature by another program over the same table: 1e-6 covers both rules.
  it.each(Object.entries(reference.totals))('totals of %s', (key, expected) => {
    const [, energy, cut] = /^(\d+)TeV_mtt>([\d.]+)$/.exec(key)!
    const operators = ['tG', 'td8', 'tu8', 'tq8'] as const
    const totals = hadronicTotals(
      topPairProcess({ pdf, sqrtS: 1000 * Number(energy), mttMin: 1000 * Number(cut), operators }),
    )
    const names = termNames(operators)
    const total = (name: string) => totals[names.indexOf(name)]
    expect(total('1')).toBeCloseToRel(expected.SM_gg + expected.SM_qq, 1e-6)
    for (const name of operators) {
      expect(total(name)).toBeCloseToRel(expected[`${name}_lin`], 1e-6)
      expect(total(`${name}^2`)).toBeCloseToRel(expected[`${name}_quad`], 1e-6)
    }
  })

  it('is symmetric in rapidity', () => {
    const density = createHadronicDensity(topPairProcess({ pdf: toyPdf(), operators: ['tG', 'tu8'] }))
    const forward = new Float64Array(density.terms)
    const backward = new Float64Array(density.terms)
    density.evaluate(612, 1.3, forward)
    density.evaluate(612, -1.3, backward)
    forward.forEach((value, t) => expect(backward[t]).toBeCloseToRel(value, 1e-13))
  })

  it('refuses an empty window in m_tt', () => {
    expect(() => topPairProcess({ pdf, mttMin: 2000, mttMax: 1500 })).toThrow(/begins at 2000 GeV.*1500/)
  })
})
