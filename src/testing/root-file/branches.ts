/** Letters of ROOT's leaves: bool, char, short, int, long, float, double. */
export type LeafType = 'O' | 'B' | 'S' | 'I' | 'L' | 'F' | 'D'

type Numbers = readonly number[]

export type BranchToWrite = { name: string } & (
  | { type: LeafType; values: Numbers }
  /** Several leaves, one number of each in an entry. */
  | { leaves: readonly { name: string; type: LeafType; values: Numbers }[] }
  /** A fixed number of them in each entry. */
  | { type: LeafType; arrays: readonly Numbers[] }
  /** As many as another branch says. */
  | { type: LeafType; lists: readonly Numbers[]; counter: string }
  /** A std::vector of float or double. */
  | { vector: 'float' | 'double'; lists: readonly Numbers[] }
  | { texts: readonly string[] }
)

export interface TreeToWrite {
  name: string
  branches: readonly BranchToWrite[]
}

export function entriesOf(branch: BranchToWrite): number {
  if ('texts' in branch) return branch.texts.length
  if ('leaves' in branch) return branch.leaves[0].values.length
  if ('values' in branch) return branch.values.length
  return 'arrays' in branch ? branch.arrays.length : branch.lists.length
}

/** Whether entries have lengths of their own. */
export const isRagged = (branch: BranchToWrite): boolean => 'texts' in branch || 'lists' in branch
