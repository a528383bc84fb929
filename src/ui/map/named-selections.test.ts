import { expect, it } from 'vitest'
import {
  freeName,
  joined,
  maskOrNone,
  nameFault,
  namedMask,
  type NamedSelection,
} from './named-selections.ts'

type Own = { kind: 'rule'; text: string } | { kind: 'points'; ids: number[] }

const columns = [{ name: 'x', title: 'x', value: (row: number) => row }]
const named: NamedSelection<Own>[] = [
  { name: 'low', selection: { kind: 'rule', text: 'x < 3' } },
  { name: 'odd', selection: { kind: 'points', ids: [1, 3, 5] } },
  { name: 'both', selection: { kind: 'rule', text: 'low and odd' } },
  { name: 'loop', selection: { kind: 'rule', text: 'loop or x > 0' } },
]
const context = {
  ...{ count: 6, columns, named },
  maskOf: ({ ids }: { kind: 'points'; ids: number[] }) =>
    Uint8Array.from({ length: 6 }, (_, row) => Number(ids.includes(row))),
}
const rows = (selection: Own) =>
  Array.from(namedMask(selection, context).keys()).filter((row) => namedMask(selection, context)[row])

it('rules name others, and those others', () => {
  expect(rows({ kind: 'rule', text: 'both' })).toEqual([1])
  expect(rows({ kind: 'rule', text: 'LOW or not odd' })).toEqual([0, 1, 2, 4])
})

it('a rule within itself, and one that cannot be read, select nothing and say so', () => {
  const answer = maskOrNone<Own>({ kind: 'rule', text: 'loop' }, context)
  expect(Array.from(answer.mask)).toEqual([0, 0, 0, 0, 0, 0])
  expect(answer.fault).toMatch(/names "loop"/)
  expect(maskOrNone<Own>({ kind: 'points', ids: [1] }, context).fault).toBeNull()
})

it('joins rules as text, and keeps what no rule can say under a name first', () => {
  const rule = joined<Own>({ kind: 'rule', text: 'x > 1 or x = 0' }, 'and not', 'odd', named)
  expect(rule.selection.text).toBe('(x > 1 or x = 0) and not odd')
  expect(rows(rule.selection)).toEqual([0, 2, 4])
  const list = joined<Own>({ kind: 'points', ids: [0, 1] }, 'and', 'low', named)
  expect(list.selection.text).toBe('s1 and low')
  expect(list.named.at(-1)).toEqual({ name: 's1', selection: { kind: 'points', ids: [0, 1] } })
  // One that has a name keeps it.
  const same = joined<Own>({ kind: 'points', ids: [1, 3, 5] }, 'or', 'low', named)
  expect([same.selection.text, same.named.length]).toEqual(['odd or low', named.length])
})

it('names neither words of rules nor columns, and none twice', () => {
  expect(freeName([{ name: 'S1' }])).toBe('s2')
  expect(nameFault('mine', columns, named)).toBeNull()
  for (const [name, reason] of [
    ['not', /joins rules/],
    ['X', /is a column/],
    ['LOW', /is taken/],
    ['2nd', /begins with a letter/],
  ] as const)
    expect(nameFault(name, columns, named)).toMatch(reason)
})
