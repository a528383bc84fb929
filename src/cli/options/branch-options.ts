import type { ColumnPick } from '../../dataset/picked-columns.ts'
import type { OptionTable } from './option.ts'
import type { OptionValues } from './option-values.ts'

/** Options that say which columns of a file are which, in the words of the file's own names. */
export function branchOptions<const Names extends readonly string[]>(names: Names, of: string) {
  return {
    branches: {
      ...{ kind: 'mapping', what: 'column', names },
      help: `of ${of}: names in the file of what it calls otherwise, as pt_l1=Muon_pt; branches of a ROOT tree, columns of a table`,
    },
    tree: { kind: 'text', most: 200, help: `of ${of}: the tree, where a ROOT file has several` },
    'energy-unit': {
      ...{ kind: 'choice', choices: ['GeV', 'MeV'], default: 'GeV' },
      help: `of ${of}: unit of its momenta and masses`,
    },
  } as const satisfies OptionTable
}

type BranchValues = OptionValues<ReturnType<typeof branchOptions>>

/**
 * What the options pick of a file; undefined where they say nothing.
 *
 * @param energies  columns that are momenta and masses
 */
export function pickOf(
  { branches, tree, 'energy-unit': unit }: BranchValues,
  energies: readonly string[],
): ColumnPick | undefined {
  if (branches === undefined && tree === undefined && unit === 'GeV') return undefined
  const factors = unit === 'MeV' ? Object.fromEntries(energies.map((name) => [name, 1e-3])) : {}
  return { columns: branches ?? {}, tree, factors }
}
