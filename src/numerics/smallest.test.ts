import fc from 'fast-check'
import { expect, it } from 'vitest'
import { smallest } from './smallest.ts'

it('are those that sorting brings to the front, ties and infinities included', () => {
  const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }))
  fc.assert(
    fc.property(fc.array(number, { maxLength: 200 }), fc.nat(), (list, any) => {
      const count = any % (list.length + 1)
      const sorted = Float64Array.from(list).sort().subarray(0, count)
      expect([...smallest(Float64Array.from(list), count)]).toEqual([...sorted])
    }),
  )
})
