import { expect, it } from 'vitest'
import { createRng } from '../../../../numerics/rng.ts'
import { toyClasses, toyPredictions } from '../../../../statistics/classification/toy-classes.ts'
import { calibrate } from './calibrate.ts'

const uniform = () => 1

it('"none of these" begins where one in a hundred spectra of the classes would be called so', () => {
  const scores = Float64Array.from({ length: 999 }, (_, i) => ((7 * i) % 999) + 1) // 1 to 999 in disorder
  const { none } = calibrate(toyPredictions(toyClasses(3, 3), 999, createRng(1)), scores, 0.9, uniform)
  expect(none).toEqual({ threshold: 990, falseAlarms: 0.01 })
})

it('too few replicas promise less, and say so', () => {
  const scores = Float64Array.from({ length: 39 }, (_, i) => i)
  const { none } = calibrate(toyPredictions(toyClasses(3, 3), 39, createRng(1)), scores, 0.9, uniform)
  expect(none).toEqual({ threshold: 38, falseAlarms: 1 / 40 })
})
