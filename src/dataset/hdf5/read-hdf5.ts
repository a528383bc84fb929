import { AppError } from '../../errors.ts'
import type { NamedArray } from '../named-arrays.ts'
import { maxValues, type PassedOver } from '../table.ts'
import { readDatatype, readerOf, type ElementType, type NumberType } from './datatype.ts'
import { readFilters } from './filters.ts'
import { listObjects, type Hdf5Object } from './groups.ts'
import { corrupt, hdf5Bytes, unsupported, type Hdf5Bytes } from './hdf5-bytes.ts'
import { readElements, readLayout } from './layout.ts'
import { messageKinds, readMessages, type Message } from './object-header.ts'

export interface Hdf5File {
  arrays: NamedArray[]
  /** What holds no numbers. */
  others: PassedOver[]
}

/**
 * The arrays of numbers in an HDF5 file as h5py, PyTables and MATLAB write them: contiguous, compact or in chunks, packed with gzip or
 * not, shuffled or not, with or without checksums; of structured arrays each member with numbers is an array, named path/member. Files of
 * the newest form are read like those of the oldest; links out of the file are not followed.
 *
 * Source: HDF5 File Format Specification 3.0.
 * @throws AppError 'data/corrupt', or 'data/unsupported' for what is too large or packed in another way
 */
export function openHdf5(bytes: Uint8Array): Hdf5File {
  const file = hdf5Bytes(bytes)
  const objects = listObjects(file, rootOf(file))
  const arrays: NamedArray[] = []
  const others: PassedOver[] = []
  for (const object of objects) {
    const found = arraysOf(file, object)
    if (typeof found === 'string') others.push({ name: object.path, why: found })
    else arrays.push(...found)
  }
  return { arrays, others }
}

/** Address of the root group; widths of addresses and lengths are taken from the same place. */
function rootOf(file: Hdf5Bytes): number {
  const version = file.number(8, 1)
  if (version > 3)
    throw unsupported(
      `the HDF5 file has a beginning of version ${version}, 0 to 3 are read`,
      'write it again with h5py',
    )
  const older = version < 2
  const [addressBytes, lengthBytes] = [file.number(older ? 13 : 9, 1), file.number(older ? 14 : 10, 1)]
  const good = (width: number) => [2, 4, 8].includes(width)
  if (!good(addressBytes) || !good(lengthBytes))
    throw corrupt(`its addresses have ${addressBytes} bytes, its lengths ${lengthBytes}`)
  Object.assign(file, { addressBytes, lengthBytes })
  const end = file.number(
    older ? (version === 0 ? 24 : 28) + 2 * addressBytes : 12 + 2 * addressBytes,
    addressBytes,
  )
  if (end !== Infinity && end > file.bytes.length)
    throw corrupt(`it has ${file.bytes.length} of ${end} bytes, so it is cut short`)
  return older
    ? file.number((version === 0 ? 24 : 28) + 5 * addressBytes, addressBytes)
    : file.number(12 + 3 * addressBytes, addressBytes)
}

