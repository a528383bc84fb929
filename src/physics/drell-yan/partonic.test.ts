import { describe, expect, it } from 'vitest'
import { integrate } from '../../numerics/quadrature.ts'
import { createRng } from '../../numerics/rng.ts'
import '../../testing/matchers.ts'
import { electroweak, inputSchemes, smeftsimInputs } from '../electroweak.ts'
import { operatorIndex, operatorNames, pairIndex } from '../smeft/operators.ts'
import { gevMinus2ToPb } from '../units.ts'
import { amplitudeModel } from './amplitude.ts'
import { angularShare } from './luminosity.ts'
import { fillResponse, fluxFactor, partonicAngular, partonicCrossSection, responseCount } from './partonic.ts'

const response = new Float64Array(2 * responseCount)

it('photon alone gives 4 pi alpha^2 Q^2 / (9 s)', () => {
  const ew = electroweak('alpha')
  for (const f of ['u', 'd', 'e'] as const) ew.gL[f] = ew.gR[f] = 0
  const s = 10 ** 2
  const alpha = ew.e ** 2 / (4 * Math.PI)
  const expected = (q: number) => ((4 * Math.PI * alpha ** 2 * q ** 2) / (9 * s)) * gevMinus2ToPb
  expect(partonicCrossSection(amplitudeModel(ew), 'u', s)).toBeCloseToRel(expected(2 / 3), 1e-12)
  expect(partonicCrossSection(amplitudeModel(ew), 'd', s)).toBeCloseToRel(expected(1 / 3), 1e-12)
})

// sigma-hat [pb] for q qbar -> l+ l-; reference calculation of the notes.
it.each([
  ['MW', 91.1876, 767.801639, 983.256348, 1e-9],
  ['MW', 300, 0.225911, 0.1279, 3e-6],
  ['MW', 1000, 0.01933, 0.010252, 5e-5],
  ['alpha', 91.1876, 747.66678, 963.062395, 1e-9],
  ['alpha', 300, 0.231328, 0.126122, 3e-6],
  ['alpha', 1000, 0.019868, 0.010137, 5e-5],
] as const)('SM cross-section, %s scheme, %s GeV', (scheme, m, u, d, tolerance) => {
  const model = amplitudeModel(electroweak(scheme))
  expect(partonicCrossSection(model, 'u', m * m)).toBeCloseToRel(u, tolerance)
  expect(partonicCrossSection(model, 'd', m * m)).toBeCloseToRel(d, tolerance)
})

// Whizard's own test of u ubar -> mu+ mu- at 1 TeV with p_T > 100 GeV: 18.715 +- 0.091 fb.
it('agrees with Whizard at fixed energy with a p_T cut', () => {
  const inputs = { ...smeftsimInputs, mZ: 91.1882, mW: 80.419, gF: 1.16639e-5 }
  const model = amplitudeModel(electroweak('MW', inputs))
  const a = Math.sqrt(1 - (200 / 1000) ** 2)
  const sigmaFb = 1000 * integrate((c) => partonicAngular(model, 'u', 1e6, c), -a, a)
  expect(Math.abs(sigmaFb - 18.715)).toBeLessThan(2 * 0.091)
  expect(sigmaFb).toBeCloseToRel(18.7225, 1e-5) // the notes' own value
  expect(sigmaFb).toBeCloseToRel(1000 * partonicCrossSection(model, 'u', 1e6) * angularShare(a), 1e-13)
})

describe.each(inputSchemes)('%s scheme', (scheme) => {
  const ew = electroweak(scheme)

  it.each([false, true])('the expansion is the square of the amplitude, width shift %s', (widthShift) => {
    const model = amplitudeModel(ew, { widthShift })
    const rng = createRng(11)
    for (const m of [40, 91, 400, 2500]) {
      const c = Array.from(operatorNames, () => rng.normal())
      fillResponse(model, m * m, response)
      for (const [index, quark] of (['u', 'd'] as const).entries()) {
        const part = response.subarray(index * responseCount, (index + 1) * responseCount)
        let linear = part[0]
        let quadratic = 0
        for (let i = 0; i < c.length; i++) {
          linear += c[i] * part[1 + i]
          for (let j = i; j < c.length; j++) quadratic += c[i] * c[j] * part[1 + c.length + pairIndex(i, j)]
        }
        const scale = fluxFactor(m * m)
        const direct = partonicCrossSection(model, quark, m * m, c, 'quadratic')
        expect(scale * (linear + quadratic)).toBeCloseToRel(direct, 1e-12)
        const size = Math.max(1, Math.abs(direct / (scale * linear)))
        expect(scale * linear).toBeCloseToRel(partonicCrossSection(model, quark, m * m, c), 1e-11 * size)
      }
    }
  })

  it('d sigma / d cos(theta) integrates to the total, and its odd part is the asymmetry', () => {
    const model = amplitudeModel(ew)
    const c = Array.from(operatorNames, (_, i) => 0.1 * (i - 8))
    for (const order of ['linear', 'quadratic'] as const) {
      const total = integrate((x) => partonicAngular(model, 'd', 120 ** 2, x, c, order), -1, 1, 4)
      expect(total).toBeCloseToRel(partonicCrossSection(model, 'd', 120 ** 2, c, order), 1e-12)
    }
    const forward = partonicAngular(model, 'u', 300 ** 2, 1)
    expect(forward).toBeGreaterThan(5 * partonicAngular(model, 'u', 300 ** 2, -1)) // LL and RR dominate above m_Z
  })

  it('exact relations between operators hold at every mass', () => {
    const model = amplitudeModel(ew)
    const at = (name: string) => 1 + operatorIndex(name)
    for (const m of [20, 60, 91.1876, 130, 700, 4000]) {
      fillResponse(model, m * m, response)
      for (const base of [0, responseCount]) {
        const relative = (name: string) => response[base + at(name)] / response[base]
        // cHl3 = its vertex part, the same as cHl1 for charged leptons, and twice -cll1 through G_F
        expect(relative('cHl3')).toBeCloseTo(relative('cHl1') - 2 * relative('cll1'), 13)
        if (scheme === 'MW') expect(relative('cll1')).toBeCloseToRel(2 * ew.eps, 1e-12)
        else expect(relative('cHD')).toBeCloseTo(-relative('cll1') / 2, 13)
      }
    }
  })
})
