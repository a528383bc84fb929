import { expect, it } from 'vitest'
import { createWorkMeter } from './work-meter.ts'

it('counts computing since the last save, without pauses, and past its end', () => {
  let time = 1000
  const meter = createWorkMeter(() => time)
  const after = (ms: number) => ((time += ms), meter.unsavedMs)
  expect(after(500)).toBe(0)
  meter.start()
  expect(after(100)).toBe(100)
  meter.pause()
  expect(after(5000)).toBe(100)
  meter.resume()
  meter.resume()
  expect(after(50)).toBe(150)
  meter.saved()
  expect(after(30)).toBe(30)
  meter.end()
  expect(after(5000)).toBe(30)
  meter.saved()
  expect(after(1)).toBe(0)
})

it('does not count backwards when the clock is set back', () => {
  let time = 1000
  const meter = createWorkMeter(() => time)
  meter.start()
  time = 400
  expect(meter.unsavedMs).toBe(0)
})
