import { expect, it } from 'vitest'
import { createWorkMeter } from '../core/work-meter.ts'
import { guardUnsaved } from './guard-unsaved.ts'

it('asks before the page goes only where more than 30 s of any work are unsaved', () => {
  let time = 0
  const page = new EventTarget()
  const meters = [createWorkMeter(() => time), createWorkMeter(() => time)]
  guardUnsaved(page, meters)
  const asks = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  expect(asks()).toBe(false)
  meters[1].start()
  time = 30_000
  expect(asks()).toBe(false)
  time = 30_001
  expect(asks()).toBe(true)
  meters[1].saved()
  expect(asks()).toBe(false)
})
