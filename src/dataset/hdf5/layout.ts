import { recordsOf } from './btree-v2.ts'
import { extensibleArray, fixedArray, type IndexedChunk } from './chunk-arrays.ts'
import { corrupt, cursor, unsupported, type Hdf5Bytes } from './hdf5-bytes.ts'
import { checkFilters, unfilter, type Filter } from './filters.ts'

/** Where the elements of an array lie. */
export type Layout =
  | { is: 'bytes'; at: number; length: number }
  | {
      is: 'chunks'
      index: ChunkIndex
      at: number
      chunk: number[]
      packed: number
      skipped: number
      /** Chunks that reach over an edge are not packed. */
      plainEdges: boolean
    }

type ChunkIndex = 'tree' | (typeof newerIndices)[number]

/** In the order of their numbers, from 1 on. */
const newerIndices = ['single', 'row', 'fixed', 'extensible', 'tree-2'] as const
/** Bytes of what a layout message says of an index; of a single chunk only where it is packed. */
const indexFacts = { single: 0, row: 0, fixed: 1, extensible: 5, 'tree-2': 6 }

const maxChunkBytes = 64 * 1024 * 1024

/** A layout message. Source: HDF5 File Format Specification 3.0, IV.A.2.i. */
export function readLayout(file: Hdf5Bytes, start: number, path: string): Layout {
  const at = cursor(file, start)
  const version = at.take(1)
  if (version < 3 || version > 5)
    throw unsupported(
      `${path} of the HDF5 file is laid out in version ${version}, 3 to 5 are read`,
      'write it again with h5py',
    )
  const kind = at.take(1)
  if (kind === 0) {
    const length = at.take(2)
    return { is: 'bytes', at: at.at(), length }
  }
  if (kind === 1) return { is: 'bytes', at: at.address(), length: at.length() }
  if (kind !== 2) throw unsupported(`${path} of the HDF5 file lies in other files`, 'write one complete file')
  if (version === 3) {
    const rank = at.take(1)
    const address = at.address()
    const chunk = Array.from({ length: rank }, () => at.take(4)).slice(0, -1)
    return { is: 'chunks', index: 'tree', at: address, chunk, packed: 0, skipped: 0, plainEdges: false }
  }
  const flags = at.take(1)
  const rank = at.take(1)
  const width = at.take(1)
  const chunk = Array.from({ length: rank }, () => at.take(width)).slice(0, -1)
  const number = at.take(1)
  if (!(number >= 1 && number <= newerIndices.length))
    throw corrupt(`${path} has chunks with an index of kind ${number}`)
  const index = newerIndices[number - 1]
  const filtered = index === 'single' && (flags & 2) !== 0
  const packed = filtered ? at.length() : 0
  const skipped = filtered ? at.take(4) : 0
  at.skip(indexFacts[index])
  return { is: 'chunks', index, at: at.address(), chunk, packed, skipped, plainEdges: (flags & 1) !== 0 }
}

interface Chunk {
  at: number
  packed: number
  skipped: number
  /** Of its first element. */
  from: number[]
}

export interface StoredArray {
  shape: readonly number[]
  /** To which it may grow; Infinity: without limit. */
  largest: readonly number[]
  /** Bytes of an element. */
  size: number
  filters: readonly Filter[]
  /** What an element is that was never written [size]; absent: zero. */
  fill?: Uint8Array
}

/** All bytes of an array, chunks put in their places; what was never written is what the file says it is. */
export async function readElements(
  file: Hdf5Bytes,
  path: string,
  layout: Layout,
  array: StoredArray,
): Promise<Uint8Array> {
  const { shape, size, filters } = array
  const bytes = size * shape.reduce((product, n) => product * n, 1)
  if (layout.is === 'bytes') {
    if (layout.at === Infinity) return unwritten(bytes, array.fill)
    if (layout.length < bytes)
      throw corrupt(`${path} has ${layout.length} bytes where ${bytes} are announced`)
    return file.part(layout.at, bytes)
  }
  checkFilters(path, filters)
  const { chunk } = layout
  const chunkBytes = size * chunk.reduce((product, n) => product * n, 1)
  if (chunk.length !== shape.length || !(chunkBytes > 0 && chunkBytes <= maxChunkBytes))
    throw corrupt(`${path} has chunks of ${chunkBytes} bytes in ${chunk.length} dimensions`)
  const all = unwritten(bytes, array.fill)
  if (layout.at === Infinity) return all
  const along = shape.map((n, axis) => Math.ceil(n / chunk[axis]))
  const most = along.reduce((product, n) => product * n, 1)
  let count = 0
  for (const each of chunksOf(file, layout, array, chunkBytes)) {
    // An array that was made smaller may keep chunks beyond its edge.
    if (layout.index !== 'tree' && each.from.some((from, axis) => from >= shape[axis])) continue
    if (count++ === most) throw corrupt(`${path} has more than ${most} chunks`)
    if (each.from.some((from, axis) => from >= shape[axis] || from % chunk[axis] !== 0))
      throw corrupt(`${path} has a chunk at (${each.from.join(', ')}) of (${shape.join(', ')})`)
    const edge = layout.plainEdges && each.from.some((from, axis) => from + chunk[axis] > shape[axis])
    const packed = file.part(each.at, edge ? chunkBytes : each.packed)
    const plain = edge ? packed : await unfilter(packed, filters, each.skipped, chunkBytes)
    place(all, plain, each.from, chunk, shape, size)
  }
  return all
}

function unwritten(bytes: number, fill?: Uint8Array): Uint8Array {
  const all = new Uint8Array(bytes)
  if (fill?.some((byte) => byte !== 0)) for (let at = 0; at < bytes; at += fill.length) all.set(fill, at)
  return all
}

