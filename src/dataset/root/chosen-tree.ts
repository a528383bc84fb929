import { shortName } from '../../errors.ts'
import { unsupported } from './faults.ts'
import type { RootFile } from './root-file.ts'
import type { StoredTree } from './stored-tree.ts'
import { columnsOf, type TreeColumn } from './tree-columns.ts'

export interface RootOptions {
  /** Path of the tree; where it is not given, the file must have one, or one with columns that are asked for. */
  tree?: string
  /** Names of the columns that are asked for; others are not read. */
  needs?: (name: string) => boolean
  /** How many bins a histogram should have. */
  columns?: number
}

export interface ChosenTree {
  path: string
  tree: StoredTree
  columns: TreeColumn[]
}

/** The tree that is named, the only one, or the only one with columns that are asked for. */
export async function chosenTree(root: RootFile, { tree: wanted, needs }: RootOptions): Promise<ChosenTree> {
  const { trees } = root
  if (trees.length === 0) throw noTree(root)
  const paths = trees.map(({ path }) => path)
  const list = paths.slice(0, 10).join(', ')
  if (wanted !== undefined && !paths.includes(wanted))
    throw unsupported(
      `the ROOT file has no tree ${shortName(wanted, 60)}, it has ${list}`,
      'name one of these',
    )
  const read = async (path: string): Promise<ChosenTree> => {
    const tree = await root.readTree(path)
    return { path, tree, columns: columnsOf(tree) }
  }
  if (wanted !== undefined || paths.length === 1) return read(wanted ?? paths[0])
  const fitting: ChosenTree[] = []
  for (const path of paths.slice(0, mostTrees)) {
    const one = await read(path)
    const has = one.columns.some(({ name, why }) => why === null && needs?.(name) === true)
    if (has) fitting.push(one)
  }
  if (fitting.length === 1) return fitting[0]
  throw unsupported(
    `the ROOT file has ${paths.length} trees: ${list}`,
    'say which one is meant (--tree NAME)',
    { lacking: [] },
  )
}

/** As many are looked into for the columns that are asked for. */
const mostTrees = 50

function noTree({ others }: RootFile) {
  const shown = others.slice(0, 5).map(({ path, className }) => `${shortName(path, 40)} (${className})`)
  const holds =
    others.length === 0 ? 'is empty' : `holds ${shown.join(', ')}${others.length > 5 ? ', …' : ''}`
  return unsupported(
    `the ROOT file ${holds} and no TTree`,
    others.some(({ className }) => className.includes('RNTuple'))
      ? 'write an RNTuple as a TTree or as Parquet'
      : 'save histograms with numpy.save, e.g. numpy.save(name, uproot.open(file)[key].values())',
  )
}
