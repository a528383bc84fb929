import { isRagged, type BranchToWrite, type LeafType } from './branches.ts'
import { writeKey, keyLength, type KeyNames } from './keys.ts'
import { createRootBytes, type RootBytes } from './root-bytes.ts'

export const leafTypes: Record<LeafType, { bytes: number; put: (to: RootBytes, value: number) => void }> = {
  O: { bytes: 1, put: (to, value) => to.u8(value) },
  B: { bytes: 1, put: (to, value) => to.u8(value & 255) },
  S: { bytes: 2, put: (to, value) => to.i16(value) },
  I: { bytes: 4, put: (to, value) => to.i32(value) },
  L: { bytes: 8, put: (to, value) => to.i64(value) },
  F: { bytes: 4, put: (to, value) => to.f32(value) },
  D: { bytes: 8, put: (to, value) => to.f64(value) },
}

/** What a basket has behind the names of its key. */
const ownBytes = 19
const inBuffer = 10
const [withOffsets, withoutOffsets] = [1, 2]

function writeEntry(to: RootBytes, branch: BranchToWrite, i: number): void {
  const all = (type: LeafType, values: readonly number[]) => {
    for (const value of values) leafTypes[type].put(to, value)
  }
  if ('texts' in branch) to.text(branch.texts[i])
  else if ('leaves' in branch) for (const { type, values } of branch.leaves) all(type, [values[i]])
  else if ('values' in branch) all(branch.type, [branch.values[i]])
  else if ('arrays' in branch) all(branch.type, branch.arrays[i])
  else if ('counter' in branch) all(branch.type, branch.lists[i])
  else
    to.object(9, (vector) => {
      const type = branch.vector === 'float' ? 'F' : 'D'
      vector.i32(branch.lists[i].length)
      for (const value of branch.lists[i]) leafTypes[type].put(vector, value)
    })
}

export interface BasketContent {
  names: KeyNames
  entries: number
  /** Bytes of the key. */
  head: number
  numbers: Uint8Array
  /** Places of the entries, counted from the beginning of the key; null where all have one length. */
  offsets: number[] | null
}

/** Entries of a branch as a basket holds them. */
export function basketOf(tree: string, branch: BranchToWrite, first: number, entries: number): BasketContent {
  const names = { className: 'TBasket', name: branch.name, title: tree }
  const head = keyLength(names) + ownBytes
  const numbers = createRootBytes()
  const offsets: number[] = []
  for (let i = first; i < first + entries; i++) {
    offsets.push(head + numbers.length)
    writeEntry(numbers, branch, i)
  }
  return { names, entries, head, numbers: numbers.bytes(), offsets: isRagged(branch) ? offsets : null }
}

/** The unpacked object of a basket in a file: behind the numbers, where the entries begin. */
export function basketObject({ numbers, offsets }: BasketContent): Uint8Array {
  const to = createRootBytes().raw(numbers)
  if (!offsets) return to.bytes()
  to.i32(offsets.length + 1)
  for (const offset of offsets) to.i32(offset)
  return to.i32(0).bytes()
}

/** Key and head of a basket at a place of the file. */
export function writeBasketHead(
  to: RootBytes,
  basket: BasketContent,
  at: number,
  bytes: number,
  flag = 0,
): void {
  const { names, entries, head, numbers, offsets } = basket
  writeKey(to, names, at, bytes, basketObject(basket).length, ownBytes)
  const size = offsets ? 1000 : Math.round(numbers.length / entries)
  to.i16(3)
    .i32(32000)
    .i32(size)
    .i32(entries)
    .i32(head + numbers.length)
    .u8(flag)
}

/** A basket inside of its tree. */
export function writeInnerBasket(to: RootBytes, basket: BasketContent): void {
  const { head, numbers, offsets } = basket
  to.pointer('TBasket', null, (own) => {
    writeBasketHead(own, basket, 0, 0, inBuffer + (offsets ? withOffsets : withoutOffsets))
    if (offsets) {
      own.i32(offsets.length)
      for (const offset of offsets) own.i32(offset)
    }
    own.raw(new Uint8Array(head)).raw(numbers)
  })
}
