import { corrupt, cursor, unsupported, type Hdf5Bytes } from './hdf5-bytes.ts'

const deepest = 16
const mostBlocks = 100_000

/** A direct block: its place in the file and in the space of its heap, its bytes. */
interface Block {
  at: number
  from: number
  bytes: number
}

/**
 * The objects of a fractal heap, in which groups of many links keep them. Source: HDF5 File Format Specification 3.0, III.G.
 *
 * @returns the place in the file of the object whose identifier lies at a place
 */
export function openHeap(file: Hdf5Bytes, at: number): (identifier: number) => number {
  if (!file.hasMark(at, 'FRHP')) throw corrupt(`no heap is at byte ${at}`)
  const head = cursor(file, at + 7)
  if (head.take(2) !== 0)
    throw unsupported(
      'the HDF5 file has names of objects that are packed by a filter',
      "write it with h5py.File(name, 'w', libver='earliest')",
    )
  head.skip(5 + 10 * file.lengthBytes + 2 * file.addressBytes) // flags, limits, what is free, and counts
  const width = head.take(2)
  const startBytes = head.length()
  const largestDirect = head.length()
  const spaceBytes = Math.ceil(head.take(2) / 8)
  head.skip(2)
  const root = head.address()
  const rootRows = head.take(2)
  const power = (bytes: number) => bytes >= 1 && Number.isInteger(Math.log2(bytes))
  if (!power(startBytes) || !power(largestDirect) || !power(width) || spaceBytes > 8 || rootRows > 64)
    throw corrupt(`a heap has ${width} blocks of ${startBytes} to ${largestDirect} bytes in ${rootRows} rows`)

  const blocks: Block[] = []
  const directRows = Math.log2(largestDirect / startBytes) + 2
  const bytesOfRow = (row: number) => startBytes * 2 ** Math.max(0, row - 1)
  let seen = 0
  const visit = (place: number, from: number, rows: number, depth: number): void => {
    if (depth > deepest || !file.hasMark(place, 'FHIB'))
      throw corrupt(`no blocks of a heap are at byte ${place}`)
    const children = cursor(file, place + 5 + file.addressBytes + spaceBytes)
    let child = from
    for (let row = 0; row < rows; row++) {
      const bytes = bytesOfRow(row)
      for (let i = 0; i < width; i++, child += bytes) {
        if (++seen > mostBlocks) throw corrupt(`a heap has more than ${mostBlocks} blocks`)
        const address = children.address()
        if (address === Infinity) continue
        if (row < directRows) blocks.push({ at: address, from: child, bytes })
        else visit(address, child, Math.log2(bytes / (startBytes * width)) + 1, depth + 1)
      }
    }
  }
  if (root !== Infinity) {
    if (rootRows === 0) blocks.push({ at: root, from: 0, bytes: startBytes })
    else visit(root, 0, rootRows, 0)
  }

  return (identifier) => {
    const kind = (file.number(identifier, 1) >> 4) & 3
    if (kind !== 0)
      throw unsupported(
        'the HDF5 file has an object whose name takes more than 4 kB',
        'give it a shorter name',
      )
    const offset = file.number(identifier + 1, spaceBytes)
    const block = blocks.find(({ from, bytes }) => offset >= from && offset < from + bytes)
    if (!block || !file.hasMark(block.at, 'FHDB')) throw corrupt(`a heap has nothing at ${offset}`)
    return block.at + offset - block.from
  }
}
