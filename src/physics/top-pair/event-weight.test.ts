import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { createRng, type Rng } from '../../numerics/rng.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { createTablePdf } from '../pdf/table-pdf.ts'
import reference from '../reference/top-pair/event-weights.json'
import table from '../reference/top-pair/toy-pdf-table.json'
import { decayMatrix } from './decay-matrix.ts'
import { createEventWeight, createPointWeights, isotropicDecay } from './event-weight.ts'
import { createFluxes, fluxCount } from './fluxes.ts'
import { topPairOperatorNames, type TopPairOperatorName } from './operators.ts'
import { partonicTerms } from './partonic-report.ts'
import { coefficientMonomials, evaluatePolynomial, pairTerm, termCount, termNames } from './polynomial.ts'
import { contractSpinDensity } from './spin-density.ts'
import { unitFlux } from './totals.ts'

const parameters = { mTop: 172.5, mW: 80.4, vev: 246.22, alphaS: 0.118 }

function direction(rng: Rng): [number, number, number] {
  const k = 2 * rng.uniform() - 1
  const phi = 2 * Math.PI * rng.uniform()
  const s = Math.sqrt(1 - k * k)
  return [s * Math.cos(phi), s * Math.sin(phi), k]
}

function randomFlux(rng: Rng): Float64Array {
  return Float64Array.from({ length: fluxCount }, () => rng.uniform())
}

function weightsAt(
  operators: readonly TopPairOperatorName[],
  s: number,
  c: number,
  plus: readonly number[],
  minus: readonly number[],
  flux: Float64Array,
): Float64Array {
  const d = new Float64Array(16)
  decayMatrix(plus[0], plus[1], plus[2], minus[0], minus[1], minus[2], d)
  const out = new Float64Array(termCount(operators.length))
  createEventWeight(operators, parameters).evaluate(s, c, d, flux, out)
  return out
}

