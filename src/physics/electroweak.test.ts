import { describe, expect, it } from 'vitest'
import '../testing/matchers.ts'
import {
  electricCharge,
  electroweak,
  fermionNames,
  inputSchemes,
  weakIsospin,
  zPartialWidth,
} from './electroweak.ts'
import { pdg2024Inputs, smeftsimInputs } from './electroweak.ts'

describe('derived couplings', () => {
  // SMEFTsim 3 defaults evaluated by hand from the definitions; digits as printed in docs/physics.md.
  it('MW scheme', () => {
    const ew = electroweak('MW')
    expect(ew.s2).toBeCloseToRel(0.222858553, 2e-9)
    expect(ew.gZ).toBeCloseToRel(0.7407012373, 1e-10)
    expect(ew.e).toBeCloseToRel(0.3082533174, 1e-9)
    expect((4 * Math.PI) / ew.e ** 2).toBeCloseToRel(132.24959, 5e-8)
    expect(ew.eps).toBeCloseToRel(0.0606241164, 1e-9)
    expect([ew.gL.e, ew.gR.e, ew.gL.u, ew.gR.u, ew.gL.d, ew.gR.d].map((g) => Number(g.toFixed(10)))).toEqual([
      -0.277141447, 0.222858553, 0.3514276313, -0.1485723687, -0.4257138157, 0.0742861843,
    ])
  })

  it('alpha scheme', () => {
    const ew = electroweak('alpha')
    expect(ew.s2).toBeCloseToRel(0.2335652636, 2e-10)
    expect(ew.e).toBeCloseToRel(0.3133897492, 2e-10)
    expect((4 * Math.PI) / ew.e ** 2).toBeCloseToRel(127.95, 1e-12)
  })

  it.each(inputSchemes)('unbroken limit of %s: photon + Z charges equal g2^2 T3 T3 + g1^2 Y Y', (scheme) => {
    const ew = electroweak(scheme, pdg2024Inputs)
    const g2 = ew.e / ew.s
    const g1 = ew.e / ew.c
    for (const a of fermionNames)
      for (const b of fermionNames)
        for (const [ta, ga] of [
          [weakIsospin[a], ew.gL[a]],
          [0, ew.gR[a]],
        ])
          for (const [tb, gb] of [
            [weakIsospin[b], ew.gL[b]],
            [0, ew.gR[b]],
          ]) {
            const [qa, qb] = [electricCharge[a], electricCharge[b]]
            const broken = ew.e ** 2 * qa * qb + ew.gZ ** 2 * ga * gb
            expect(broken).toBeCloseTo(g2 ** 2 * ta * tb + g1 ** 2 * (qa - ta) * (qb - tb), 13)
          }
  })
})

// Leading-order widths in MeV summed over flavours and colours; the full SM total is 2494.2 (arXiv:1401.2447).
it.each([
  ['MW', [165.883, 83.919, 289.781, 371.744], 2444.2],
  ['alpha', [165.883, 83.3, 284.219, 366.802], 2416.39],
] as const)('partial widths of the Z, %s', (scheme, perFlavour, total) => {
  const ew = electroweak(scheme)
  const flavours = { nu: 3, e: 3, u: 2, d: 3 }
  const widths = fermionNames.map((f) => (1000 * zPartialWidth(ew, f)) / flavours[f])
  widths.forEach((width, i) => expect(width).toBeCloseToRel(perFlavour[i], 4e-6))
  expect(fermionNames.reduce((sum, f) => sum + 1000 * zPartialWidth(ew, f), 0)).toBeCloseToRel(total, 3e-6)
})

it('refuses inputs without a mixing angle and says which', () => {
  expect(() => electroweak('MW', { ...smeftsimInputs, mW: 95 })).toThrow(/m_W = 95, m_Z = 91.1876/)
  expect(() => electroweak('alpha', { ...smeftsimInputs, inverseAlpha: 50 })).toThrow(/1\/alpha = 50/)
})
