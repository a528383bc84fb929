import { corrupt, cursor, type Hdf5Bytes } from './hdf5-bytes.ts'

export const messageKinds = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  fill: 0x05,
  link: 0x06,
  layout: 0x08,
  filters: 0x0b,
  continuation: 0x10,
  symbolTable: 0x11,
} as const

/** One message of an object: what kind, and where its body lies. */
export interface Message {
  kind: number
  at: number
  length: number
  /** Of another object, which is named in its place. */
  shared: boolean
}

const mostMessages = 10_000
const mostBlocks = 1000

/** All messages of an object. Source: HDF5 File Format Specification 3.0, IV.A.1. */
export function readMessages(file: Hdf5Bytes, at: number): Message[] {
  const messages: Message[] = []
  const newer = file.hasMark(at, 'OHDR')
  const head = cursor(file, newer ? at + 4 : at)
  const version = head.take(1)
  if (version !== (newer ? 2 : 1))
    throw corrupt(`the object at byte ${at} has a header of version ${version}`)
  let ordered = false
  const blocks: { at: number; end: number }[] = []
  if (newer) {
    const flags = head.take(1)
    ordered = (flags & 4) !== 0
    head.skip((flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0))
    const length = head.take(1 << (flags & 3))
    blocks.push({ at: head.at(), end: head.at() + length })
  } else {
    head.skip(7) // a reserved byte, the number of messages, which blocks tell as well, and of references
    const length = head.take(4)
    blocks.push({ at: at + 16, end: at + 16 + length })
  }
  const headBytes = newer ? (ordered ? 6 : 4) : 8
  for (let b = 0; b < blocks.length; b++) {
    if (b === mostBlocks) throw corrupt(`the object at byte ${at} goes on ${mostBlocks} times`)
    const { at: start, end } = blocks[b]
    file.part(start, end - start)
    for (let place = start; place + headBytes <= end;) {
      const kind = file.number(place, newer ? 1 : 2)
      const length = file.number(place + (newer ? 1 : 2), 2)
      const body = place + headBytes
      place = body + length
      if (place > end) throw corrupt(`a part of the object at byte ${at} is longer than its block`)
      if (messages.length === mostMessages)
        throw corrupt(`the object at byte ${at} has ${mostMessages} parts`)
      const flags = file.number(body - (newer ? (ordered ? 3 : 1) : 4), 1)
      messages.push({ kind, at: body, length, shared: (flags & 2) !== 0 })
      if (kind !== messageKinds.continuation) continue
      const next = file.number(body, file.addressBytes)
      const size = file.number(body + file.addressBytes, file.lengthBytes)
      if (!newer) blocks.push({ at: next, end: next + size })
      else if (!file.hasMark(next, 'OCHK')) throw corrupt(`the object at byte ${at} goes on at a wrong place`)
      else blocks.push({ at: next + 4, end: next + size - 4 }) // between its mark and a checksum
    }
  }
  return messages
}
