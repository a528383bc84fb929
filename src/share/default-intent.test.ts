import { expect, it } from 'vitest'
import { defaultIntent } from './default-intent.ts'
import { intentSchema } from './schema.ts'

it('is what the schema makes of nothing', () => {
  expect(defaultIntent).toEqual(intentSchema.parse({}))
})
