import { createGrowingArray } from '../../numerics/growing-array.ts'
import { maxValues } from '../table.ts'
import { basketsOf } from './baskets.ts'
import { corrupt, unsupported } from './faults.ts'
import type { RootFile } from './root-file.ts'
import type { Place, TreeColumn } from './tree-columns.ts'

type Readable = Pick<TreeColumn, 'name'> & { place: Place }

/** Numbers of every entry one after the other, and where each entry begins. */
export interface Lists {
  values: Float64Array
  starts: Uint32Array // [entries + 1]
}

/**
 * The numbers of a column whose entries have one length.
 *
 * @param length  numbers in an entry
 * @param most    entries that are read, from the first one
 * @returns [entries, length] row-major
 * @throws AppError as basketsOf
 */
export async function readNumbers(
  root: RootFile,
  { name, place }: Readable,
  length: number,
  most: number,
): Promise<Float64Array> {
  const { branch, type, offset, stride } = place
  if (stride === null) throw new TypeError(`${name} has entries of several lengths`)
  const entries = Math.min(most, branch.fEntries)
  const values = new Float64Array(entries * length)
  let at = 0
  for await (const basket of basketsOf(root, branch, false)) {
    if (basket.data.byteLength !== basket.entries * stride)
      throw corrupt(
        `the branch ${branch.fName} has ${basket.data.byteLength} bytes for ${basket.entries} entries of ${stride}`,
      )
    for (let i = 0; i < basket.entries && at < values.length; i++)
      for (let k = 0; k < length; k++)
        values[at++] = type.read(basket.data, i * stride + offset + k * type.bytes)
    if (at >= values.length) break
  }
  return values
}

/** The lists of a column whose entries have lengths of their own, or all the same. @throws AppError as basketsOf */
export async function readLists(
  root: RootFile,
  { name, length, place }: Readable & Pick<TreeColumn, 'length'>,
  most: number,
): Promise<Lists> {
  const { branch, type, offset } = place
  const entries = Math.min(most, branch.fEntries)
  const starts = new Uint32Array(entries + 1)
  if (length !== null) {
    for (let i = 0; i <= entries; i++) starts[i] = i * length
    return { values: await readNumbers(root, { name, place }, length, most), starts }
  }
  const values = createGrowingArray()
  for await (const basket of basketsOf(root, branch, true)) {
    if (basket.first >= entries) break
    if (!basket.starts) throw new TypeError(`${name} has no starts`)
    for (let i = 0; i < basket.entries && basket.first + i < entries; i++) {
      const [start, end] = [basket.starts[i], basket.starts[i + 1]]
      // A vector without numbers may have no head either.
      const begin = start === end ? start : start + offset
      const found = (end - begin) / type.bytes
      if (
        found < 0 ||
        !Number.isInteger(found) ||
        (begin > start && basket.data.getUint32(begin - 4) !== found)
      )
        throw corrupt(
          `entry ${basket.first + i + 1} of the branch ${branch.fName} has ${end - start} bytes, which are no list of ${type.name}`,
        )
      for (let at = begin; at < end; at += type.bytes) values.push(type.read(basket.data, at))
      if (values.length > maxValues)
        throw unsupported(`the branch ${branch.fName} has more than ${maxValues} numbers`, 'split the file')
      starts[basket.first + i + 1] = values.length
    }
  }
  return { values: values.finish(), starts }
}
