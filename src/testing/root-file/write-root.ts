import { deflateSync } from 'node:zlib'
import { basketObject, basketOf, writeBasketHead } from './baskets.ts'
import { entriesOf, type BranchToWrite, type TreeToWrite } from './branches.ts'
import { named, writeClassList } from './class-list.ts'
import { fileBegin, keyLength, writeKey, type KeyNames } from './keys.ts'
import { createRootBytes, type RootBytes } from './root-bytes.ts'
import { writeTree, type WrittenBasket } from './tree.ts'

/** Makes the packed bytes of a block, behind the letters of its algorithm. */
export interface Packer {
  letters: string
  version: number
  pack: (bytes: Uint8Array) => Uint8Array
}
export const zlib: Packer = { letters: 'ZL', version: 8, pack: (bytes) => deflateSync(bytes) }

export interface RootToWrite {
  trees: readonly TreeToWrite[]
  /** Objects of other classes: a name and a title are all that they have. */
  others?: readonly { name: string; className: string; title?: string }[]
  /** null: nothing is packed. */
  packer?: Packer | null
  /** Entries of a basket. */
  perBasket?: number
  /** The last basket of each branch lies inside of the tree, as in a tree that was not flushed. */
  lastInside?: boolean
}

interface WrittenKey {
  names: KeyNames
  at: number
  bytes: number
  length: number
}

const fileNames = { className: 'TFile', name: 'f.root', title: '' }
/** Of ROOT 6.08. */
const fileVersion = 60806
/** The record of a folder. */
const folderBytes = 60

/** A ROOT file of trees as ROOT 6.08 lays it out, for tests of what reads them. */
export function writeRoot(content: RootToWrite): Uint8Array<ArrayBuffer> {
  const { trees, others = [], packer = zlib } = content
  const file = createRootBytes().raw(new Uint8Array(fileBegin))
  const names = fileNames.name.length + fileNames.title.length + 2
  writeKey(file, fileNames, fileBegin, names + folderBytes, names + folderBytes)
  file.text(fileNames.name).text(fileNames.title)
  const folderAt = file.length
  file.raw(new Uint8Array(folderBytes))
  const keys = [
    ...trees.map((tree) => {
      const baskets = tree.branches.map((branch) => writeBaskets(file, tree.name, branch, content))
      const names = { className: 'TTree', name: tree.name, title: '' }
      return writeObject(file, names, packer, (to) => writeTree(to, tree, baskets))
    }),
    ...others.map(({ name, className, title }) =>
      writeObject(file, { className, name, title: '' }, packer, (to) => named(to, name, title)),
    ),
  ]
  const classes = writeObject(
    file,
    { className: 'TList', name: 'StreamerInfo', title: '' },
    packer,
    writeClassList,
  )
  const listAt = file.length
  const list = createRootBytes().i32(keys.length)
  for (const { names, at, bytes, length } of keys) writeKey(list, names, at, bytes, length)
  writeKey(file, fileNames, listAt, list.length, list.length)
  const bytes = file.raw(list.bytes()).bytes()

  const head = createRootBytes().raw(new TextEncoder().encode('root')).i32(fileVersion).i32(fileBegin)
  head
    .i32(bytes.length)
    .i32(0)
    .i32(0)
    .i32(0)
    .i32(folderAt - fileBegin)
    .u8(4)
    .i32(packer ? 101 : 0)
  bytes.set(
    head
      .i32(classes.at)
      .i32(keyLength(classes.names) + classes.bytes)
      .bytes(),
  )
  const folder = createRootBytes()
    .i16(5)
    .i32(0)
    .i32(0)
    .i32(keyLength(fileNames) + list.length)
  bytes.set(
    folder
      .i32(folderAt - fileBegin)
      .i32(fileBegin)
      .i32(0)
      .i32(listAt)
      .bytes(),
    folderAt,
  )
  return bytes
}

/** Bytes of an object as a file stores them: where packing gains nothing, as they are. */
function stored(bytes: Uint8Array, packer: Packer | null): Uint8Array {
  const inner = packer?.pack(bytes)
  if (!packer || !inner || inner.length + 9 >= bytes.length) return bytes
  const size = (n: number) => [n & 255, (n >> 8) & 255, n >> 16]
  const letters = [...packer.letters].map((letter) => letter.charCodeAt(0))
  return Uint8Array.from([...letters, packer.version, ...size(inner.length), ...size(bytes.length), ...inner])
}

function writeObject(
  file: RootBytes,
  names: KeyNames,
  packer: Packer | null,
  write: (to: RootBytes) => void,
): WrittenKey {
  const content = createRootBytes()
  write(content)
  const [at, inner] = [file.length, stored(content.bytes(), packer)]
  writeKey(file, names, at, inner.length, content.length)
  file.raw(inner)
  return { names, at, bytes: inner.length, length: content.length }
}

function writeBaskets(
  file: RootBytes,
  tree: string,
  branch: BranchToWrite,
  { packer = zlib, perBasket = 1000, lastInside = false }: RootToWrite,
): WrittenBasket[] {
  const all: WrittenBasket[] = []
  const end = entriesOf(branch)
  for (let first = 0; first < end; first += perBasket) {
    if (lastInside && first + perBasket >= end) break
    const entries = Math.min(perBasket, end - first)
    const basket = basketOf(tree, branch, first, entries)
    const [at, inner] = [file.length, stored(basketObject(basket), packer)]
    writeBasketHead(file, basket, at, inner.length)
    file.raw(inner)
    all.push({ at, bytes: basket.head + inner.length, first, entries })
  }
  return all
}
