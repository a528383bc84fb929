import { expect, it } from 'vitest'
import { dropoutMasks } from './dropout.ts'

const architecture = { features: 2, widths: [50, 40], latentDim: 2 }

it('depends on seed, step and block alone and keeps the mean', () => {
  const [first, second] = dropoutMasks(architecture, 0.2, 100, 1, 7)
  if (!first || !second) throw new Error('no masks')
  expect([...new Set(first)].sort()).toEqual([0, 1.25])
  expect(dropoutMasks(architecture, 0.2, 100, 1, 7)).toEqual([first, second])
  expect(dropoutMasks(architecture, 0.2, 100, 1, 8)[0]).not.toEqual(first)
  expect(dropoutMasks(architecture, 0.2, 100, 2, 7)[0]).not.toEqual(first)
  expect(second.subarray(0, 100)).not.toEqual(first.subarray(0, 100))
  // 5000 numbers of variance 0.25: the mean is 1 within 4 σ = 0.028
  expect(Math.abs(first.reduce((sum, value) => sum + value, 0) / first.length - 1)).toBeLessThan(0.028)
  expect(dropoutMasks(architecture, 0, 100, 1, 7)).toEqual([null, null])
})
