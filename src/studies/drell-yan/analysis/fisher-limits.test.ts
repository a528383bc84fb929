import { describe, expect, it } from 'vitest'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import '../../../testing/matchers.ts'
import { referenceModel } from '../../../testing/reference-model.ts'
import { smallModel } from '../../../testing/small-universes.ts'
import { fisherLimits } from './fisher-limits.ts'
import reference from './reference/limits.json' with { type: 'json' }

// All numbers from drell-yan notes 7.4, printed with two or three digits.
describe('Fisher limits', () => {
  it.each([
    ['mll', reference.mllOnlySingularValues],
    ['ptl', reference.ptlOnlySingularValues],
  ] as const)('singular values of the whitened templates, %s alone', (observable, expected) => {
    const { singularValues } = fisherLimits(referenceModel(3000, 1000, 1), observable)
    expected.forEach((value, i) => expect(singularValues[i]).toBeCloseToRel(value, 3e-3))
  })

  it('one-at-a-time standard deviations, m_ll alone', () => {
    const { single } = fisherLimits(referenceModel(3000, 1000, 1), 'mll')
    for (const [name, sigma] of Object.entries(reference.mllOnlySigma))
      expect(single[operatorNames.findIndex((operator) => operator === name)]).toBeCloseToRel(sigma, 0.03)
  })

  it('no single coefficient is measured when all others are free, for there are fewer directions than operators', () => {
    const { rank, profiled, single, withPrior } = fisherLimits(smallModel())
    expect(rank).toBeLessThan(operatorNames.length)
    profiled.forEach((sigma) => expect(sigma).toBe(Number.POSITIVE_INFINITY))
    withPrior.forEach((sigma, i) => {
      expect(sigma).toBeLessThan(smallModel().prior.halfWidth[i] / Math.sqrt(3))
      const alone = 1 / Math.sqrt(1 / single[i] ** 2 + 3 / smallModel().prior.halfWidth[i] ** 2)
      expect(sigma).toBeGreaterThanOrEqual(alone * (1 - 1e-9))
    })
  })

  it('directions diagonalise the Fisher matrix', () => {
    const { fisher, directions, singularValues } = fisherLimits(smallModel())
    const n = operatorNames.length
    for (const k of [0, 1, 2]) {
      let form = 0
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) form += directions[k * n + i] * fisher[i * n + j] * directions[k * n + j]
      expect(Math.sqrt(form)).toBeCloseToRel(singularValues[k], 1e-6)
    }
  })
})
