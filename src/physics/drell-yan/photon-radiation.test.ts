import { describe, expect, it } from 'vitest'
import { integrate } from '../../numerics/quadrature.ts'
import '../../testing/matchers.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { electroweak } from '../electroweak.ts'
import { amplitudeModel } from './amplitude.ts'
import { createLuminosity } from './luminosity.ts'
import { fillResponse, fluxFactor, responseCount } from './partonic.ts'
import { dilogarithm, radiatedBelow, radiatedShare, radiateInto } from './photon-radiation.ts'
import { computeTemplates } from './templates.ts'

const b = (logarithm: number) => (2 / Math.PI / 137.036) * logarithm

/** The density of B.1 without its soft part. */
function hardDensity(logarithm: number, z: number): number {
  const bracket = -4 * (1 + z) * Math.log(1 - z) - ((1 + 3 * z * z) / (1 - z)) * Math.log(z) - 5 - z
  return -(b(logarithm) / 2) * (1 + z) + (b(logarithm) ** 2 / 8) * bracket
}

it('the dilogarithm has its known values', () => {
  expect(dilogarithm(1)).toBeCloseTo(Math.PI ** 2 / 6, 14)
  expect(dilogarithm(0.5)).toBeCloseTo(Math.PI ** 2 / 12 - Math.log(2) ** 2 / 2, 14)
  expect(dilogarithm(0)).toBe(0)
  expect(dilogarithm(0.8)).toBeCloseTo(
    integrate((x) => -Math.log1p(-x) / x, 1e-15, 0.8, 60),
    12,
  )
})

describe.each([1, 5, 7, 12.5, 23])('photons with L = %s', (logarithm) => {
  const below = radiatedBelow(logarithm)

  it('take no pair away: all of them are 1 + 3 alpha / (4 pi)', () => {
    expect(below(1)).toBe(radiatedShare)
    expect(radiatedShare).toBeCloseTo(1.00174, 5)
    expect(below(1 - 1e-12)).toBeLessThan(radiatedShare)
    expect(below(0)).toBe(0)
  })

  it('have the density of the formula', () => {
    const soft = radiatedShare - integrate((u) => hardDensity(logarithm, 1 - u ** 3) * 3 * u * u, 0, 1, 80)
    for (const [low, high] of [
      [0.02, 0.1],
      [0.1, 0.5],
      [0.5, 0.9],
      [0.9, 0.99],
    ]) {
      const density = (z: number) =>
        soft * b(logarithm) * (1 - z) ** (b(logarithm) - 1) + hardDensity(logarithm, z)
      expect(below(high) - below(low)).toBeCloseToRel(integrate(density, low, high, 40), 1e-6)
    }
  })
})

it('to first order the loss is L times the splitting of a lepton', () => {
  const small = 1e-4
  const splitting = integrate((z) => (1 + z * z) / (1 - z), 0.1, 0.6, 20) / Math.PI / 137.036
  const below = radiatedBelow(small)
  // The soft part carries 1 + 3 alpha / (4 pi) in all, whatever L: that much of the splitting is of the next order.
  expect((below(0.6) - below(0.1)) / small).toBeCloseToRel(splitting, 4e-3)
})

it('without radiation a mass stays in its bin', () => {
  const out = new Float64Array(3)
  radiateInto(radiatedBelow(0), [50, 60, 70, 80], 65, out)
  expect([...out]).toEqual([0, radiatedShare, 0])
})

it.each([-1, 41, NaN])('L = %s is refused', (logarithm) => {
  expect(() => radiatedBelow(logarithm)).toThrow(/L = ln.* must lie within 0 and 40, got/)
})

