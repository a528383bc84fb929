import { expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { randomMomenta } from '../../testing/random-momenta.ts'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { createProcess } from './create-process.ts'
import { amplitudeParameters } from './parameters.ts'
import { legsOf, parseProcess } from './process.ts'
import { recursion } from './recursion.ts'

const perTeV2 = 1e-6
const standard = amplitudeParameters()
const withOperator = { ...standard, ctt1: 2 * perTeV2 }

it('massless t t~ → t t~ by the operator alone: 32/3 c² u², one helicity of 24 in colour', () => {
  const ctt1 = 3 * perTeV2
  const parameters = { ...amplitudeParameters({}, { mTop: 1e-4, ctt1 }), gs: 1e-9 }
  const process = parseProcess('t t~ > t t~')
  const momenta = randomMomenta(process, parameters, 900, 4)
  const u = -2 * (momenta[0] * momenta[12] - momenta[3] * momenta[15])
  // Fierz: the exchanged pairing is the same spinors times the other colours, so colours add: 9 + 9 + 2 · 3.
  const exact = ((2 * ctt1) ** 2 * (2 * u) ** 2 * 24) / (4 * 9)
  expect(recursion(process, parameters).squaredMatrixElement(momenta)).toBeCloseToRel(exact, 1e-6)
})

it.each(['u u~ > t t~ t t~', 't t~ > t t~', 'g g > t t~ t t~'])(
  '%s with the operator does not depend on the root',
  (name) => {
    const process = parseProcess(name)
    const momenta = randomMomenta(process, withOperator, 2000, 5)
    const values = legsOf(process).map((_, root) =>
      recursion(process, withOperator, { root }).squaredMatrixElement(momenta),
    )
    for (const value of values) expect(value).toBeCloseToRel(values[0], 1e-9)
  },
)

it('g g > t t~ t t~ with it: a gluon along its momentum gives nothing', () => {
  const process = parseProcess('g g > t t~ t t~')
  const momenta = randomMomenta(process, withOperator, 1500, 3)
  const typical = recursion(process, withOperator).squaredMatrixElement(momenta)
  const gauge = recursion(process, withOperator, { longitudinal: 0 }).squaredMatrixElement(momenta)
  expect(Math.sqrt(Math.abs(gauge) / typical) / momenta[0]).toBeLessThan(1e-9)
  expect(Math.abs(typical / recursion(process, standard).squaredMatrixElement(momenta) - 1)).toBeGreaterThan(
    0.01,
  )
})

it.each(['g g > t t~ t t~', 'u u~ > t t~ t t~'])(
  '%s with it: the kernel is the recursion, and a square in c',
  async (name) => {
    const kernel = await loadAmplitudeKernel()
    const momenta = randomMomenta(parseProcess(name), standard, 1500, 6)
    const [none, plus, minus, twice] = [0, 2, -2, 4].map((c) => {
      const parameters = { ...standard, ctt1: c * perTeV2 }
      const slow = createProcess(name, parameters, { method: 'recursion' }).squaredMatrixElement(momenta)
      expect(createProcess(name, parameters, { kernel }).squaredMatrixElement(momenta)).toBeCloseToRel(
        slow,
        1e-10,
      )
      return slow
    })
    const quadratic = (plus + minus) / 2 - none
    expect(quadratic).toBeGreaterThan(0)
    expect(twice).toBeCloseToRel(none + (plus - minus) + 4 * quadratic, 1e-9)
  },
)
