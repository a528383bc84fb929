import { describe, expect, it } from 'vitest'
import { createDefaultPdf } from '../pdf/default-pdf.ts'
import reference from '../reference/top-pair/smefit-mtt.json'
import { hadronicTotals, topPairProcess } from './hadronic.ts'
import { termNames } from './polynomial.ts'

type Term = keyof typeof reference.terms

// Another generator (MadGraph, SMEFTatNLO) with other densities: ratios in which the densities cancel in each bin of m_tt.
// alpha_s of both is 0.1077, which a square over its linear term measures.
describe('m_tt spectra beside SMEFiT', () => {
  const operators = ['tG', 'td8', 'tq8', 'tu8', 'td1'] as const
  const names = termNames(operators)
  const pdf = createDefaultPdf()
  const edges = reference.mttEdgesGeV
  const bins = edges
    .slice(1)
    .map((mttMax, bin) => hadronicTotals(topPairProcess({ pdf, operators, mttMin: edges[bin], mttMax })))

  /** (term / by)_SMEFiT over (term / by)_ours in every bin. */
  const compared = (term: Term, by: Term) =>
    bins.map((totals, bin) => {
      const ours = (name: Term) => totals[names.indexOf(name === 'SM' ? '1' : name)]
      const theirs = (name: Term) => reference.terms[name][bin]
      return theirs(term) / theirs(by) / (ours(term) / ours(by))
    })

  it.each<[Term, Term, number, number]>([
    // term, divided by, tolerance up to 1.5 TeV, tolerance above, where their events get few
    ['td8^2', 'td8', 0.003, 0.008],
    ['tq8^2', 'tq8', 0.003, 0.013],
    ['tu8^2', 'tu8', 0.003, 0.016],
    ['td1^2', 'td8^2', 0.003, 0.003],
    ['tG*td8', 'td8', 0.015, 0.04],
    ['tG*tq8', 'tq8', 0.01, 0.07],
    // The share of gluons does not cancel quite.
    ['tG', 'SM', 0.015, 0.015],
    ['tG^2', 'tG', 0.016, 0.016],
  ])('%s / %s agrees in all 15 bins', (term, by, low, high) => {
    compared(term, by).forEach((ratio, bin) => {
      expect(Math.abs(ratio - 1), `${edges[bin]} GeV`).toBeLessThan(edges[bin] < 1500 ? low : high)
    })
  })
})
