import { expect, it } from 'vitest'
import { createStorageNews } from './storage-news.ts'
import { tabStorage } from './tab-storage.ts'

function visits() {
  const kept = new Map<string, string>()
  const marks = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  }
  return () => {
    const told: string[] = []
    return { told, news: createStorageNews(marks, (kind) => told.push(kind)) }
  }
}

it('says that the browser deleted what was kept, once, and only where something had been', () => {
  const visit = visits()
  const first = visit()
  first.news.created()
  first.news.kept()
  first.news.created()
  expect(first.told).toEqual([])
  const second = visit() // everything is still there
  expect(second.told).toEqual([])
  const third = visit()
  third.news.created()
  third.news.created()
  expect(third.told).toEqual(['deleted'])
})

it('says once that a later version wrote here, also where nothing can be marked', () => {
  const told: string[] = []
  const blocked = tabStorage(() => {
    throw new DOMException('denied', 'SecurityError')
  })
  const news = createStorageNews(blocked, (kind) => told.push(kind))
  news.kept()
  news.newer()
  news.newer()
  expect(told).toEqual(['newer'])
})
