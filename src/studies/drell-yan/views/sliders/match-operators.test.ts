import { expect, it } from 'vitest'
import { operators } from '../../../../physics/smeft/operators.ts'
import { matchOperators } from './match-operators.ts'

const names = (query: string) => matchOperators(operators, query).map((operator) => operator.name)

it.each([
  ['clq3', ['clq3']],
  ['phiWB', ['cHWB']],
  ['C_φl', ['cHl1', 'cHl3']],
  ['C_lq^{(1)}', ['clq1']],
  ['quark vertex', ['cHq1', 'cHq3', 'cHu', 'cHd']],
  ['muon', []],
])('%s', (query, expected) => expect(names(query)).toEqual(expected))

it('keeps all 17 for an empty query', () => expect(names(' ')).toHaveLength(17))
