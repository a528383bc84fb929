import { expect, it } from 'vitest'
import { emptyTable, type EventTable } from '../../../generator/event-table.ts'
import { learnedLoss } from './feature-losses.ts'

/** Weights of the SM and of td8, event by event. */
function eventsOf(sm: number[], td8: number[]): EventTable {
  const rows = sm.length
  const table = emptyTable(['td8'], ['pt_l1'], rows)
  sm.forEach((w, i) => table.weights.set([w, td8[i]], i * table.terms))
  return table
}

it('is the Bayes loss where the learned ratio is the exact one, and ln 2 where it tells nothing', () => {
  const events = eventsOf([3, 1], [1, 3])
  const g = 0.75
  const exact = -(g * Math.log(g) + (1 - g) * Math.log(1 - g))
  expect(learnedLoss(events, [1 / 3, 3], 'td8').loss).toBeCloseTo(exact, 12)
  // The rate of the term does not matter.
  expect(learnedLoss(eventsOf([3, 1], [0.1, 0.3]), [0.1 / 3, 0.3], 'td8').loss).toBeCloseTo(exact, 12)
  expect(learnedLoss(events, [1, 1], 'td8')).toEqual({
    loss: expect.closeTo(Math.LN2, 12),
    error: expect.closeTo(0, 12),
  })
})

it('a ratio that is negative somewhere is a classifier of 0.999 there; the error falls with the root of the events', () => {
  const few = learnedLoss(eventsOf([3, 1], [1, 3]), [-5, 3], 'td8')
  const cost = 0.5 * (0.75 * -Math.log(0.999) + 0.25 * -Math.log(0.75) * 0 + 0.25 * Math.log(4))
  expect(few.loss).toBeCloseTo(cost + 0.5 * (0.25 * -Math.log(0.001) + 0.75 * Math.log(4 / 3)), 10)
  const [sm, td8, learned] = [
    [3, 1],
    [1, 3],
    [1 / 3, 2],
  ]
  const four = (values: number[]) => [...values, ...values, ...values, ...values]
  const once = learnedLoss(eventsOf(sm, td8), learned, 'td8')
  const often = learnedLoss(eventsOf(four(sm), four(td8)), four(learned), 'td8')
  expect(often.loss).toBeCloseTo(once.loss, 12)
  expect(often.error).toBeCloseTo(once.error / 2, 12)
})
