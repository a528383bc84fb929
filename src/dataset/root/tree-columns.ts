import { numberTypeNamed, numberTypeOf, type NumberType } from './number-types.ts'
import type { StoredBranch, StoredLeaf, StoredTree } from './stored-tree.ts'

/** Where the numbers of a column lie in the entries of a branch. */
export interface Place {
  branch: StoredBranch
  type: NumberType
  /** Bytes before them in each entry. */
  offset: number
  /** Bytes of an entry; null where it has as many numbers as it likes. */
  stride: number | null
}

/** One column of a tree: a branch, or a leaf of one with several. */
export interface TreeColumn {
  name: string
  /** As C++ calls it: float, int[10], vector<double>. */
  type: string
  /** Numbers in each entry; null where that differs from entry to entry. */
  length: number | null
  /** null where it is not read. */
  place: Place | null
  /** Why it is not read. */
  why: string | null
}

/** Byte count, version and number of elements before those of a vector, as ROOT streams it. */
const vectorHeadBytes = 10

/** What a tree has in each entry, in the order of its branches; the first of two that share their name. */
export function columnsOf(tree: StoredTree): TreeColumn[] {
  const all = tree.fBranches.arr.flatMap(columnsOfBranch)
  const seen = new Set<string>()
  return all.filter(({ name }) => !seen.has(name) && seen.add(name))
}

function columnsOfBranch(branch: StoredBranch): TreeColumn[] {
  const { fName, fLeaves, fClassName, fBranches } = branch
  const name = fName.replace(/\.$/, '')
  if (fBranches.arr.length > 0 || branch._typename !== 'TBranch') {
    const vector = fBranches.arr.length === 0 ? vectorOf(branch, name) : null
    return [
      vector ?? unread(name, fClassName || branch._typename, `objects of the class ${fClassName || '?'}`),
    ]
  }
  const leaves = fLeaves.arr
  if (leaves.length === 1) return [columnOfLeaf(branch, leaves[0], name, 0, strideOf(leaves))]
  const stride = strideOf(leaves)
  let offset = 0
  return leaves.map((leaf) => {
    const column = columnOfLeaf(branch, leaf, `${name}.${leaf.fName}`, offset, stride)
    offset += (column.place?.type.bytes ?? 0) * leaf.fLen
    return column
  })
}

/** Bytes of an entry whose leaves have fixed lengths, else null. */
function strideOf(leaves: readonly StoredLeaf[]): number | null {
  let bytes = 0
  for (const leaf of leaves) {
    const type = numberTypeOf(leaf)
    if (!type || leaf.fLeafCount) return null
    bytes += type.bytes * leaf.fLen
  }
  return bytes
}

function columnOfLeaf(
  branch: StoredBranch,
  leaf: StoredLeaf,
  name: string,
  offset: number,
  stride: number | null,
): TreeColumn {
  const type = numberTypeOf(leaf)
  if (!type)
    return leaf._typename === 'TLeafC'
      ? unread(name, 'text', 'text')
      : unread(name, leaf._typename, leaf._typename)
  const counted = Boolean(leaf.fLeafCount)
  if (stride === null && !(counted && branch.fLeaves.arr.length === 1))
    return unread(name, type.name, 'a leaf beside others of no fixed length')
  // A second index, as in x[n][3], is the fixed length of a counted leaf: the numbers of an entry follow each other.
  const length = counted ? null : leaf.fLen
  const brackets = counted ? `[${leaf.fLeafCount?.fName}]` : leaf.fLen === 1 ? '' : `[${leaf.fLen}]`
  return { name, type: type.name + brackets, length, place: { branch, type, offset, stride }, why: null }
}

/** A std::vector of numbers. */
function vectorOf(branch: StoredBranch, name: string): TreeColumn | null {
  const element = /^(?:std::)?vector<([\w ]{1,40})>$/.exec(branch.fClassName ?? '')?.[1].trim()
  const type = element && numberTypeNamed(element)
  if (!type) return null
  const place = { branch, type, offset: vectorHeadBytes, stride: null }
  return { name, type: `vector<${type.name}>`, length: null, place, why: null }
}

function unread(name: string, type: string, why: string): TreeColumn {
  return { name, type, length: null, place: null, why }
}
