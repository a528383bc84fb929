import { expect, it } from 'vitest'
import { markLegend } from './mark-legend.ts'
import { markPaths } from './mark-paths.ts'

const place = { x: 0, y: 0 }

it('has one line for each kind of mark that is there, in the words of the study', () => {
  expect(markLegend({})).toEqual([])
  const entries = markLegend(
    { focus: place, origin: place, dropped: [place, place], neighbours: [], lost: [place] },
    [{ points: [place] }],
    { origin: 'Standard Model' },
  )
  expect(entries.map(({ kind }) => kind)).toEqual(['origin', 'focus', 'lost', 'dropped', 'path'])
  expect(entries[0].text).toBe('Standard Model')
  expect(new Set(entries.map(({ text }) => text)).size).toBe(5)
})

it('no two marks have one shape', () => expect(new Set(Object.values(markPaths)).size).toBe(3))
