import { describe, expect, it } from 'vitest'
import { operatorNames } from '../smeft/operators.ts'
import { coefficientsOf, yukawa } from './uv-coefficients.ts'
import { drellYanReach, irrepOf, uvDictionary, uvModel, uvModels, type UvModel } from './uv-models.ts'

const all = (model: UvModel) => {
  const { drellYan, topPair, rest } = coefficientsOf(
    model,
    Object.fromEntries(model.couplings.map(({ name }) => [name, 1])),
    1,
  )
  return { ...drellYan, ...topPair, ...rest } as Record<string, number>
}

describe('the dictionary', () => {
  it('names every term, coupling and source', () => {
    expect(new Set(uvModels.map(({ id }) => id)).size).toBe(uvModels.length)
    for (const model of uvModels) {
      const couplings = model.couplings.map(({ name }) => name)
      for (const term of model.terms) {
        const known =
          (operatorNames as readonly string[]).includes(term.to) ||
          term.to in uvDictionary.others ||
          /^(td|tu|tq|Qu|Qd|Qq1)8$/.test(term.to)
        expect(known, `${model.id} ${term.to}`).toBe(true)
        for (const name of term.couplings) expect(couplings).toContain(name)
      }
      for (const source of model.sources) expect(Object.keys(uvDictionary.sources)).toContain(source)
      for (const coupling of model.couplings) expect(coupling.default).toBeLessThanOrEqual(coupling.max)
    }
  })

  it('keeps every coefficient of the sliders within the range of a link', () => {
    for (const model of uvModels) {
      const largest = Object.fromEntries(model.couplings.map(({ name, max }) => [name, max]))
      for (const value of Object.values(coefficientsOf(model, largest, 0.5).drellYan))
        expect(Math.abs(value), model.id).toBeLessThanOrEqual(100)
    }
  })

  it('writes representations', () => {
    expect(irrepOf(uvModel('T1').fields[0])).toBe('(3, 3), Y = −1/3')
    expect(irrepOf(uvModel('Q7').fields[0])).toBe('(3, 2), Y = 7/6')
    expect(irrepOf(uvModel('Delta3').fields[0])).toBe('(1, 2), Y = −3/2')
    expect(irrepOf(uvModel('G').fields[0])).toBe('(8, 1), Y = 0')
  })

  it('tells what Drell-Yan sees', () => {
    const reach = (id: string) => drellYanReach(uvModel(id).terms.map(({ to }) => to))
    expect(reach('S')).toBe('none')
    expect(reach('Q1-Q7')).toBe('none')
    expect(reach('B-B1')).toBe('none')
    expect(reach('G')).toBe('none')
    expect(reach('S1')).toBe('fermi-constant')
    expect(reach('Xi')).toBe('couplings')
    expect(reach('T1')).toBe('couplings')
    for (const id of ['B', 'W', 'omega1', 'omega4', 'Pi1', 'Pi7', 'zeta']) expect(reach(id)).toBe('grows')
  })
})

/**
 * Z couplings of light fermions after mixing with a heavy vector-like multiplet, from group theory alone: a
 * component with the light fermion's charge mixes with s² = |λ|² v²/(2M²) x Clebsch², and the coupling moves by
 * s² (T3 of the heavy component - T3 of the light one).
 */
function mixingShift(model: UvModel, charge: number, lightT3: number): number {
  const { isospin, sixY } = model.fields[0]
  const heavyT3 = charge - sixY / 6
  if (Math.abs(heavyT3) > isospin + 1e-9) return 0
  // Triplets couple as λ/2 F̄ σᵃ φ†..σᵃ ψ: the neutral-σ component has Clebsch² 1/4, the ladder ones 2/4.
  const clebsch2 = isospin === 1 ? (Math.abs(heavyT3) < 1e-9 ? 1 / 4 : 2 / 4) : 1
  return 0.5 * clebsch2 * (heavyT3 - lightT3)
}

const light = {
  l: [
    { name: 'nu', charge: 0, t3: 0.5, shift: (c: Record<string, number>) => -(c.cHl1 - c.cHl3) / 2 },
    { name: 'e', charge: -1, t3: -0.5, shift: (c: Record<string, number>) => -(c.cHl1 + c.cHl3) / 2 },
  ],
  q: [
    { name: 'u', charge: 2 / 3, t3: 0.5, shift: (c: Record<string, number>) => -(c.cHq1 - c.cHq3) / 2 },
    { name: 'd', charge: -1 / 3, t3: -0.5, shift: (c: Record<string, number>) => -(c.cHq1 + c.cHq3) / 2 },
  ],
  e: [{ name: 'e', charge: -1, t3: 0, shift: (c: Record<string, number>) => -c.cHe / 2 }],
  u: [{ name: 'u', charge: 2 / 3, t3: 0, shift: (c: Record<string, number>) => -c.cHu / 2 }],
  d: [{ name: 'd', charge: -1 / 3, t3: 0, shift: (c: Record<string, number>) => -c.cHd / 2 }],
}

const fermions = uvModels.filter((model) => model.mixesWith)

