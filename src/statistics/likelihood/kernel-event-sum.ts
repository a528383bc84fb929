import type { Kernels } from '../../kernels/create-kernels.ts'
import { AppError } from '../../errors.ts'
import { createEventLogSum, type EventLogSum } from './event-sum.ts'

/**
 * The sum over events by the SIMD kernel. Where a ratio is at or below zero, which the kernel reports as NaN or
 * -Infinity, the plain sum with its floor takes over; ratios in (0, floor) are not floored.
 *
 * @param ratios  [events, terms] row-major, term 0 equal to 1 in every event
 */
export function createKernelEventSum(
  kernels: Pick<Kernels, 'createEventColumns'>,
  ratios: Float64Array,
  events: number,
  terms: number,
): EventLogSum {
  const plain = createEventLogSum(ratios, events, terms)
  for (let i = 0; i < events; i++)
    if (ratios[i * terms] !== 1)
      throw new AppError(
        'data/mismatch',
        `Event ${i} has the ratio ${ratios[i * terms]} at c = 0; it must be 1. Divide each row by its first term.`,
      )
  const columns = kernels.createEventColumns(
    Array.from({ length: terms - 1 }, (_, k) =>
      Float64Array.from({ length: events }, (__, i) => ratios[i * terms + k + 1]),
    ),
  )
  const point = new Float64Array(terms - 1)
  function load(b: Float64Array): Float64Array {
    for (let k = 1; k < terms; k++) point[k - 1] = b[k]
    return point
  }
  function value(b: Float64Array): number {
    const sum = columns.logSum(load(b))
    return Number.isFinite(sum) ? sum : plain.value(b)
  }
  return {
    events,
    terms,
    value,
    gradient(b, byTerm) {
      const { value: sum, gradient } = columns.logSumGradient(load(b))
      if (!Number.isFinite(sum)) return plain.gradient(b, byTerm)
      byTerm.set(gradient, 1)
      // sum over k of b_k R[i, k] / r_i is 1 for each event, which gives the derivative by the constant.
      let rest = events
      for (let k = 1; k < terms; k++) rest -= b[k] * gradient[k - 1]
      byTerm[0] = rest
      return sum
    },
    values(rows, count, out) {
      const points = new Float64Array(count * (terms - 1))
      for (let i = 0; i < count; i++)
        points.set(rows.subarray(i * terms + 1, (i + 1) * terms), i * (terms - 1))
      out.set(columns.logSums(points))
      for (let i = 0; i < count; i++)
        if (!Number.isFinite(out[i])) out[i] = plain.value(rows.subarray(i * terms, (i + 1) * terms))
    },
  }
}
