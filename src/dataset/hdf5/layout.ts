import { corrupt, cursor, unsupported, type Hdf5Bytes } from './hdf5-bytes.ts'
import { checkFilters, unfilter, type Filter } from './filters.ts'

/** Where the elements of an array lie. */
export type Layout =
  | { is: 'bytes'; at: number; length: number }
  | {
      is: 'chunks'
      index: 'tree' | 'single' | 'row'
      at: number
      chunk: number[]
      packed: number
      skipped: number
    }

const maxChunkBytes = 64 * 1024 * 1024

/** A layout message. Source: HDF5 File Format Specification 3.0, IV.A.2.i. */
export function readLayout(file: Hdf5Bytes, start: number, path: string): Layout {
  const at = cursor(file, start)
  const version = at.take(1)
  if (version < 3 || version > 4)
    throw unsupported(
      `${path} of the HDF5 file is laid out in version ${version}, 3 and 4 are read`,
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
    return { is: 'chunks', index: 'tree', at: address, chunk, packed: 0, skipped: 0 }
  }
  const flags = at.take(1)
  const rank = at.take(1)
  const width = at.take(1)
  const chunk = Array.from({ length: rank }, () => at.take(width)).slice(0, -1)
  const index = at.take(1)
  if (index !== 1 && index !== 2)
    throw unsupported(
      `${path} of the HDF5 file has chunks in the newest form`,
      "write it with h5py.File(name, 'w', libver='earliest')",
    )
  const filtered = index === 1 && (flags & 2) !== 0
  const packed = filtered ? at.length() : 0
  const skipped = filtered ? at.take(4) : 0
  return { is: 'chunks', index: index === 1 ? 'single' : 'row', at: at.address(), chunk, packed, skipped }
}

interface Chunk {
  at: number
  packed: number
  skipped: number
  /** Of its first element. */
  from: number[]
}

/** All bytes of an array, chunks put in their places; what was never written is zero. */
export async function readElements(
  file: Hdf5Bytes,
  path: string,
  layout: Layout,
  { shape, size, filters }: { shape: readonly number[]; size: number; filters: readonly Filter[] },
): Promise<Uint8Array> {
  const bytes = size * shape.reduce((product, n) => product * n, 1)
  if (layout.is === 'bytes') {
    if (layout.at === Infinity) return new Uint8Array(bytes)
    if (layout.length < bytes)
      throw corrupt(`${path} has ${layout.length} bytes where ${bytes} are announced`)
    return file.part(layout.at, bytes)
  }
  checkFilters(path, filters)
  const { chunk } = layout
  const chunkBytes = size * chunk.reduce((product, n) => product * n, 1)
  if (chunk.length !== shape.length || !(chunkBytes > 0 && chunkBytes <= maxChunkBytes))
    throw corrupt(`${path} has chunks of ${chunkBytes} bytes in ${chunk.length} dimensions`)
  const all = new Uint8Array(bytes)
  if (layout.at === Infinity) return all
  const most = shape.reduce((product, n, axis) => product * Math.ceil(n / chunk[axis]), 1)
  let count = 0
  for (const each of chunksOf(file, layout, shape, chunkBytes)) {
    if (count++ === most) throw corrupt(`${path} has more than ${most} chunks`)
    if (each.from.some((from, axis) => from >= shape[axis] || from % chunk[axis] !== 0))
      throw corrupt(`${path} has a chunk at (${each.from.join(', ')}) of (${shape.join(', ')})`)
    const plain = await unfilter(file.part(each.at, each.packed), filters, each.skipped, chunkBytes)
    place(all, plain, each.from, chunk, shape, size)
  }
  return all
}

function* chunksOf(
  file: Hdf5Bytes,
  { index, at, chunk, packed, skipped }: Extract<Layout, { is: 'chunks' }>,
  shape: readonly number[],
  chunkBytes: number,
): Generator<Chunk> {
  if (index === 'tree') return yield* chunksOfTree(file, at, shape.length, new Set())
  const along = shape.map((n, axis) => Math.ceil(n / chunk[axis]))
  const count = index === 'single' ? 1 : along.reduce((product, n) => product * n, 1)
  for (let i = 0; i < count; i++) {
    let rest = i
    const from = along.map(() => 0)
    for (let axis = along.length - 1; axis >= 0; axis--) {
      from[axis] = (rest % along[axis]) * chunk[axis]
      rest = Math.floor(rest / along[axis])
    }
    yield { at: at + i * chunkBytes, packed: packed || chunkBytes, skipped, from }
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
