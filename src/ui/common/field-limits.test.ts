import { expect, it } from 'vitest'
import { setupSchema, trainingSchema } from '../../studies/drell-yan/intent.ts'
import { fieldLimits } from './field-limits.ts'

it('reads limits and wholeness from the schema of links', () => {
  expect(fieldLimits(trainingSchema.shape.learningRate)).toEqual({ min: 1e-7, max: 0.1, integer: false })
  expect(fieldLimits(trainingSchema.shape.steps)).toEqual({ min: 1, max: 50_000, integer: true })
  expect(fieldLimits(setupSchema.shape.seed)).toEqual({ min: 0, max: 2 ** 31 - 1, integer: true })
})

it('refuses a field that holds no number', () => {
  expect(() => fieldLimits(trainingSchema.shape.loss)).toThrow(TypeError)
})
