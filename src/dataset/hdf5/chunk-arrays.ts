import { corrupt, cursor, type Hdf5Bytes } from './hdf5-bytes.ts'

/** What an index tells of the chunk at a place of its own order: where it is, and how packed. */
export interface IndexedChunk {
  /** In the order of the index. */
  index: number
  at: number
  /** Bytes in the file; 0: as many as the chunk has. */
  packed: number
  /** Bit i: filter i was left out. */
  skipped: number
}

/** How an element of an index is stored, and the marks of its parts. */
interface Elements {
  filtered: boolean
  bytes: number
}

/** Elements of an index that lie one after another, those of chunks that were written. */
function* elementsAt(
  file: Hdf5Bytes,
  at: number,
  { filtered, bytes }: Elements,
  first: number,
  count: number,
): Generator<IndexedChunk> {
  file.part(at, count * bytes)
  for (let i = 0; i < count; i++) {
    const place = at + i * bytes
    const address = file.number(place, file.addressBytes)
    if (address === Infinity) continue
    const packed = filtered ? file.number(place + file.addressBytes, bytes - file.addressBytes - 4) : 0
    const skipped = filtered ? file.number(place + bytes - 4, 4) : 0
    yield { index: first + i, at: address, packed, skipped }
  }
}

function readElements(file: Hdf5Bytes, client: number, bytes: number): Elements {
  const filtered = client === 1
  const rest = bytes - file.addressBytes
  if (client > 1 || (filtered ? rest < 5 || rest > 12 : rest !== 0))
    throw corrupt(`an index of chunks has elements of ${bytes} bytes of kind ${client}`)
  return { filtered, bytes }
}

/** Of a field of bits, the highest of each byte first. */
const bitAt = (file: Hdf5Bytes, at: number, bit: number): boolean =>
  ((file.number(at + (bit >> 3), 1) >> (7 - (bit & 7))) & 1) === 1

/**
 * Chunks of an array that cannot grow. Source: HDF5 File Format Specification 3.0, VII.C (fixed array).
 *
 * @param most  chunks that there are at most
 */
export function* fixedArray(file: Hdf5Bytes, at: number, most: number): Generator<IndexedChunk> {
  if (!file.hasMark(at, 'FAHD')) throw corrupt(`no index of chunks is at byte ${at}`)
  const head = cursor(file, at + 5)
  const elements = readElements(file, head.take(1), head.take(1))
  const pageBits = head.take(1)
  const count = head.length()
  const block = head.address()
  if (count > most || pageBits > 30) throw corrupt(`an index has ${count} places for ${most} chunks`)
  if (block === Infinity) return
  if (!file.hasMark(block, 'FADB')) throw corrupt(`no index of chunks is at byte ${block}`)
  const first = block + 6 + file.addressBytes
  const inPage = 2 ** pageBits
  if (count <= inPage) return yield* elementsAt(file, first, elements, 0, count)
  const pages = Math.ceil(count / inPage)
  let place = first + Math.ceil(pages / 8) + 4
  for (let page = 0; page < pages; page++) {
    const inThis = Math.min(inPage, count - page * inPage)
    if (bitAt(file, first, page)) yield* elementsAt(file, place, elements, page * inPage, inThis)
    place += inPage * elements.bytes + 4
  }
}

/**
 * Chunks of an array that can grow along one axis, which its index counts slowest. Source: HDF5 File Format Specification 3.0, VII.D
 * (extensible array).
 *
 * @param most  chunks that are asked for: the index may have places for more
 */
export function* extensibleArray(file: Hdf5Bytes, at: number, most: number): Generator<IndexedChunk> {
  if (!file.hasMark(at, 'EAHD')) throw corrupt(`no index of chunks is at byte ${at}`)
  const head = cursor(file, at + 5)
  const elements = readElements(file, head.take(1), head.take(1))
  const [maxBits, inIndex, leastInBlock, leastPointers, pageBits] = Array.from({ length: 5 }, () =>
    head.take(1),
  )
  head.skip(6 * file.lengthBytes)
  const index = head.address()
  const power = (value: number) => value >= 1 && Number.isInteger(Math.log2(value))
  if (maxBits > 64 || pageBits > 30 || !power(leastInBlock) || !power(leastPointers))
    throw corrupt(
      `an index has blocks of ${leastInBlock} chunks and ${leastPointers} of them, ${maxBits} bits in all`,
    )
  if (index === Infinity) return
  if (!file.hasMark(index, 'EAIB')) throw corrupt(`no index of chunks is at byte ${index}`)
  const offsetBytes = Math.ceil(maxBits / 8)
  const inPage = 2 ** pageBits
  const before = 6 + file.addressBytes
  /** Data blocks of the group with this number, and chunks in each. */
  const blocksOf = (group: number) => 2 ** Math.floor(group / 2)
  const chunksOf = (group: number) => leastInBlock * 2 ** Math.floor((group + 1) / 2)

  /** @param written  whether a page of the block was */
  function* dataBlock(block: number, first: number, count: number, written: (page: number) => boolean) {
    if (block === Infinity) return
    if (!file.hasMark(block, 'EADB')) throw corrupt(`no part of an index of chunks is at byte ${block}`)
    let place = block + before + offsetBytes
    if (count <= inPage) return yield* elementsAt(file, place, elements, first, count)
    place += 4
    for (let page = 0; page < count / inPage; page++) {
      if (written(page)) yield* elementsAt(file, place, elements, first + page * inPage, inPage)
      place += inPage * elements.bytes + 4
    }
  }

  yield* elementsAt(file, index + before, elements, 0, inIndex)
  const blocks = cursor(file, index + before + inIndex * elements.bytes)
  const direct = 2 * Math.log2(leastPointers)
  let first = inIndex
  const groups = 1 + maxBits - Math.log2(leastInBlock)
  for (let group = 0; group < groups && first < most; group++) {
    const [count, chunks] = [blocksOf(group), chunksOf(group)]
    if (group < direct) {
      for (let i = 0; i < count; i++, first += chunks)
        yield* dataBlock(blocks.address(), first, chunks, () => true)
      continue
    }
    const place = blocks.address()
    if (place === Infinity) {
      first += count * chunks
      continue
    }
    if (!file.hasMark(place, 'EASB')) throw corrupt(`no part of an index of chunks is at byte ${place}`)
    const pages = chunks > inPage ? chunks / inPage : 0
    const bits = place + before + offsetBytes
    const addresses = cursor(file, bits + count * Math.ceil(pages / 8))
    for (let i = 0; i < count && first < most; i++, first += chunks)
      yield* dataBlock(addresses.address(), first, chunks, (page) => bitAt(file, bits, i * pages + page))
  }
}