describe('event weights', () => {
  // numpy with the same table; its x f carry 7 digits, cancelling terms are compared with the SM's scale.
  it('equal the published polynomials of twelve events', () => {
    const pdf = createTablePdf(table, 'toy-pdf-table.json')
    const weight = createEventWeight(['td8', 'tq8', 'tG'], { ...parameters, alphaS: pdf.alphaS!(172.5) })
    const weightsOf = createPointWeights(weight, createFluxes(pdf, 172.5), 13_000)
    expect(termNames(weight.operators).join()).toBe('1,td8,tq8,tG,td8^2,td8*tq8,td8*tG,tq8^2,tq8*tG,tG^2')
    for (const { M, y, cos, np, nm, W } of reference.events) {
      const got = weightsOf({
        mttGeV: 1000 * M,
        ytt: y,
        cosTheta: cos,
        plus: np as [number, number, number],
        minus: nm as [number, number, number],
      })
      W.forEach((expected, t) => expect(got[t]).toBeCloseToRel(expected, 1e-5))
    }
  })

  it('agree with the contraction of the spin density', () => {
    const rng = createRng(1)
    for (let i = 0; i < 20; i++) {
      const [m, c] = [400 + 2000 * rng.uniform(), 2 * rng.uniform() - 1]
      const [plus, minus] = [direction(rng), direction(rng)]
      const terms = partonicTerms(parameters, m, c)
      const quark = weightsAt(['td8', 'tG'], m * m, c, plus, minus, unitFlux('d'))
      const gluon = weightsAt(['td8', 'tG'], m * m, c, plus, minus, unitFlux('g'))
      const scale = terms.qq_SM.A
      const near = (got: number, name: string, tolerance: number) =>
        expect(Math.abs(got - contractSpinDensity(terms[name], plus, minus)) / scale, name).toBeLessThan(
          tolerance,
        )
      near(quark[0], 'qq_SM', 1e-13)
      near(quark[1], 'qq_td8_lin', 1e-12)
      near(quark[4], 'qq_td8_tG', 1e-12)
      near(gluon[2], 'gg_tG_lin', 1e-12)
      near(gluon[5], 'gg_tG_quad', 1e-12)
    }
  })

  it('average over both lepton directions to |M|^2 / 4', () => {
    const flux = randomFlux(createRng(2))
    const operators: TopPairOperatorName[] = ['tG', 'td8', 'tq8']
    const mean = new Float64Array(termCount(3))
    // Six directions along the axes are exact for a function linear in each direction.
    const axes = [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 1],
      [0, 0, -1],
    ]
    for (const plus of axes)
      for (const minus of axes)
        weightsAt(operators, 700 ** 2, 0.4, plus, minus, flux).forEach((w, t) => (mean[t] += w / 36))
    const flat = new Float64Array(termCount(3))
    createEventWeight(operators, parameters).evaluate(700 ** 2, 0.4, isotropicDecay, flux, flat)
    mean.forEach((w, t) => expect(w).toBeCloseToRel(flat[t], 1e-13))
  })

  it('have no interference of td8 with tq8, nor of singlets with the SM or octets', () => {
    const flux = randomFlux(createRng(3))
    const operators: TopPairOperatorName[] = ['td8', 'tq8', 'td1']
    const w = weightsAt(operators, 1e6, 0.2, [0, 0.6, 0.8], [1, 0, 0], flux)
    expect(w[pairTerm(0, 1, 3)]).toBe(0)
    expect(w[3]).toBe(0)
    expect(w[pairTerm(0, 2, 3)]).toBe(0)
    expect(w[pairTerm(2, 2, 3)]).toBeCloseToRel(4.5 * w[pairTerm(0, 0, 3)], 1e-14)
  })

  it('give a positive rate for random coefficients of all operators', () => {
    const rng = createRng(4)
    const n = topPairOperatorNames.length
    for (let i = 0; i < 300; i++) {
      const m = 345.1 + 4000 * rng.uniform() ** 2
      const c = 2 * rng.uniform() - 1
      const w = weightsAt(topPairOperatorNames, m * m, c, direction(rng), direction(rng), randomFlux(rng))
      const coefficients = Float64Array.from({ length: n }, () => 3 * rng.normal())
      // The smallest rates are sums of squares that cancel: allow rounding of the largest term.
      const rounding = 1e-12 * w.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
      expect(evaluatePolynomial(w, coefficientMonomials(coefficients))).toBeGreaterThan(-rounding)
    }
  })

  it('do not change when the beams are exchanged and the axes follow', () => {
    const rng = createRng(5)
    for (let i = 0; i < 20; i++) {
      const [m, c] = [400 + 2000 * rng.uniform(), 2 * rng.uniform() - 1]
      const [p, q, flux] = [direction(rng), direction(rng), randomFlux(rng)]
      const swapped = Float64Array.of(flux[1], flux[0], flux[3], flux[2], flux[5], flux[4], flux[6])
      const a = weightsAt(['tG', 'tu8', 'Qq38'], m * m, c, p, q, flux)
      const turn = ([r, n, k]: number[]) => [-r, -n, k]
      const b = weightsAt(['tG', 'tu8', 'Qq38'], m * m, -c, turn(p), turn(q), swapped)
      const scale = a[0]
      a.forEach((w, t) => expect(Math.abs(b[t] - w) / Math.max(scale, Math.abs(w))).toBeLessThan(1e-13))
    }
  })

  it('know that Qq18 and Qq38 act with equal sign on up and with opposite sign on down quarks', () => {
    const operators: TopPairOperatorName[] = ['Qq18', 'Qq38']
    const up = weightsAt(operators, 1e6, 0.1, [0, 0, 1], [0, 1, 0], unitFlux('u'))
    const down = weightsAt(operators, 1e6, 0.1, [0, 0, 1], [0, 1, 0], unitFlux('d'))
    expect(up[2]).toBe(up[1])
    expect(down[2]).toBe(-down[1])
    expect(up[1]).toBe(down[1])
    expect(up[1]).toBeGreaterThan(0)
  })

  it('depend on the sum of the fluxes of the quarks that an operator couples to', () => {
    const fluxes = createFluxes(toyPdf(), 172.5)
    const flux = new Float64Array(fluxCount)
    fluxes(0.1, 0.03, flux)
    const w = weightsAt(['td8', 'tu8'], 1e6, 0, [0, 0, 1], [0, 0, 1], flux)
    // At cos = 0 both orientations weigh the same, so the ratio is that of down to up fluxes.
    expect(w[1] / w[2]).toBeCloseToRel((flux[2] + flux[3]) / (flux[0] + flux[1]), 1e-12)
  })
})
