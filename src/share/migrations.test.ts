import { expect, it } from 'vitest'
import type { LinkDocument, Migration } from './migrations.ts'
import { checkMigrations, migrate } from './migrations.ts'

function renaming(from: number, old: string, name: string): Migration {
  return {
    from,
    what: `${old} is now ${name}`,
    apply: ({ pairs, state }) => ({ pairs: pairs.map(([k, v]) => [k === old ? name : k, v]), state }),
  }
}

const steps = [renaming(1, 'a', 'b'), renaming(2, 'b', 'c')]
const document: LinkDocument = { pairs: [['a', '1']], state: {} }

it('applies every step from the version of the link on, in order', () => {
  expect(migrate(document, 1, steps, 3).document.pairs).toEqual([['c', '1']])
  expect(migrate({ ...document, pairs: [['b', '1']] }, 2, steps, 3).applied).toEqual([steps[1]])
  expect(migrate(document, 3, steps, 3)).toEqual({ document, applied: [] })
})

it.each([
  ['a gap', [steps[0]]],
  ['a swap', [steps[1], steps[0]]],
  ['a double', [steps[0], steps[0], steps[1]]],
])('notices %s', (_, wrong) => {
  expect(() => checkMigrations(wrong, 3)).toThrow('must start from [1, 2]')
})
