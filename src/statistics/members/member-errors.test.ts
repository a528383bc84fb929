import { expect, it } from 'vitest'
import { memberErrors, memberRule } from './member-errors.ts'

const central = [10, 5]

it('hessian: the larger shift of each pair, up and down apart, brought to one standard deviation', () => {
  const rule = memberRule('SET', 'hessian', 90, 4)
  const { centre, up, down } = memberErrors(rule, central, [
    [13, 5],
    [9, 5],
    [14, 6],
    [15, 7],
  ])
  expect([...centre]).toEqual(central)
  // Upward 3 and 5, downward 1; 1.6448536 standard deviations hold 90 per cent.
  expect(up[0]).toBeCloseTo(Math.hypot(3, 5) / 1.6448536269514722, 10)
  expect(down[0]).toBeCloseTo(1 / 1.6448536269514722, 10)
  expect([up[1], down[1]]).toEqual([expect.closeTo(2 / 1.6448536269514722, 10) as number, 0])
})

it('symmetric hessian: all shifts; members of alpha_s are left out', () => {
  const rule = memberRule('SET', 'symmhessian+as', 68.268949213708581, 5)
  expect(rule).toMatchObject({ kind: 'symmhessian', core: 3, scale: expect.closeTo(1, 12) as number })
  const { up, down } = memberErrors(rule, central, [
    [13, 5],
    [6, 5],
    [10, 7],
  ])
  expect([up[0], down[0], up[1]]).toEqual([5, 5, 2].map((value) => expect.closeTo(value, 10) as number))
})

it('replicas: mean and standard deviation, whatever level is stated', () => {
  const rule = memberRule('SET', 'replicas', 68, 4)
  expect(rule.scale).toBe(1)
  const { centre, up, down } = memberErrors(
    rule,
    [0, 0],
    [
      [1, 2],
      [3, 2],
      [5, 2],
      [7, 2],
    ],
  )
  expect([...centre]).toEqual([4, 2])
  expect([up[0], down[0]]).toEqual([Math.sqrt(20 / 3), Math.sqrt(20 / 3)])
  expect(up[1]).toBe(0)
})

it.each([
  ['no type', undefined, 4, /its ErrorType is not stated/],
  ['another type', 'toys', 4, /its ErrorType is "toys", members of replicas, hessian, symmhessian/],
  ['an odd number of Hessian members', 'hessian', 5, /5 members carry .* an even number/],
  ['one member', 'replicas', 1, /1 members carry .* at least 2 are needed/],
])('%s is refused', (_, type, members, words) => {
  expect(() => memberRule('SET', type, 68, members)).toThrow(words)
})

it('a level that is none is refused', () => {
  expect(() => memberRule('SET', 'hessian', 100, 4)).toThrow(/ErrorConfLevel is 100/)
})
