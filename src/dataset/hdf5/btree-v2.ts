import { corrupt, cursor, type Hdf5Bytes } from './hdf5-bytes.ts'

const deepest = 32
/** Mark, version and kind before the records of a node, its checksum behind them. */
const nodeBytes = 10

/** Bytes that hold any number up to this one. */
export const bytesFor = (limit: number): number => Math.floor(Math.log2(limit) / 8) + 1

/**
 * The records of a B-tree of version 2, in its order. Source: HDF5 File Format Specification 3.0, III.A.2.
 *
 * @param kind  that its records must have
 * @returns the place of each record in the file, and the bytes of one
 */
export function recordsOf(file: Hdf5Bytes, at: number, kind: number): { places: number[]; bytes: number } {
  if (!file.hasMark(at, 'BTHD') || file.number(at + 5, 1) !== kind)
    throw corrupt(`no index of kind ${kind} is at byte ${at}`)
  const head = cursor(file, at + 6)
  const node = head.take(4)
  const bytes = head.take(2)
  const depth = head.take(2)
  head.skip(2) // shares at which nodes are split and merged
  const root = head.address()
  const inRoot = head.take(2)
  const total = head.length()
  if (bytes === 0 || depth > deepest || !(node > nodeBytes + bytes))
    throw corrupt(`an index has nodes of ${node} bytes, ${depth} deep, and records of ${bytes}`)
  // What is announced must fit into the file: no loop is longer than it.
  if (!(total * bytes <= file.bytes.length)) throw corrupt(`an index announces ${total} records`)
  const places: number[] = []
  if (total === 0 || root === Infinity) return { places, bytes }
  const most = [Math.floor((node - nodeBytes) / bytes)]
  const countBytes = bytesFor(most[0])
  /** Bytes of the number of all records below a child at this depth. */
  const totalBytes = [0]
  let below = most[0]
  for (let level = 1; level <= depth; level++) {
    const pointer = file.addressBytes + countBytes + totalBytes[level - 1]
    most.push(Math.floor((node - nodeBytes - pointer) / (bytes + pointer)))
    below = (most[level] + 1) * below + most[level]
    totalBytes.push(bytesFor(below))
  }
  const seen = new Set<number>()
  const visit = (place: number, count: number, level: number): void => {
    if (seen.has(place)) throw corrupt('an index leads back to itself')
    seen.add(place)
    if (!file.hasMark(place, level > 0 ? 'BTIN' : 'BTLF') || count > most[level])
      throw corrupt(`no node of an index is at byte ${place}`)
    const first = place + 6
    file.part(first, count * bytes)
    const children = cursor(file, first + count * bytes)
    for (let i = 0; i <= count; i++) {
      if (level > 0) {
        const child = children.address()
        const inChild = children.take(countBytes)
        children.skip(totalBytes[level - 1])
        visit(child, inChild, level - 1)
      }
      if (i < count) places.push(first + i * bytes)
      if (places.length > total)
        throw corrupt(`an index has more records than the ${total} that it announces`)
    }
  }
  visit(root, inRoot, depth)
  if (places.length !== total) throw corrupt(`an index has ${places.length} of ${total} records`)
  return { places, bytes }
}
