import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import reference from '../reference/top-pair/partonic.json'
import { gaussLegendre } from '../../numerics/quadrature.ts'
import { partonicTerms } from './partonic-report.ts'
import { createTotalWeight, unitFlux, weightToPb } from './totals.ts'

const parameters = { mTop: 172.5, mW: 80.4, vev: 246.22, alphaS: 0.118 }

function flatten(term: ReturnType<typeof partonicTerms>[string]): number[] {
  const { A, Bp, Bm, C, dsig_dcos_pb } = term
  return [A, Bp.k, Bp.r, Bm.k, Bm.r, C.kk, C.rr, C.nn, C.kr, C.rk, dsig_dcos_pb]
}

describe('partonic terms', () => {
  // Twenty points of brute-force Dirac-matrix amplitudes, double precision: 1e-10 of the term, entries that cancel
  // to less than 1e-3 of A relative to that.
  it.each(reference.points)('spin density at $sqrtSHatTeV TeV, cos $cos', ({ sqrtSHatTeV, cos, terms }) => {
    const ours = partonicTerms(parameters, 1000 * sqrtSHatTeV, cos)
    expect(Object.keys(ours).sort()).toEqual(Object.keys(terms).sort())
    for (const [name, expected] of Object.entries(terms)) {
      const got = flatten(ours[name])
      expected.forEach((value, k) => {
        const scale = Math.max(Math.abs(value), 1e-3 * Math.abs(expected[0]))
        expect(Math.abs(got[k] - value) / scale, `${name} ${reference.columns[k]}`).toBeLessThan(1e-10)
      })
    }
  })

  it('agrees with the closed form of Afik and de Nova (arXiv:2003.02280) for the SM', () => {
    const [sqrtSHat, c] = [800, 0.3]
    const b2 = 1 - (4 * 172.5 ** 2) / sqrtSHat ** 2
    const S2 = 1 - c * c
    const gs4 = (4 * Math.PI * 0.118) ** 2
    const { qq_SM, gg_SM } = partonicTerms(parameters, sqrtSHat, c)
    expect(qq_SM.A).toBeCloseToRel((gs4 / 18) * (2 - b2 * S2), 1e-13)
    expect(qq_SM.C.nn).toBeCloseToRel((-gs4 / 18) * b2 * S2, 1e-13)
    const F = (gs4 * (7 + 9 * b2 * c * c)) / (192 * (1 - b2 * c * c) ** 2)
    expect(gg_SM.A).toBeCloseToRel(F * (1 + 2 * b2 * S2 - b2 * b2 * (1 + S2 * S2)), 1e-12)
    expect(gg_SM.C.rr).toBeCloseToRel(-F * (1 - b2 * (2 - b2) * (1 + S2 * S2)), 1e-12)
  })

  // ctGRe of SMEFTsim is -c_tG: what is linear in it changes sign, squares stay.
  it('has the other sign in SMEFTsim', () => {
    const [ours, theirs] = [1, -1].map((dipole) => partonicTerms(parameters, 800, 0.3, dipole))
    for (const [name, { A }] of Object.entries(ours)) {
      const odd = name.endsWith('tG_lin') || name.endsWith('8_tG')
      expect(theirs[name].A, name).toBeCloseToRel(odd ? -A : A, 1e-14)
    }
  })

  it('refuses a point below threshold with both numbers', () => {
    expect(() => partonicTerms(parameters, 300, 0)).toThrow(/345 GeV .*, got 300 GeV/)
    expect(() => partonicTerms(parameters, 1e200, 0)).toThrow(/at most 10000000 GeV, got 1e\+200/)
    expect(() => partonicTerms(parameters, 500, 1.1)).toThrow(/\[-1, 1\], got 1.1/)
  })
})

describe('partonic totals in closed form', () => {
  const total = createTotalWeight(['td8', 'tG'], parameters)

  it.each(reference.totals)('at $sqrt_s_TeV TeV', (expected) => {
    const s = (1000 * expected.sqrt_s_TeV) ** 2
    const quarks = new Float64Array(total.terms)
    const gluons = new Float64Array(total.terms)
    total.evaluate(s, unitFlux('d'), quarks)
    total.evaluate(s, unitFlux('g'), gluons)
    const pb = weightToPb(parameters.mTop, s)
    // Terms: 1, td8, tG, td8^2, td8*tG, tG^2.
    expect(quarks[0] * pb).toBeCloseToRel(expected.qq_SM, 1e-12)
    expect(quarks[1] * pb).toBeCloseToRel(expected.qq_4F_lin, 1e-12)
    expect(quarks[2] * pb).toBeCloseToRel(expected.qq_tG_lin, 1e-12)
    expect(quarks[3] * pb).toBeCloseToRel(expected.qq_4F_quad, 1e-12)
    expect(quarks[5] * pb).toBeCloseToRel(expected.qq_tG_quad, 1e-12)
    expect(gluons[0] * pb).toBeCloseToRel(expected.gg_SM, 1e-12)
    expect(gluons[2] * pb).toBeCloseToRel(expected.gg_tG_lin, 1e-12)
    expect(gluons[5] * pb).toBeCloseToRel(expected.gg_tG_quad, 1e-12)
  })

  it('equal the integral of d sigma/dcos, cross terms included', () => {
    const s = 900 ** 2
    const { nodes, weights } = gaussLegendre(40)
    let lin = 0
    let cross = 0
    let gluonQuad = 0
    for (let i = 0; i < nodes.length; i++) {
      const terms = partonicTerms(parameters, 900, nodes[i])
      lin += weights[i] * terms.qq_tG_lin.dsig_dcos_pb
      cross += weights[i] * terms.qq_td8_tG.dsig_dcos_pb
      gluonQuad += weights[i] * terms.gg_tG_quad.dsig_dcos_pb
    }
    const quarks = new Float64Array(total.terms)
    const gluons = new Float64Array(total.terms)
    total.evaluate(s, unitFlux('d'), quarks)
    total.evaluate(s, unitFlux('g'), gluons)
    const pb = weightToPb(parameters.mTop, s)
    expect(quarks[2] * pb).toBeCloseToRel(lin, 1e-12)
    expect(quarks[4] * pb).toBeCloseToRel(cross, 1e-12)
    expect(gluons[5] * pb).toBeCloseToRel(gluonQuad, 1e-10)
  })
})
