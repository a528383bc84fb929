import { expect, it } from 'vitest'
import { createLineReader, longestLine } from './line-reader.ts'

function all(text: string): string[] {
  const reader = createLineReader(text)
  const found: string[] = []
  for (let line = reader.next(); line; line = reader.next()) {
    expect(line.number).toBe(found.length + 1)
    found.push(line.text)
  }
  expect(reader.next()).toBeUndefined()
  expect(reader.left).toBe(0)
  return found
}

it.each(['', 'a', 'a\n', 'a\nb', 'a\r\nb\r\n', 'a\rb\rc', '\n\n\r\r\n\n', 'a\n\rb', '\r\n', 'a\r\n\n\rb'])(
  'finds the lines of %j as a split does',
  (text) => {
    expect(all(text)).toEqual(text.split(/\r\n|\n|\r/))
  },
)

it('shows a line before it is taken, and how much is left', () => {
  const reader = createLineReader('one\ntwo')
  expect(reader.peek()?.text).toBe('one')
  expect(reader.left).toBe(7)
  expect(reader.next()).toEqual({ number: 1, text: 'one' })
  expect(reader.left).toBe(3)
})

it('refuses a line that is too long, by its number', () => {
  const reader = createLineReader(`a\n${'1'.repeat(longestLine + 1)}\n`)
  reader.next()
  expect(() => reader.next()).toThrow(/line 2 has 2097153 characters, at most 2097152/)
})
