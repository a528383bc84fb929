import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import lesHouches from '../reference/pdf-les-houches-lo.json'
import { createRunningCoupling } from './alpha-s.ts'
import type { StartDistributions } from './evolution-basis.ts'
import { createEvolvedPdf } from './evolved-pdf.ts'
import { lesHouchesToyCoupling, lesHouchesToyStart } from './les-houches-toy.ts'
import { evolveLo } from './lo-evolution.ts'
import type { PartonId } from './pdf-set.ts'
import { sumRules } from './sum-rules.ts'
import { xGrid } from './x-grid.ts'

const coupling = createRunningCoupling(lesHouchesToyCoupling)
const label = { id: 'toy', description: 'Les Houches toy input' }
const fine = createEvolvedPdf(
  evolveLo(lesHouchesToyStart, {
    grid: xGrid({ xMin: 1e-8, spacing: 0.2, stretch: 25 }),
    coupling,
    qMax: 110,
    maxStep: 0.008,
  }),
  label,
)
const asDefault = createEvolvedPdf(
  evolveLo(lesHouchesToyStart, { grid: xGrid(), coupling, qMax: 110, maxStep: 0.015 }),
  label,
)

const combinations: Record<string, (f: (id: PartonId) => number) => number> = {
  uv: (f) => f(2) - f(-2),
  dv: (f) => f(1) - f(-1),
  'L-': (f) => f(-1) - f(-2),
  'L+': (f) => 2 * (f(-1) + f(-2)),
  's+': (f) => f(3) + f(-3),
  'c+': (f) => f(4) + f(-4),
  'b+': (f) => f(5) + f(-5),
  g: (f) => f(21),
}

describe('Les Houches benchmark, leading order, variable flavour number, mu^2 = 1e4 GeV^2', () => {
  // hep-ph/0204316: five digits printed, so a correct value is within 5e-5; 2e-6 are left for our own grid.
  it.each(Object.entries(lesHouches.table))('%s to all printed digits, 1e-7 <= x <= 0.9', (column, row) => {
    lesHouches.x.forEach((x, i) => {
      const value = combinations[column]((id) => fine.xfxQ2(id, x, lesHouches.q2))
      expect(value).toBeCloseToRel(row[i], 5.2e-5)
    })
  })

  it('to all printed digits up to x = 0.7 on the default grid', () => {
    for (const [column, row] of Object.entries(lesHouches.table))
      lesHouches.x.forEach((x, i) => {
        if (x > 0.7) return
        const value = combinations[column]((id) => asDefault.xfxQ2(id, x, lesHouches.q2))
        expect(value).toBeCloseToRel(row[i], 5.5e-5)
      })
  })
})

describe('evolution', () => {
  it.each([2, 4.5, 30, 110])('keeps number and momentum sums at Q = %d GeV', (q) => {
    const sums = sumRules(fine, q)
    expect(sums.momentum).toBeCloseToRel(1, 2e-5)
    expect(sums.uValence).toBeCloseToRel(2, 2e-5)
    expect(sums.dValence).toBeCloseToRel(1, 2e-5)
  })

  it('begins bottom at its mass from zero', () => {
    expect(fine.xfxQ2(5, 0.01, 4.5 ** 2)).toBe(0)
    expect(fine.xfxQ2(5, 0.01, 4.4 ** 2)).toBe(0)
    expect(fine.xfxQ2(5, 0.01, 4.6 ** 2)).toBeGreaterThan(0)
  })

  it('is linear in the start functions', () => {
    const options = { grid: xGrid({ xMin: 1e-4, spacing: 0.5 }), coupling, qMax: 50, maxStep: 0.03 }
    const twice: StartDistributions = {
      q0: lesHouchesToyStart.q0,
      fill(x, out) {
        lesHouchesToyStart.fill(x, out)
        for (let p = 0; p < 8; p++) out[p] *= 2
      },
    }
    const one = evolveLo(lesHouchesToyStart, options).segments.at(-1)!.states.at(-1)!
    const two = evolveLo(twice, options).segments.at(-1)!.states.at(-1)!
    one.forEach((value, k) => expect(two[k]).toBeCloseToRel(2 * value, 1e-12))
  })

  it('refuses to run nowhere and start functions that are not finite', () => {
    const options = { grid: xGrid({ xMin: 1e-3, spacing: 0.5 }), coupling, qMax: 1, maxStep: 0.03 }
    expect(() => evolveLo(lesHouchesToyStart, options)).toThrow(/Q0 = 1\.414.*qMax above it.*got 1 GeV/)
    const broken: StartDistributions = { q0: 1.5, fill: (_, out) => void out.fill(NaN) }
    expect(() => evolveLo(broken, { ...options, qMax: 10 })).toThrow(/NaN at x = 0\.9/)
  })
})
