import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { randomMomenta } from '../../testing/random-momenta.ts'
import { createProcess } from './create-process.ts'
import { amplitudeParameters, electroweakCouplings } from './parameters.ts'
import { legsOf, parseProcess } from './process.ts'
import { recursion } from './recursion.ts'

const parameters = amplitudeParameters({}, { mPhi: 500, gQuark: 0.7 })
const squared = (name: string, momenta: Float64Array, own = parameters): number =>
  createProcess(name, own).squaredMatrixElement(momenta)

it('to a top pair: 6 y² s, where a scalar has 6 y² (s − 4 m²)', () => {
  const { mTop, mPhi, gQuark } = parameters
  const square = (gQuark * (mTop / electroweakCouplings(parameters).vev)) ** 2
  const [energy, momentum] = [mPhi / 2, Math.sqrt((mPhi / 2) ** 2 - mTop ** 2)]
  const momenta = Float64Array.of(
    ...[mPhi, 0, 0, 0],
    ...[energy, 0, 0.6 * momentum, 0.8 * momentum],
    ...[energy, 0, -0.6 * momentum, -0.8 * momentum],
  )
  expect(squared('A0 > t t~', momenta)).toBeCloseToRel(6 * square * mPhi ** 2, 1e-12)
  expect(squared('phi > t t~', momenta)).toBeCloseToRel(6 * square * (mPhi ** 2 - 4 * mTop ** 2), 1e-12)
})

it.each(['g g > t t~ A0', 'u u~ > t t~ A0'])(
  '%s: any leg at the root gives the same, and a gluon along its momentum nothing',
  (name) => {
    const process = parseProcess(name)
    const momenta = randomMomenta(process, parameters, 1500, 3)
    const typical = recursion(process, parameters).squaredMatrixElement(momenta)
    legsOf(process).forEach(({ kind }, leg) => {
      if (kind !== 'quark' && kind !== 'gluon') return
      expect(recursion(process, parameters, { root: leg }).squaredMatrixElement(momenta)).toBeCloseToRel(
        typical,
        1e-10,
      )
      if (kind !== 'gluon') return
      const gauge = recursion(process, parameters, { longitudinal: leg }).squaredMatrixElement(momenta)
      expect(Math.sqrt(Math.abs(gauge) / typical) / momenta[4 * leg]).toBeLessThan(1e-9)
    })
  },
)

it.each(['g g', 'u u~'])(
  '%s: chirality hides its parity where tops have no mass, and not where they do',
  (beams) => {
    const ratioAt = (mTop: number): number => {
      // The coupling stays what it is at 173 GeV.
      const own = { ...parameters, mTop, gQuark: (0.7 * 173) / mTop }
      const momenta = randomMomenta(parseProcess(`${beams} > t t~ phi`), own, 1500, 3)
      return squared(`${beams} > t t~ A0`, momenta, own) / squared(`${beams} > t t~ phi`, momenta, own)
    }
    expect(ratioAt(0.01)).toBeCloseTo(1, 6)
    expect(Math.abs(ratioAt(173) - 1)).toBeGreaterThan(0.05)
  },
)
