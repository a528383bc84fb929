import { expect, it } from 'vitest'
import { linearTicks } from './linear-ticks.ts'

it.each<[[number, number], number, number[]]>([
  [[0, 1], 6, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [[50, 3000], 6, [500, 1000, 1500, 2000, 2500, 3000]],
  [[0, 0.0069], 6, [0, 0.002, 0.004, 0.006]],
  [[-3, 3], 3, [-2, 0, 2]],
])('marks %j at most %i times, at round numbers', (range, most, expected) => {
  const { tickvals, ticktext, minor } = linearTicks(range, most)
  expect(tickvals).toEqual(expected)
  expect(ticktext).toEqual(expected.map(String))
  expect(minor.filter((value) => tickvals.includes(value))).toEqual([])
  const between = minor.filter((value) => value > tickvals[0] && value < tickvals[1])
  expect(between).toHaveLength(4)
})
