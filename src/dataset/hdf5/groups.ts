import { recordsOf } from './btree-v2.ts'
import { openHeap } from './fractal-heap.ts'
import { corrupt, cursor, unsupported, type Hdf5Bytes } from './hdf5-bytes.ts'
import { messageKinds, readMessages, type Message } from './object-header.ts'

/** An object of the file that is no group. */
export interface Hdf5Object {
  /** With its groups, as in "run1/spectra". */
  path: string
  messages: Message[]
}

const mostObjects = 10_000
const deepestGroup = 16
/** The kind of index by name, whose records begin with a hash of it. */
const [linkNames, hashBytes] = [5, 4]

/** All objects below a group, in the order of the file. An object with several names is there once. */
export function listObjects(file: Hdf5Bytes, root: number): Hdf5Object[] {
  const found: Hdf5Object[] = []
  const seen = new Set<number>()
  const visit = (at: number, path: string, depth: number) => {
    if (depth > deepestGroup) throw corrupt(`its groups lie ${depth} deep`)
    if (seen.has(at)) return
    seen.add(at)
    if (seen.size > mostObjects)
      throw unsupported(`the HDF5 file has more than ${mostObjects} objects`, 'keep those that are needed')
    const messages = readMessages(file, at)
    const links = linksOf(file, messages)
    if (links === null) return void found.push({ path, messages })
    for (const { name, address } of links) visit(address, path === '' ? name : `${path}/${name}`, depth + 1)
  }
  visit(root, '', 0)
  return found
}

interface Link {
  name: string
  address: number
}

/** Members of a group; null for another object. */
function linksOf(file: Hdf5Bytes, messages: readonly Message[]): Link[] | null {
  const links: Link[] = []
  let group = false
  for (const { kind, at } of messages) {
    if (kind === messageKinds.symbolTable) {
      group = true
      const tree = file.number(at, file.addressBytes)
      const heap = file.number(at + file.addressBytes, file.addressBytes)
      links.push(...linksOfTree(file, tree, heapOf(file, heap), new Set(), 0))
    }
    if (kind === messageKinds.linkInfo) {
      group = true
      const flags = file.number(at + 1, 1)
      const heap = at + 2 + (flags & 1 ? 8 : 0)
      links.push(...linksOfHeap(file, heap))
    }
    if (kind === messageKinds.link) {
      group = true
      const link = readLink(file, at)
      if (link) links.push(link)
    }
  }
  return group ? links : null
}

/** Links of a group with many, in the order of their names. @param at  of the addresses of their heap and index */
function linksOfHeap(file: Hdf5Bytes, at: number): Link[] {
  const [heap, index] = [0, 1].map((i) => file.number(at + i * file.addressBytes, file.addressBytes))
  if (heap === Infinity) return []
  const objectAt = openHeap(file, heap)
  return recordsOf(file, index, linkNames)
    .places.flatMap((place) => readLink(file, objectAt(place + hashBytes)) ?? [])
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A hard link; others lead out of the file or to an object that has a hard one. */
function readLink(file: Hdf5Bytes, start: number): Link | null {
  const at = cursor(file, start)
  const version = at.take(1)
  const flags = at.take(1)
  if (version !== 1) throw corrupt(`a link has version ${version}`)
  const kind = flags & 8 ? at.take(1) : 0
  at.skip((flags & 4 ? 8 : 0) + (flags & 16 ? 1 : 0))
  const length = at.take(1 << (flags & 3))
  const name = new TextDecoder().decode(file.part(at.at(), length))
  at.skip(length)
  return kind === 0 ? { name, address: at.address() } : null
}

/** The names of a group of the older form. */
function heapOf(file: Hdf5Bytes, at: number): (offset: number) => string {
  if (!file.hasMark(at, 'HEAP')) throw corrupt(`no names of a group are at byte ${at}`)
  const head = cursor(file, at + 8)
  const size = head.length()
  head.length()
  const names = file.part(head.address(), size)
  return (offset) => {
    const end = names.indexOf(0, offset)
    if (offset >= names.length || end < 0) throw corrupt('a name of a group does not end')
    return new TextDecoder().decode(names.subarray(offset, end))
  }
}

function linksOfTree(
  file: Hdf5Bytes,
  at: number,
  nameAt: (offset: number) => string,
  seen: Set<number>,
  depth: number,
): Link[] {
  if (depth > deepestGroup || seen.has(at)) throw corrupt('the index of a group leads back to itself')
  seen.add(at)
  const { addressBytes: width } = file
  if (file.hasMark(at, 'SNOD')) {
    const count = file.number(at + 6, 2)
    const each = 2 * width + 24
    file.part(at + 8, count * each)
    return Array.from({ length: count }, (_, i) => ({
      name: nameAt(file.number(at + 8 + i * each, width)),
      address: file.number(at + 8 + i * each + width, width),
    })).filter(({ address }) => address !== Infinity)
  }
  if (!file.hasMark(at, 'TREE') || file.number(at + 4, 1) !== 0)
    throw corrupt(`no index of a group is at byte ${at}`)
  const count = file.number(at + 6, 2)
  const first = at + 8 + 2 * width + file.lengthBytes
  const each = width + file.lengthBytes
  file.part(first, count * each)
  return Array.from({ length: count }, (_, i) => file.number(first + i * each, width)).flatMap((child) =>
    linksOfTree(file, child, nameAt, seen, depth + 1),
  )
}