describe('a radiated spectrum', () => {
  const pdf = toyPdf()
  const edges = [60, 76, 86, 91, 96, 120, 400]
  const request = {
    ...{ observables: [{ name: 'mll' as const, edges }], pdf, sqrtS: 13_000, scheme: 'MW' as const },
    ...{ muF: 'mll' as const, cuts: null, widthShift: false, scaleVariations: false },
  }
  const radiated = computeTemplates({ ...request, radiation: { logarithm: 7 } })

  it('is the convolution of the Born spectrum with the density', () => {
    const model = amplitudeModel(electroweak('MW'))
    const luminosity = createLuminosity(pdf, 13_000, null, 32)
    const response = new Float64Array(2 * responseCount)
    const pair = new Float64Array(2)
    const born = (m: number): number => {
      if (m >= 13_000) return 0
      luminosity.setMass(m, m)
      luminosity.above(0, pair)
      fillResponse(model, m * m, response)
      return fluxFactor(m * m) * (pair[0] * response[0] + pair[1] * response[responseCount])
    }
    const power = b(7)
    const soft = radiatedShare - integrate((u) => hardDensity(7, 1 - u ** 3) * 3 * u * u, 0, 1, 80)
    // v = 1 - z; points where the pole or the end of phase space want panels of their own.
    const density = (m: number): number => {
      const value = (v: number) => (1 - v) ** -0.5 * born(m / Math.sqrt(1 - v))
      const pole = 1 - (m / 91.1876) ** 2
      const cuts = [1e-6, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 0.9, 0.99, 1 - (m / 13_000) ** 2]
      for (const k of [-12, -3, -1, 0, 1, 3, 12]) cuts.push(pole + k * 0.0274 * (1 - pole))
      const panels = [0, ...cuts.filter((v) => v > 0 && v < 1).sort((p, q) => p - q)]
      let sum = 0
      for (let i = 0; i + 1 < panels.length; i++) {
        const [low, high] = [panels[i], panels[i + 1]]
        // The soft part in t = v^b, in which it is flat.
        sum += soft * integrate((t) => value(t ** (1 / power)), low ** power, high ** power, 12)
        sum += integrate((v) => hardDensity(7, 1 - v) * value(v), low, high, 12)
      }
      return sum
    }
    for (const bin of [0, 1, 3, 5]) {
      const panels = bin === 5 ? 6 : 3
      const width = (edges[bin + 1] - edges[bin]) / panels
      let content = 0
      for (let p = 0; p < panels; p++)
        content += integrate(density, edges[bin] + p * width, edges[bin] + (p + 1) * width, 8)
      expect(radiated.sm[bin]).toBeCloseToRel(content, 2e-5)
    }
  }, 60_000)

  it('moves every template by the same map', () => {
    // cll1 changes all amplitudes by one factor: so it must after radiation, too.
    const bins = edges.length - 1
    const shift = radiated.linear.slice(2 * bins, 3 * bins).map((value, i) => value / radiated.sm[i])
    for (const ratio of shift) expect(ratio).toBeCloseToRel(shift[0], 1e-12)
  })

  it('is refused for muon p_T and behind cuts, where directions matter', () => {
    const radiation = { logarithm: 7 }
    expect(() => computeTemplates({ ...request, radiation, cuts: { ptMin: 25, absEtaMax: 2.4 } })).toThrow(
      /full phase space, not for mll with p_T > 25 GeV/,
    )
    expect(() =>
      computeTemplates({ ...request, radiation, observables: [{ name: 'ptl', edges: [25, 30] }] }),
    ).toThrow(/not for ptl/)
  })
})

it('a running width lowers the peak by 34 MeV', () => {
  const model = (width: 'fixed' | 'running') => amplitudeModel(electroweak('MW'), { width })
  const response = new Float64Array(2 * responseCount)
  const peak = (width: 'fixed' | 'running'): number => {
    const of = model(width)
    let best = 0
    let at = 0
    for (let m = 91; m < 91.4; m += 0.001) {
      fillResponse(of, m * m, response)
      if (response[0] > best) [best, at] = [response[0], m]
    }
    return at
  }
  expect(peak('fixed') - peak('running')).toBeCloseTo(0.034, 2)
})
