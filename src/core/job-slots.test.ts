import { expect, it } from 'vitest'
import { settle } from '../testing/fake-jobs.ts'
import { createJobSlots } from './job-slots.ts'

it('grants slots in the order of asking and passes over those who left', async () => {
  const slots = createJobSlots(1)
  const stay = new AbortController().signal
  const leaves = new AbortController()
  const order: string[] = []
  const first = await slots.take(stay)
  const left = slots.take(leaves.signal)
  const third = slots.take(stay).then((release) => {
    order.push('third')
    return release
  })
  leaves.abort()
  await expect(left).rejects.toMatchObject({ code: 'job/cancelled' })
  await settle()
  expect(order).toEqual([])
  first()
  first() // a second release must not make a second slot
  const release = await third
  expect(order).toEqual(['third'])
  const fourth = slots.take(stay)
  let granted = false
  void fourth.then(() => {
    granted = true
  })
  await settle()
  expect(granted).toBe(false)
  release()
  await fourth
  await expect(slots.take(leaves.signal)).rejects.toMatchObject({ code: 'job/cancelled' })
})