/** The arrays of numbers of an object, or what it holds in place of them. */
function arraysOf(file: Hdf5Bytes, { path, messages }: Hdf5Object): NamedArray[] | string {
  const messageOf = (kind: number) => messages.find((message) => message.kind === kind)
  const { dataspace, datatype, layout, filters: pipelines, fill } = messageKinds
  const [space, stored, place] = [dataspace, datatype, layout].map(messageOf)
  if (space === undefined || stored === undefined || place === undefined) return 'no array'
  const { shape, largest } = readShape(file, space.at)
  if (shape === null) return 'nothing'
  const { type } = readDatatype(file, stored.shared ? sharedType(file, stored) : stored.at)
  const parts = numbersOf(type, path)
  if (parts.length === 0) return type.is === 'other' ? type.words : 'records without numbers'
  const [pipeline, filled] = [pipelines, fill].map(messageOf)
  let elements: Promise<Uint8Array> | undefined
  const readAll = async () => {
    const count = shape.reduce((product, n) => product * n, 1)
    if (!(count * Math.max(1, type.size / 8) <= maxValues))
      throw unsupported(
        `${path} of the HDF5 file has ${count} elements of ${type.size} bytes, at most ${maxValues} numbers are read`,
        'split it',
      )
    const filters = pipeline === undefined ? [] : readFilters(file, pipeline.at)
    const fill = filled === undefined ? undefined : readFill(file, filled.at, type.size)
    const array = { shape, largest, size: type.size, filters, fill }
    return readElements(file, path, readLayout(file, place.at, path), array)
  }
  return parts.map(({ name, offset, number }) => ({
    name,
    // A single number stands for a list of one.
    shape: shape.length === 0 ? [1] : shape,
    read: async () => {
      const all = await (elements ??= readAll())
      const view = new DataView(all.buffer, all.byteOffset, all.byteLength)
      const read = readerOf(number)
      return Float64Array.from({ length: all.length / type.size }, (_, i) => {
        const value = read(view, i * type.size + offset)
        if (number.size === 8 && number.kind !== 'float' && !Number.isSafeInteger(value))
          throw new AppError(
            'data/unsupported',
            `${name} of the HDF5 file holds the integer ${value}, beyond ±${Number.MAX_SAFE_INTEGER} where doubles are exact; save it as '<f8'`,
          )
        return value
      })
    },
  }))
}

/** Numbers of an element, with their places in it. */
function numbersOf(
  type: ElementType,
  path: string,
  offset = 0,
): { name: string; offset: number; number: NumberType }[] {
  if (type.is === 'number') return [{ name: path, offset, number: type.type }]
  if (type.is === 'other') return []
  return type.members.flatMap(({ name, at, type: member }) =>
    numbersOf(member, `${path}/${name}`, offset + at),
  )
}

const highestRank = 32

/** Of a dataspace message: shape [] for a single element, null for none. Source: HDF5 File Format Specification 3.0, IV.A.2.b. */
function readShape(file: Hdf5Bytes, at: number): { shape: number[] | null; largest: number[] } {
  const version = file.number(at, 1)
  const rank = file.number(at + 1, 1)
  if ((version !== 1 && version !== 2) || rank > highestRank)
    throw corrupt(`an array of ${rank} dimensions has a shape of version ${version}`)
  if (version === 2 && file.number(at + 3, 1) === 2) return { shape: null, largest: [] }
  const first = at + (version === 1 ? 8 : 4)
  const lengths = (from: number) =>
    Array.from({ length: rank }, (_, axis) =>
      file.number(first + (from + axis) * file.lengthBytes, file.lengthBytes),
    )
  const shape = lengths(0)
  const odd = shape.find((n) => !Number.isSafeInteger(n))
  if (odd !== undefined) throw corrupt(`an array is ${odd} long`)
  const grows = (file.number(at + 2, 1) & 1) !== 0
  return { shape, largest: grows ? lengths(rank) : shape }
}

/** Where a type lies that several arrays share. Source: HDF5 File Format Specification 3.0, IV.A.2, "shared message". */
function sharedType(file: Hdf5Bytes, { at }: Message): number {
  const version = file.number(at, 1)
  const inHeap = version === 3 && file.number(at + 1, 1) === 1
  if (version < 1 || version > 3 || inHeap)
    throw unsupported(
      `the HDF5 file has a shared type of version ${version}`,
      "write it with h5py.File(name, 'w', libver='earliest')",
    )
  const object = file.number(at + (version === 1 ? 8 : 2), file.addressBytes)
  const type = readMessages(file, object).find(({ kind }) => kind === messageKinds.datatype)
  if (!type || type.shared) throw corrupt(`no type is at byte ${object}`)
  return type.at
}

/** What an element is that was never written; undefined: zero. Source: HDF5 File Format Specification 3.0, IV.A.2.f. */
function readFill(file: Hdf5Bytes, at: number, size: number): Uint8Array | undefined {
  const version = file.number(at, 1)
  if (version < 1 || version > 3) throw corrupt(`a fill value has version ${version}`)
  const defined =
    version === 1 || (version === 2 ? file.number(at + 3, 1) === 1 : file.number(at + 1, 1) & 0x20)
  const head = version === 3 ? 2 : 4
  return defined && file.number(at + head, 4) === size ? file.part(at + head + 4, size) : undefined
}
