import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { createDecayAngles, drawDecay, momentumCount, placeMomenta } from '../../generator/decay.ts'
import { dileptonSelection } from '../../generator/detector.ts'
import { createRng } from '../../numerics/rng.ts'
import { importLhe, type LheRequest } from './import-lhe.ts'

const ids = [-11, 12, 5, 13, -14, -5]

/** A file of events whose weight is 2 (1 + 0.5 c + 0.25 c^2). */
function file(count: number): string {
  const rng = createRng(3)
  const angles = createDecayAngles()
  const p = new Float64Array(momentumCount)
  const events = Array.from({ length: count }, () => {
    drawDecay(rng, 172.5, 80.4, angles)
    placeMomenta({ mTop: 172.5, mW: 80.4, mtt: 600, y: 0, c: 0.1 }, angles, p)
    const lines = ids.map(
      (id, k) => `${id} 1 1 2 0 0 ${p.slice(4 * k + 1, 4 * k + 4).join(' ')} ${p[4 * k]} 0 0 1`,
    )
    const weights = [0, 2, -2].map((c) => `<wgt id="c=${c}">${2 * (1 + 0.5 * c + 0.25 * c * c)}</wgt>`)
    return `<event>\n6 0 2 91 0.0078 0.118\n${lines.join('\n')}\n<rwgt>${weights.join('\n')}</rwgt>\n</event>\n`
  })
  return `<LesHouchesEvents version="3.0">\n${events.join('')}</LesHouchesEvents>`
}

const request: LheRequest = {
  name: 'x.lhe',
  observables: ['m_tt', 'm_ll'],
  rng: createRng(1),
  benchmarks: { operators: ['td8'], points: { 'c=0': [0], 'c=2': [2], 'c=-2': [-2] } },
}

function run(text: string, changes: Partial<LheRequest> = {}) {
  const pieces = text.match(/[\s\S]{1,5000}/g)!
  const steps = importLhe(pieces, { ...request, ...changes })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

describe('import of Les Houches events', () => {
  it('turns benchmark weights into polynomials whose sum is the cross-section', () => {
    const { table } = run(file(40))
    expect(table).toMatchObject({ operators: ['td8'], terms: 3, rows: 40, points: 40 })
    const sum = (t: number) => table.weights.reduce((s, w, k) => (k % 3 === t ? s + w : s), 0)
    expect(sum(0)).toBeCloseToRel(2, 1e-12)
    expect(sum(1)).toBeCloseToRel(1, 1e-12)
    expect(sum(2)).toBeCloseToRel(0.5, 1e-12)
    expect(table.columns.m_tt![7]).toBeCloseTo(600, 2)
  })

  it('keeps the normalisation under cuts', () => {
    const { table } = run(file(60), { benchmarks: null, selection: dileptonSelection })
    expect(table.operators).toEqual([])
    expect(table.rows).toBeLessThan(60)
    for (const w of table.weights) expect(w).toBeCloseToRel(2 / 60, 1e-12)
  })

  it('reads the coefficients off the names of the weights where they tell them', () => {
    const named = file(20).replaceAll('id="c=', 'id="td8=')
    const { table, nominalPb } = run(named, { benchmarks: 'by-name' })
    expect(table.operators).toEqual(['td8'])
    expect(table.weights[1] / table.weights[0]).toBeCloseToRel(0.5, 1e-12)
    expect(nominalPb.reduce((sum, w) => sum + w, 0)).toBeCloseToRel(2, 1e-12)
    expect(run(file(20), { benchmarks: 'by-name' }).table.operators).toEqual([])
  })

  it('takes the cross-section from <init> where the weights are unit weights', () => {
    const init = '<init>\n2212 2212 6500 6500 0 0 1 1 -3 1\n7.5 0.1 1 1\n</init>\n'
    const whole = file(30).replace('<event>', `${init}<event>`)
    const { table, nominalPb } = run(whole)
    expect(nominalPb.reduce((sum, w) => sum + w, 0)).toBeCloseToRel(7.5, 1e-12)
    expect(table.weights[0]).toBeCloseToRel(7.5 / 30, 1e-12)
    expect(() => run(whole.replace('\n7.5 ', '\n0 '))).toThrow(/IDWTUP = -3, a cross-section of 0 pb/)
  })

  it('names a weight that the file does not have and a selection that leaves nothing', () => {
    const points = { 'c=0': [0], 'c=2': [2], 'c=9': [9] }
    expect(() => run(file(2), { benchmarks: { operators: ['td8'], points } })).toThrow(
      /no weight c=9; it has c=0, c=2, c=-2/,
    )
    const impossible = { ...dileptonSelection, ptLeading: 1e6 }
    expect(() => run(file(3), { selection: impossible })).toThrow(/none of its 3 events/)
    expect(() => run(file(0))).toThrow(/holds no events/)
    expect(() => run(file(2).replace('6 0 2 91', '6 0 -2 91'), { benchmarks: null })).toThrow(
      /event 1 of the 2 after cuts has the weight -1 pb/,
    )
  })
})
