import { describe, expect, it } from 'vitest'
import { mediatorWidth, pairWidth } from '../../physics/amplitudes/closed-forms/mediator.ts'
import { amplitudeParameters, electroweakCouplings } from '../../physics/amplitudes/parameters.ts'
import { hardProcess, integrated, pull } from '../../testing/hard-processes.ts'

describe('a mediator that decays to dark matter', () => {
  const darkMatter = { kind: 'vector' as const, mChi: 100, gChi: 0.05 }
  const narrow = amplitudeParameters({}, { mMediator: 600, mPhi: 600, gQuark: 0.02 })
  const over = { windows: [{ min: 100, max: Infinity }] }

  it.each([
    ['Zp', 'vector'],
    ['Zp', 'axial'],
    ['phi', 'scalar'],
  ] as const)(
    '%s, %s: where it is narrow, the rate is that on its shell times its branching',
    (name, kind) => {
      const how = { parameters: narrow, darkMatter: { ...darkMatter, kind } }
      const decayed = integrated(hardProcess(`p p > ${name} j, ${name} > chi chi~`, over, how), 0.01)[0]
      const onShell = integrated(hardProcess(`p p > ${name} j`, over, how), 0.01)[0]
      const { vev } = electroweakCouplings(narrow)
      const mediator = { kind, mass: 600, mChi: 100, gQuark: 0.02, gChi: 0.05 }
      const share = pairWidth(kind, 0.05, 600, 100) / mediatorWidth(mediator, 600, narrow.mTop, vev)
      const error = Math.hypot(decayed.error, share * onShell.error)
      expect(pull({ ...decayed, error }, share * onShell.value)).toBeLessThan(4)
    },
  )

  it('far from narrow the line shape counts: masses near threshold differ between vector and axial', () => {
    const parameters = amplitudeParameters({}, { mMediator: 500, gQuark: 0.25 })
    const rates = (['vector', 'axial'] as const).map((kind) => {
      const how = { parameters, darkMatter: { kind, mChi: 240, gChi: 1 } }
      return integrated(hardProcess('g u > Zp u, Zp > chi chi~', over, how), 0.01)[0].value
    })
    // Γ_χ goes with (1 + 2 r) β and β³: far more vectors at r = .23.
    expect(rates[0] / rates[1]).toBeGreaterThan(3)
  })

  it.each([
    ['p p > Zp j, Zp > chi chi~', { mChi: 300 }, /mchi = 300 GeV is not below .* mphi \/ 2 = 300 GeV/],
    ['p p > Zp j, Zp > chi chi~', { gChi: 0 }, /gchi = 0/],
    ['p p > Zp j, Zp > chi chi~', { kind: 'scalar' as const }, /scalar mediator is not Zp/],
    ['p p > Zp j, Z > mu- mu+', {}, /no decay that is known/],
    ['p p > Z j, Zp > chi chi~', {}, /0 Zp in its final state/],
    ['p p > t t~ Zp, Zp > chi chi~', {}, /on its mass shell alone/],
  ])('%s with %o is refused', (process, what, message) => {
    const how = { parameters: narrow, darkMatter: { ...darkMatter, ...what } }
    expect(() => hardProcess(process, over, how)).toThrow(message)
  })
})
