import { describe, expect, it } from 'vitest'
import { integrate } from '../../numerics/quadrature.ts'
import '../../testing/matchers.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { angularShare, cosAtPt, createLuminosity, luminosityDensity } from './luminosity.ts'

const pdf = toyPdf()
const sqrtS = 13_000

/** Accepted luminosity by brute force: y panels that end on the kink, the angular integral done numerically. */
function bruteForce(m: number, pT: number, etaMax: number): [number, number] {
  const a = cosAtPt(m, pT)
  const yMax = Math.min(etaMax, Math.log(sqrtS / m))
  const crossing = Math.min(yMax, Math.max(0, etaMax - Math.atanh(a)))
  const density = new Float64Array(2)
  const inPanel = (low: number, high: number, q: number) =>
    integrate(
      (y) => {
        const limit = Math.min(a, Math.tanh(etaMax - y))
        luminosityDensity(pdf, sqrtS, m, y, m * m, density)
        return density[q] * integrate((c) => (1 + c * c) * (3 / 8), -limit, limit, 4)
      },
      low,
      high,
      40,
    )
  return [0, 1].map((q) => 2 * (inPanel(0, crossing, q) + inPanel(crossing, yMax, q))) as [number, number]
}

describe('accepted luminosity', () => {
  const out = new Float64Array(2)

  it.each([
    [55, 25],
    [91.1876, 25],
    [91.1876, 45],
    [200, 25],
    [300, 25],
    [300, 120],
    [1500, 60],
    [4000, 400],
    [9000, 1000],
  ])('m = %s GeV, p_T > %s GeV equals brute force', (m, pT) => {
    const luminosity = createLuminosity(pdf, sqrtS, { ptMin: 25, absEtaMax: 2.4 }, 24)
    luminosity.setMass(m, m)
    luminosity.above(pT, out)
    const expected = bruteForce(m, pT, 2.4)
    expect(out[0]).toBeCloseToRel(expected[0], 1e-7)
    expect(out[1]).toBeCloseToRel(expected[1], 1e-7)
  })

  it('full phase space is the limit of wide cuts', () => {
    const full = createLuminosity(pdf, sqrtS, null, 32)
    const wide = createLuminosity(pdf, sqrtS, { ptMin: 0, absEtaMax: 30 }, 32)
    full.setMass(91, 91)
    wide.setMass(91, 91)
    full.above(0, out)
    const expected = [...out]
    wide.above(0, out)
    expect(out[0]).toBeCloseToRel(expected[0], 1e-12)
    full.above(20, out)
    expect(out[1]).toBeCloseToRel(expected[1] * angularShare(cosAtPt(91, 20)), 1e-14)
  })

  it('is zero below threshold and refuses m beyond sqrt(s)', () => {
    const luminosity = createLuminosity(pdf, sqrtS, { ptMin: 25, absEtaMax: 2.4 }, 24)
    luminosity.setMass(49.9, 50)
    luminosity.above(0, out)
    expect([...out]).toEqual([0, 0])
    expect(() => luminosity.setMass(14_000, 100)).toThrow(
      /14000 GeV must lie between 0 and sqrt\(s\) = 13000/,
    )
  })
})

it('angular share runs from 0 to 1', () => {
  expect([0, 1].map(angularShare)).toEqual([0, 1])
})
