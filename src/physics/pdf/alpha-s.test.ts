import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { integrate } from '../../numerics/quadrature.ts'
import reference from '../reference/pdf-ct14lo-start.json'
import lesHouches from '../reference/pdf-les-houches-lo.json'
import { createRunningCoupling, ct14loCoupling } from './alpha-s.ts'
import { lesHouchesToyCoupling } from './les-houches-toy.ts'

const coupling = createRunningCoupling()

describe('running coupling', () => {
  // Reference: an independent root finder for the same two-loop equation, 16 digits.
  it.each(reference.alphaS)('two loops at Q = %d GeV', (q, value) => {
    expect(coupling.alphaS(q)).toBeCloseToRel(value, 1e-12)
  })

  it.each(reference.tau)('evolution time from %d to %d GeV', (from, to, value) => {
    expect(coupling.evolutionTime(from, to)).toBeCloseToRel(value, 1e-12)
  })

  it('evolution time is the integral of alpha_s/(2 pi) over ln Q^2, also across thresholds and backwards', () => {
    const density = (logQ2: number) => coupling.alphaS(Math.exp(logQ2 / 2)) / (2 * Math.PI)
    const pieces = [1.295, 1.3, 4.75, 300].map((q) => 2 * Math.log(q))
    let sum = 0
    for (let k = 0; k < 3; k++) sum += integrate(density, pieces[k], pieces[k + 1], 40)
    expect(coupling.evolutionTime(1.295, 300)).toBeCloseToRel(sum, 1e-12)
    expect(coupling.evolutionTime(300, 1.295)).toBeCloseToRel(-sum, 1e-12)
  })

  it('obeys its differential equation at two loops for five flavours', () => {
    const q = 40
    const h = 1e-4
    const slope = (coupling.alphaS(q * Math.exp(h / 2)) - coupling.alphaS(q * Math.exp(-h / 2))) / (2 * h)
    const a = coupling.alphaS(q)
    const b0 = 23 / (12 * Math.PI)
    const b1 = 58 / (24 * Math.PI ** 2)
    expect(slope).toBeCloseToRel(-b0 * a * a - b1 * a ** 3, 1e-7)
  })

  it('is continuous at the thresholds and counts flavours from the threshold up', () => {
    for (const mass of [1.3, 4.75])
      expect(coupling.alphaS(mass * (1 - 1e-12))).toBeCloseToRel(coupling.alphaS(mass), 1e-10)
    expect([1.29, 1.3, 4.74, 4.75].map((q) => coupling.activeFlavours(q))).toEqual([3, 4, 4, 5])
  })

  it('one loop equals the closed form and the Les Houches value', () => {
    const toy = createRunningCoupling(lesHouchesToyCoupling)
    const b0 = (nf: number) => (33 - 2 * nf) / (12 * Math.PI)
    const atBottom = 0.35 / (1 + b0(4) * 0.35 * Math.log(4.5 ** 2 / 2))
    const at100 = atBottom / (1 + b0(5) * atBottom * Math.log(1e4 / 4.5 ** 2))
    expect(toy.alphaS(100)).toBeCloseToRel(at100, 1e-13)
    expect(toy.alphaS(100)).toBeCloseToRel(lesHouches.alphaS, 5e-6)
  })

  it('names the Landau pole and bad scales', () => {
    expect(() => coupling.alphaS(0.2)).toThrow(/0\.2 GeV, below its Landau pole.*higher scale/)
    expect(() => createRunningCoupling(lesHouchesToyCoupling).alphaS(0.1)).toThrow(/Landau pole/)
    expect(() => coupling.alphaS(-1)).toThrow(/got Q = -1 GeV/)
    expect(() => createRunningCoupling({ ...ct14loCoupling, bottomMass: 1 })).toThrow(/m_c < m_b/)
  })
})
