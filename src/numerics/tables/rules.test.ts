import { describe, expect, it } from 'vitest'
import { rangesOf, ruleMask, type RuleColumn } from './rules.ts'

const clq3 = [0, 0.02, -0.02, 0.05]
const columns: RuleColumn[] = [
  { name: 'universe', title: 'universe', value: (row) => row },
  { name: 'clq3', title: 'C', value: (row) => clq3[row] },
  { name: 'family', title: 'family', value: (row) => ['standard-model', 'four-fermion'][Number(row > 0)] },
]
const kept: Record<string, Uint8Array> = { 'near-sm': Uint8Array.of(1, 1, 0, 0) }
const rows = (text: string) =>
  Array.from(ruleMask(text, { count: 4, columns, named: (name) => kept[name] ?? null }).keys()).filter(
    (row) => ruleMask(text, { count: 4, columns, named: (name) => kept[name] ?? null })[row],
  )

it('says what the columns of a rule run through', () =>
  expect(rangesOf('CLQ3 > 1 and family = x', { count: 4, columns }, (value) => value.toFixed(2))).toBe(
    'clq3 runs from -0.02 to 0.05',
  ))

describe('a rule', () => {
  it.each([
    ['clq3 > 0.01', [1, 3]],
    ['clq3 >= -0.02 and clq3<=0.02', [0, 1, 2]],
    ['CLQ3 < −0.01', [2]],
    ['clq3 = 5e-2', [3]],
    ['universe 2', [2]],
    ['universe != 2', [0, 1, 3]],
    ['family = four-fermion', [1, 2, 3]],
    ['family != "Four-Fermion"', [0]],
    ['near-sm', [0, 1]],
    ['not near-sm', [2, 3]],
    // not before and before or
    ['universe 0 or near-sm and clq3 > 0', [0, 1]],
    ['(universe 0 or near-sm) and clq3 > 0', [1]],
    ['not universe 0 and near-sm', [1]],
    ['not (universe 0 or near-sm)', [2, 3]],
    ['not not near-sm', [0, 1]],
  ])('%s', (text, expected) => expect(rows(text)).toEqual(expected))

  it.each([
    ['ctq8 > 0', /names "ctq8", which is neither a kept selection nor one of universe, clq3, family/],
    ['clq3 >', /nothing to compare clq3 with/],
    ['clq3 > red', /compares clq3 with "red"/],
    ['(clq3 > 0', /lacks a closing bracket/],
    ['clq3 > 0)', /goes on after its end, with "\)"/],
    ['clq3 > 0 and', /ends where something is missing/],
    ['clq3 > 0 ! 1', /cannot be read from "! 1" on/],
    ['"', /cannot be read/],
  ])('that cannot be read says why: %s', (text, reason) => {
    expect(() => rows(text)).toThrow(reason)
    expect(() => rows(text)).toThrow(/as in clq3 > 0\.01/)
  })
})