function* chunksOf(
  file: Hdf5Bytes,
  { index, at, chunk, packed, skipped }: Extract<Layout, { is: 'chunks' }>,
  { shape, largest, filters }: StoredArray,
  chunkBytes: number,
): Generator<Chunk> {
  const rank = shape.length
  if (index === 'tree') return yield* chunksOfTree(file, at, rank, new Set())
  if (index === 'tree-2') return yield* chunksOfNewerTree(file, at, chunk, filters.length > 0, chunkBytes)
  if (index === 'single')
    return yield { at, packed: packed || chunkBytes, skipped, from: Array.from({ length: rank }, () => 0) }
  // Indices count chunks of the largest shape; the axis without a limit, where there is one, slowest.
  const free = index === 'extensible' ? largest.indexOf(Infinity) : -1
  const axes = shape.map((_, axis) => axis)
  if (free > 0) axes.unshift(...axes.splice(free, 1))
  const along = axes.map((axis) => Math.ceil((axis === free ? shape : largest)[axis] / chunk[axis]))
  const all = along.reduce((product, n) => product * n, 1)
  if (!Number.isSafeInteger(all)) throw corrupt(`an index has ${all} chunks`)
  for (const each of indexed(file, index, at, all, chunkBytes)) {
    let rest = each.index
    const from = shape.map(() => 0)
    for (let i = rank - 1; i > 0; i--) {
      from[axes[i]] = (rest % along[i]) * chunk[axes[i]]
      rest = Math.floor(rest / along[i])
    }
    from[axes[0]] = rest * chunk[axes[0]]
    yield { at: each.at, packed: each.packed || chunkBytes, skipped: each.skipped, from }
  }
}

/** @param all  chunks of the largest shape, of the present one along an axis without a limit */
function* indexed(
  file: Hdf5Bytes,
  index: 'row' | 'fixed' | 'extensible',
  at: number,
  all: number,
  chunkBytes: number,
): Generator<IndexedChunk> {
  if (index === 'fixed') yield* fixedArray(file, at, all)
  else if (index === 'extensible') yield* extensibleArray(file, at, all)
  else
    for (let i = 0; i < all; i++) yield { index: i, at: at + i * chunkBytes, packed: chunkBytes, skipped: 0 }
}

/** Chunks of an array that can grow along several axes. Source: HDF5 File Format Specification 3.0, III.A.2, records 10 and 11. */
function* chunksOfNewerTree(
  file: Hdf5Bytes,
  at: number,
  chunk: readonly number[],
  filtered: boolean,
  chunkBytes: number,
): Generator<Chunk> {
  const { places, bytes } = recordsOf(file, at, filtered ? 11 : 10)
  const { addressBytes: width } = file
  const packedBytes = bytes - width - 8 * chunk.length - (filtered ? 4 : 0)
  if (filtered ? packedBytes < 1 || packedBytes > 8 : packedBytes !== 0)
    throw corrupt(`an index has records of ${bytes} bytes for chunks of ${chunk.length} dimensions`)
  for (const place of places) {
    const record = cursor(file, place)
    const address = record.address()
    const packed = filtered ? record.take(packedBytes) : chunkBytes
    const skipped = filtered ? record.take(4) : 0
    yield { at: address, packed, skipped, from: chunk.map((n) => record.take(8) * n) }
  }
}

/** Leaves of a version 1 B-tree of chunks. Source: HDF5 File Format Specification 3.0, III.A.1. */
function* chunksOfTree(file: Hdf5Bytes, at: number, rank: number, seen: Set<number>): Generator<Chunk> {
  if (seen.has(at)) throw corrupt('the index of chunks leads back to itself')
  seen.add(at)
  if (!file.hasMark(at, 'TREE') || file.number(at + 4, 1) !== 1)
    throw corrupt(`no index of chunks is at byte ${at}`)
  const level = file.number(at + 5, 1)
  const count = file.number(at + 6, 2)
  const keyBytes = 8 + 8 * (rank + 1)
  let place = at + 8 + 2 * file.addressBytes
  for (let i = 0; i < count; i++) {
    const child = file.number(place + keyBytes, file.addressBytes)
    if (level > 0) yield* chunksOfTree(file, child, rank, seen)
    else
      yield {
        ...{ at: child, packed: file.number(place, 4), skipped: file.number(place + 4, 4) },
        from: Array.from({ length: rank }, (_, axis) => file.number(place + 8 + 8 * axis, 8)),
      }
    place += keyBytes + file.addressBytes
  }
}

/** Copies the rows of a chunk; what reaches over the edge of the array is padding. */
function place(
  into: Uint8Array,
  chunkBytes: Uint8Array,
  from: readonly number[],
  chunk: readonly number[],
  shape: readonly number[],
  size: number,
): void {
  const last = shape.length - 1
  const run = Math.min(chunk[last], shape[last] - from[last]) * size
  const lines = chunk.slice(0, last).reduce((product, n) => product * n, 1)
  for (let line = 0; line < lines; line++) {
    let rest = line
    let target = from[last]
    let stride = shape[last]
    let inside = true
    for (let axis = last - 1; axis >= 0; axis--) {
      const index = from[axis] + (rest % chunk[axis])
      rest = Math.floor(rest / chunk[axis])
      inside &&= index < shape[axis]
      target += index * stride
      stride *= shape[axis]
    }
    if (inside)
      into.set(chunkBytes.subarray(line * chunk[last] * size, line * chunk[last] * size + run), target * size)
  }
}