describe('heavy fermions, against their mixing angles', () => {
  it('are the twelve single ones', () => {
    expect(fermions.map(({ id }) => id)).toHaveLength(12)
  })

  it.each(fermions.map((model) => [model.id, model] as const))('%s', (_, model) => {
    for (const { name, charge, t3, shift } of light[model.mixesWith ?? 'l'])
      expect(shift(all(model)), name).toBeCloseTo(mixingShift(model, charge, t3), 12)
  })

  it('T₁ and Σ₁: |C¹ − C³| = 2 |C¹ + C³|; T₂ and Σ: the other way round', () => {
    for (const [id, ratio] of [
      ['T1', 2],
      ['Sigma1', 2],
      ['T2', 0.5],
      ['Sigma', 0.5],
    ] as const) {
      const c = all(uvModel(id))
      const [one, three] = id.startsWith('T') ? [c.cHq1, c.cHq3] : [c.cHl1, c.cHl3]
      expect(Math.abs(one - three) / Math.abs(one + three)).toBeCloseTo(ratio, 12)
      expect(three).toBe(1 / 16)
    }
  })

  // A partner that gives u_i and q_i a mass mixing also rescales the Yukawa coupling: C_fH = y_f x the mixing that
  // feeds this fermion, in units of |λ|²: twice the sum of squared Clebsch coefficients over two.
  it('Yukawa terms follow the same mixing', () => {
    const charges = { t: 2 / 3, b: -1 / 3, tau: -1 } as const
    for (const model of fermions)
      for (const { to, factor, yukawa: fermion } of model.terms) {
        if (!fermion) continue
        const { isospin, sixY } = model.fields[0]
        const t3 = charges[fermion] - sixY / 6
        const clebsch2 = isospin === 1 ? (Math.abs(t3) < 1e-9 ? 1 / 4 : 2 / 4) : 1
        expect(factor, `${model.id} ${to}`).toBeCloseTo(0.5 * clebsch2, 12)
      }
  })
})

describe('vectors and pairs', () => {
  it('Q₁ and Q₇ cancel in C_φu, B and B₁ in C_φD', () => {
    // Q1 = (3,2)_1/6: its charge-2/3 member has T3 = +1/2, that of Q7 has -1/2.
    const q1 = { ...uvModel('Q7'), fields: [{ colour: 3 as const, isospin: 0.5, sixY: 1 }] }
    expect(mixingShift(q1, 2 / 3, 0) + mixingShift(uvModel('Q7'), 2 / 3, 0)).toBeCloseTo(0, 12)
    const b = all(uvModel('B'))
    const b1 = all(uvModel('B1'))
    const pair = all(uvModel('B-B1'))
    expect(b.cHD + 2 * b1.cHD).toBe(0)
    expect(pair.cHD).toBeUndefined()
    expect(b.cHbox + 2 * b1.cHbox).toBe(pair.cHbox)
    expect(2 * b1.ctH).toBe(pair.ctH)
  })

  it('a current squared: contact terms are minus the product of the charges', () => {
    const g = { gH: 0.5, gl: 2, ge: 3, gq: 5, gu: 7, gd: 11 }
    const { drellYan } = coefficientsOf(uvModel('B'), g, 2)
    expect(drellYan.clq1).toBeCloseTo((-2 * 5) / 4, 12)
    expect(drellYan.cqe).toBeCloseTo((-5 * 3) / 4, 12)
    expect(drellYan.ced).toBeCloseTo((-3 * 11) / 4, 12)
    expect(drellYan.cHd).toBeCloseTo((-0.5 * 11) / 4, 12)
    expect(coefficientsOf(uvModel('B'), { gH: 0 }, 2).drellYan.cHD).toBeUndefined()
  })

  // G_F = √2 g²/(8 m_W²) = 1/(√2 v²) with m_W = g v/2; a second triplet adds √2 g_l²/(8 M²): dG_F = g_l² v²/(4 M²).
  it('W′ speeds up muon decay', () => {
    const { drellYan } = coefficientsOf(uvModel('W'), { gH: 0, gl: 0.4, gq: 0 }, 1)
    const dGF = 2 * (drellYan.cHl3 ?? 0) - (drellYan.cll1 ?? 0)
    expect(dGF).toBeCloseTo(0.25 * 0.4 ** 2, 12)
    expect(Object.keys(drellYan)).toEqual(['cll1'])
  })
})

describe('scales', () => {
  it('falls as 1/M², scalars with κ as κ²/M⁴, mixing angles not at all', () => {
    const ratio = (id: string, name: string) => {
      const pick = (mass: number) => {
        const { drellYan, rest } = coefficientsOf(uvModel(id), {}, mass)
        return { ...drellYan, ...rest }[name as 'cHD'] ?? NaN
      }
      return pick(1) / pick(3)
    }
    expect(ratio('E', 'cHl1')).toBeCloseTo(9, 10)
    expect(ratio('Xi', 'cHD')).toBeCloseTo(81, 9)
    expect(ratio('T', 'cHq1_33')).toBe(1)
  })

  it('T at mixing s_L is U at |λ|² = 2 s_L² M²/v²', () => {
    const mass = 2
    const sL = 0.1
    const lambda = (Math.SQRT2 * sL * mass) / uvDictionary.vevTeV
    const u = coefficientsOf(uvModel('U'), { lambda }, mass)
    const { rest } = coefficientsOf(uvModel('T'), { sL }, mass)
    expect(rest.cHq1_33).toBeCloseTo(u.drellYan.cHq1 ?? NaN, 12)
    expect(rest.cHq3_33).toBeCloseTo(u.drellYan.cHq3 ?? NaN, 12)
    expect(rest.ctH).toBeCloseTo(u.rest.ctH, 12)
  })

  it('y_t is near one', () => {
    expect(yukawa('t')).toBeCloseTo(0.991, 3)
  })

  it('refuses what is no model, coupling or mass', () => {
    expect(() => uvModel('axion')).toThrow(/no UV model "axion"; known: S, S1/)
    expect(() => coefficientsOf(uvModel('E'), { g: 1 }, 1)).toThrow(/no coupling "g"; it has lambda/)
    expect(() => coefficientsOf(uvModel('E'), { lambda: NaN }, 1)).toThrow(/must be finite/)
    expect(() => coefficientsOf(uvModel('E'), {}, 0)).toThrow(/0 TeV/)
  })
})
