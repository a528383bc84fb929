import { halfToNumber } from '../npy.ts'
import { corrupt, type Hdf5Bytes } from './hdf5-bytes.ts'

/** A number as it is stored. */
export interface NumberType {
  kind: 'float' | 'signed' | 'unsigned'
  /** Bytes: 1, 2, 4 or 8. */
  size: number
  little: boolean
}

/** Elements of an array: a number, members with numbers (a structured array of NumPy), or neither. */
export type ElementType =
  | { is: 'number'; size: number; type: NumberType }
  | { is: 'members'; size: number; members: { name: string; at: number; type: ElementType }[] }
  | { is: 'other'; size: number; words: string }

const words = [
  ...['integers of odd width', 'floats of odd width', 'times', 'text', 'bits', 'opaque bytes', 'records'],
  ...['references', 'truth values or names of numbers', 'lists of varying length', 'small arrays'],
]

const mostMembers = 4096
const deepest = 4

/**
 * A datatype message, at `at`.
 *
 * @returns the type, and the place behind it
 * Source: HDF5 File Format Specification 3.0, IV.A.2.d.
 */
export function readDatatype(file: Hdf5Bytes, at: number, depth = 0): { type: ElementType; end: number } {
  if (depth > deepest) throw corrupt(`its types lie ${depth} deep`)
  const head = file.number(at, 1)
  const [kind, version] = [head & 15, head >> 4]
  const bits = file.number(at + 1, 3)
  const size = file.number(at + 4, 4)
  const body = at + 8
  if (version < 1 || version > 5 || size === 0)
    throw corrupt(`a type has version ${version} and ${size} bytes`)
  const little = (bits & 1) === 0
  if (kind === 0) {
    const whole =
      [1, 2, 4, 8].includes(size) && file.number(body, 2) === 0 && file.number(body + 2, 2) === 8 * size
    const type: NumberType = { kind: bits & 8 ? 'signed' : 'unsigned', size, little }
    return { type: whole ? { is: 'number', size, type } : other(0, size), end: body + 4 }
  }
  if (kind === 1) {
    const layout = [0, 2, 4, 5, 6, 7].map((offset, i) => file.number(body + offset, i < 2 ? 2 : 1))
    const expected = { 2: [0, 16, 10, 5, 0, 10], 4: [0, 32, 23, 8, 0, 23], 8: [0, 64, 52, 11, 0, 52] }[size]
    const plain = expected?.every((value, i) => value === layout[i]) && (bits & 0x40) === 0
    return {
      type: plain ? { is: 'number', size, type: { kind: 'float', size, little } } : other(1, size),
      end: body + 12,
    }
  }
  if (kind !== 6) return { type: other(kind, size), end: endOfOther(file, kind, bits, body, version, depth) }
  const count = bits & 0xffff
  if (count > mostMembers) throw corrupt(`a type has ${count} members`)
  const members: { name: string; at: number; type: ElementType }[] = []
  let place = body
  for (let i = 0; i < count; i++) {
    const end = file.bytes.indexOf(0, place)
    if (end < 0 || end - place > 1000) throw corrupt('the name of a member does not end')
    const name = new TextDecoder().decode(file.part(place, end - place))
    place = version < 3 ? place + 8 * Math.ceil((end + 1 - place) / 8) : end + 1
    const width = version < 3 ? 4 : size < 256 ? 1 : size < 65_536 ? 2 : size < 2 ** 24 ? 3 : 4
    const offset = file.number(place, width)
    place += width + (version === 1 ? 28 : 0)
    const dimensions = version === 1 ? file.number(place - 28, 1) : 0
    const member = readDatatype(file, place, depth + 1)
    const type = dimensions === 0 ? member.type : other(10, member.type.size)
    // What follows a member whose length is not known is not reached.
    if (!(offset + type.size <= size)) throw corrupt(`member ${name.slice(0, 40)} lies outside of its record`)
    members.push({ name, at: offset, type })
    if (Number.isNaN(member.end)) {
      if (i + 1 < count) return { type: other(6, size), end: NaN }
      break
    }
    place = member.end
  }
  return { type: { is: 'members', size, members }, end: place }
}

/** Where a type ends that holds no numbers; NaN where that is not known. */
function endOfOther(
  file: Hdf5Bytes,
  kind: number,
  bits: number,
  body: number,
  version: number,
  depth: number,
): number {
  if (kind === 3 || kind === 7) return body
  if (kind === 4) return body + 4
  if (kind !== 8) return NaN
  const base = readDatatype(file, body, depth + 1)
  let place = base.end
  for (let i = 0; i < (bits & 0xffff) && i < mostMembers; i++) {
    const end = file.bytes.indexOf(0, place)
    if (end < 0) throw corrupt('the name of a value does not end')
    place = version < 3 ? place + 8 * Math.ceil((end + 1 - place) / 8) : end + 1
  }
  return place + (bits & 0xffff) * base.type.size
}

function other(kind: number, size: number): ElementType {
  return { is: 'other', size, words: words[kind] ?? `type ${kind}` }
}

/** Reads one number. @param at  in bytes of `view` */
export function readerOf({ kind, size, little }: NumberType): (view: DataView, at: number) => number {
  if (kind === 'float') {
    if (size === 2) return (view, at) => halfToNumber(view.getUint16(at, little))
    return size === 4 ? (view, at) => view.getFloat32(at, little) : (view, at) => view.getFloat64(at, little)
  }
  const signed = kind === 'signed'
  if (size === 1) return (view, at) => (signed ? view.getInt8(at) : view.getUint8(at))
  if (size === 2) return (view, at) => (signed ? view.getInt16(at, little) : view.getUint16(at, little))
  if (size === 4) return (view, at) => (signed ? view.getInt32(at, little) : view.getUint32(at, little))
  return (view, at) => Number(signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little))
}
