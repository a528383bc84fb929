import { expect, it } from 'vitest'
import { lazily } from './lazily.ts'

it('loads once, and once more after a failure', async () => {
  let calls = 0
  const open = lazily(() => (++calls === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(calls)))
  await expect(open()).rejects.toThrow('offline')
  expect(await Promise.all([open(), open()])).toEqual([2, 2])
  expect(calls).toBe(2)
})
