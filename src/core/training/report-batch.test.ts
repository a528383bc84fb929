import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createReportBatch } from './report-batch.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('takes in the first report at once, those of the next 50 ms together, urgent ones at once with what waits', () => {
  const taken: number[][] = []
  const batch = createReportBatch<number>((reports) => taken.push([...reports]), 50)
  batch.add(1, false)
  batch.add(2, false)
  batch.add(3, false)
  expect(taken).toEqual([[1]])
  vi.advanceTimersByTime(50)
  expect(taken).toEqual([[1], [2, 3]])
  batch.add(4, false)
  batch.add(5, true)
  expect(taken).toEqual([[1], [2, 3], [4, 5]])
  batch.add(6, false)
  batch.flush()
  vi.advanceTimersByTime(500)
  expect(taken).toEqual([[1], [2, 3], [4, 5], [6]])
})

it('takes reports in by the clock where timers wait behind them', () => {
  const taken: number[][] = []
  const now = vi.spyOn(performance, 'now').mockReturnValue(0)
  const batch = createReportBatch<number>((reports) => taken.push([...reports]), 50)
  for (let ms = 0; ms <= 100; ms += 10) {
    now.mockReturnValue(ms)
    batch.add(ms, false)
  }
  expect(taken).toEqual([[0], [10, 20, 30, 40, 50], [60, 70, 80, 90, 100]])
  now.mockRestore()
})
