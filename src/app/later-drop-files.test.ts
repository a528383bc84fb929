import { noLesson } from '../core/learn.ts'
import { expect, it } from 'vitest'
import { createAppActions } from '../core/app-actions.ts'
import { createAppStore } from '../core/app-store.ts'
import { laterDropFiles } from './later-drop-files.ts'

it('files that come before their code are taken in their order, after a failure the next ones', async () => {
  const store = createAppStore(
    { view: 'explore', study: 'a', studies: { a: {} }, learn: noLesson },
    { a: {} },
  )
  const taken: string[] = []
  let loads = 0
  const drop = laterDropFiles(createAppActions(store), async () => {
    if (loads++ === 0) throw new TypeError('Failed to fetch dynamically imported module')
    return async (files) => void taken.push(...files.map(({ name }) => name))
  })
  await drop([new File([], 'lost.csv')])
  expect(taken).toEqual([])
  expect(store.getState().notices.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^What reads files did not load: .* Drop them again\.$/),
  ])
  await Promise.all([drop([new File([], 'a.csv')]), drop([new File([], 'b.csv')])])
  expect(taken).toEqual(['a.csv', 'b.csv'])
  expect(loads).toBe(2)
})
