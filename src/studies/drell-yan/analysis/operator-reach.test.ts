import { describe, expect, it } from 'vitest'
import { observableRange } from '../../../physics/drell-yan/spectrum-templates.ts'
import { pairIndex } from '../../../physics/smeft/operators.ts'
import '../../../testing/matchers.ts'
import { referenceModel } from '../../../testing/reference-model.ts'
import { operatorReach } from './operator-reach.ts'
import reference from './reference/limits.json' with { type: 'json' }

const model = referenceModel(3000, 1000, 1)
const rows = operatorReach(model)!
const row = (name: string) => rows.find(({ operator }) => operator.name === name)!

describe('where an operator acts', () => {
  it('contact terms grow as m^2 over photon and Z, couplings of the Z do not', () => {
    for (const { operator, growth } of rows)
      if (operator.family === 'four-fermion') expect(growth, operator.name).toBeGreaterThan(1.5)
    // cHq1 moves u and d against each other: what is left changes its sign with the ratio of the two.
    for (const name of ['cHD', 'cll1', 'cHl1', 'cHl3', 'cHe', 'cHq3', 'cHu', 'cHd'])
      expect(Math.abs(row(name).growth), name).toBeLessThan(0.5)
    expect(row('cHq1').atPeak * row('cHq1').inTail).toBeLessThan(0)
  })

  it('contact terms do not touch the Z peak and are seen most in the tail', () => {
    for (const { operator, atPeak, strongest } of rows) {
      if (operator.family !== 'four-fermion') continue
      expect(Math.abs(atPeak), operator.name).toBeLessThan(0.2)
      expect(strongest[0], operator.name).toBeGreaterThan(1000)
    }
    expect(Math.abs(row('cHl3').atPeak)).toBeGreaterThan(10)
  })

  it('is read from the templates: per cent of the SM in its bins', () => {
    const { templates } = model
    const { end } = observableRange(templates.observables, 'mll')!
    const clq3 = row('clq3')
    const o = rows.indexOf(clq3)
    expect(clq3.inTail).toBeCloseToRel(
      (100 * templates.linear[o * templates.bins + end - 1]) / templates.sm[end - 1],
      1e-12,
    )
    const quadratic = new Float64Array(model.templates.quadratic.length)
    quadratic[pairIndex(o, o) * templates.bins + end - 1] = templates.sm[end - 1] / 2
    const squared = operatorReach({ ...model, templates: { ...templates, quadratic } })!
    expect(squared[o].squaredInTail).toBeCloseToRel(50, 1e-12)
  })

  it('reach is that of one standard deviation alone, 1.96 of them', () => {
    for (const { sigma, reach } of rows) expect(1 / reach ** 2).toBeCloseToRel(1.959964 * sigma, 1e-9)
    // The single standard deviations of the notes, m_ll alone; here p_T takes part.
    for (const [name, sigma] of Object.entries(reference.mllOnlySigma))
      expect(row(name).sigma, name).toBeLessThan(1.03 * sigma)
  })

  it('a dataset without a tail of m_ll has no such table', () => {
    const cut = { ...model, templates: { ...model.templates, observables: [model.templates.observables[1]] } }
    expect(operatorReach(cut)).toBeNull()
  })
})
