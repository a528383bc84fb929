import { basketOf, leafTypes, writeInnerBasket } from './baskets.ts'
import { entriesOf, isRagged, type BranchToWrite, type LeafType, type TreeToWrite } from './branches.ts'
import { named, objArray } from './class-list.ts'
import type { RootBytes } from './root-bytes.ts'

/** A basket that lies in the file by itself. */
export interface WrittenBasket {
  at: number
  bytes: number
  first: number
  entries: number
}

/** A TTree of version 19, with the baskets of each branch. */
export function writeTree(to: RootBytes, tree: TreeToWrite, baskets: readonly WrittenBasket[][]): void {
  to.object(19, (own) => {
    named(own, tree.name)
    own.object(2, (line) => line.i16(1).i16(1).i16(1))
    own.object(2, (fill) => fill.i16(0).i16(1001))
    own.object(2, (marker) => marker.i16(1).i16(1).f32(1))
    own.i64(entriesOf(tree.branches[0]))
    for (let k = 0; k < 4; k++) own.i64(0)
    own.f64(1).i32(0).i32(25).i32(0).i32(1000).i32(0)
    for (let k = 0; k < 6; k++) own.i64(0)
    own.u8(0).u8(0)
    objArray(
      own,
      tree.branches.map((branch, k) => (at) => writeBranch(at, tree.name, branch, baskets[k])),
    )
    objArray(own, [])
    // No aliases, two empty indices, no index, friends, information and references.
    for (let k = 0; k < 7; k++) own.i32(0)
  })
}

function writeBranch(
  to: RootBytes,
  tree: string,
  branch: BranchToWrite,
  baskets: readonly WrittenBasket[],
): void {
  const content = (own: RootBytes) => writeContent(own, tree, branch, baskets)
  if (!('vector' in branch)) {
    to.pointer('TBranch', 12, content)
    return
  }
  to.pointer('TBranchElement', 10, (own) => {
    own.object(12, content).text(`vector<${branch.vector}>`).text('').text('')
    own.i32(0).i16(6).i32(-1).i32(0).i32(-1).i32(0).i32(0).i32(0)
  })
}

function writeContent(
  to: RootBytes,
  tree: string,
  branch: BranchToWrite,
  baskets: readonly WrittenBasket[],
): void {
  const entries = entriesOf(branch)
  const firsts = [0, ...baskets.map((basket) => basket.first + basket.entries)]
  const written = firsts[baskets.length]
  named(to, branch.name).object(2, (fill) => fill.i16(0).i16(1001))
  to.i32(101)
    .i32(32000)
    .i32(isRagged(branch) ? 1000 : 0)
    .i32(baskets.length)
    .i64(entries)
  to.i32(0).i32(firsts.length).i32(0).i64(entries).i64(0).i64(0).i64(0)
  objArray(to, [])
  objArray(
    to,
    'leaves' in branch
      ? branch.leaves.map(
          ({ name, type }) =>
            (own) =>
              writeLeaf(own, name, type),
        )
      : [(own) => writeLeafOf(own, branch)],
  )
  objArray(to, [
    ...baskets.map(() => (own: RootBytes) => own.i32(0)),
    ...(written < entries
      ? [(own: RootBytes) => writeInnerBasket(own, basketOf(tree, branch, written, entries - written))]
      : []),
  ])
  to.u8(1)
  for (let k = 0; k < firsts.length; k++) to.i32(baskets[k]?.bytes ?? 0)
  to.u8(1)
  for (const first of firsts) to.i64(first)
  to.u8(1)
  for (let k = 0; k < firsts.length; k++) to.i64(baskets[k]?.at ?? 0)
  to.text('')
}

function writeLeafOf(to: RootBytes, branch: Exclude<BranchToWrite, { leaves: unknown }>): void {
  if ('texts' in branch) {
    const longest = Math.max(...branch.texts.map((text) => text.length))
    to.pointer('TLeafC', 1, (own) =>
      leafBase(own, branch.name, longest + 1, 1)
        .i32(0)
        .i32(longest + 1),
    )
  } else if ('vector' in branch)
    to.pointer('TLeafElement', 1, (own) => leafBase(own, branch.name, 1, 4).i32(-1).i32(-1))
  else {
    const counter = 'counter' in branch ? branch.counter : undefined
    writeLeaf(to, branch.name, branch.type, 'arrays' in branch ? branch.arrays[0].length : 1, counter)
  }
}

function writeLeaf(to: RootBytes, name: string, type: LeafType, length = 1, counter?: string): void {
  const { bytes, put } = leafTypes[type]
  to.pointer(`TLeaf${type}`, 1, (own) => {
    leafBase(own, name, length, bytes, counter)
    put(own, 0)
    put(own, 0)
  })
}

function leafBase(to: RootBytes, name: string, length: number, bytes: number, counter?: string): RootBytes {
  return to.object(2, (own) => {
    named(own, name).i32(length).i32(bytes).i32(0).u8(0).u8(0)
    // ROOT points to the leaf of the other branch, this is a copy of it.
    if (counter === undefined) own.i32(0)
    else writeLeaf(own, counter, 'I')
  })
}
