import { checkedBy, describeIssues } from '../../errors.ts'
import { bytesAt, corrupt, unsupported } from './faults.ts'
import type { RootFile } from './root-file.ts'
import { basketSchema, type StoredBranch } from './stored-tree.ts'
import { unpack } from './unpack.ts'

/** Entries of a branch as they lie in one basket, unpacked. */
export interface Basket {
  /** First entry, from 0. */
  first: number
  entries: number
  /** Numbers of all entries. */
  data: DataView
  /** Where in `data` an entry begins, and where the last one ends; null where all have the same length. */
  starts: Int32Array | null // [entries + 1]
}

/**
 * The baskets of a branch in the order of its entries, one at a time.
 *
 * @param ragged  whether entries have lengths of their own, so that the baskets must say where each begins
 * @throws AppError 'data/corrupt' or 'data/unsupported', with the name of the branch
 */
export async function* basketsOf(
  root: RootFile,
  branch: StoredBranch,
  ragged: boolean,
): AsyncGenerator<Basket> {
  if (branch.fFileName !== '')
    throw unsupported(
      `the baskets of the branch ${branch.fName} lie in another file, ${branch.fFileName}`,
      'merge the files with hadd',
    )
  const { fEntries, fBasketEntry } = branch
  let first = 0
  for (let k = 0; first < fEntries; k++) {
    const what = `basket ${k + 1} of the branch ${branch.fName}`
    if (k < fBasketEntry.length && fBasketEntry[k] !== first)
      throw corrupt(`${what} begins at entry ${fBasketEntry[k]}, the one before ends at ${first}`)
    const basket = await readBasket(root, branch, k, ragged, what)
    if (basket.entries === 0) throw corrupt(`${what} has no entry, ${fEntries - first} are left`)
    if (first + basket.entries > fEntries)
      throw corrupt(`${what} has ${basket.entries} entries where ${fEntries - first} are left`)
    yield { ...basket, first }
    first += basket.entries
  }
}

async function readBasket(
  root: RootFile,
  branch: StoredBranch,
  k: number,
  ragged: boolean,
  what: string,
): Promise<Omit<Basket, 'first'>> {
  const inner = branch.fBaskets.arr[k]
  if (inner) {
    const { fNevBuf, fKeylen, fLast, fEntryOffset, fBufferRef } = inner
    const data = fBufferRef?.arr ?? new DataView(new ArrayBuffer(0))
    const length = lengthOf(fLast - fKeylen, data, what)
    const starts = ragged ? startsFrom(fEntryOffset, fNevBuf, fKeylen, length, what) : null
    return { entries: fNevBuf, data: part(data, length), starts }
  }
  if (k >= branch.fWriteBasket)
    throw corrupt(`the branch ${branch.fName} has ${branch.fWriteBasket} baskets, and entries beyond them`)
  const whole = bytesAt(root.bytes, branch.fBasketSeek[k], branch.fBasketBytes[k], what)
  checkHead(whole, what)
  const checked = checkedBy(basketSchema, root.readDirect(whole, 'TBasket'))
  if (!checked.success) throw corrupt(`${what} does not fit (${describeIssues(checked.error.issues)})`)
  const { fNbytes, fObjlen, fKeylen, fNevBuf, fLast } = checked.data
  if (fNbytes !== whole.byteLength || fKeylen > fNbytes)
    throw corrupt(`${what} has ${fNbytes} bytes and a key of ${fKeylen}, the tree says ${whole.byteLength}`)
  const packed = new DataView(whole.buffer, whole.byteOffset + fKeylen, fNbytes - fKeylen)
  const data = await unpack(packed, fObjlen, what)
  const length = lengthOf(fLast - fKeylen, data, what)
  if (!ragged) return { entries: fNevBuf, data: part(data, length), starts: null }
  return {
    entries: fNevBuf,
    data: part(data, length),
    starts: startsFrom(offsetsIn(data, length), fNevBuf, fKeylen, length, what),
  }
}

/** Bytes of a key before its names, with eight for each place. */
const keyBytes = 34

/** A basket by itself ends its key with a zero: what says otherwise would claim memory for what is not there. */
function checkHead(whole: DataView, what: string): void {
  const key = whole.byteLength < keyBytes ? 0 : whole.getInt16(14)
  if (key <= 0 || key > whole.byteLength || whole.getUint8(key - 1) !== 0)
    throw corrupt(`${what} has ${whole.byteLength} bytes and no key of ${key} that fits them`)
}

function lengthOf(length: number, { byteLength }: DataView, what: string): number {
  if (length < 0 || length > byteLength) throw corrupt(`${what} would have ${length} bytes of ${byteLength}`)
  return length
}

const part = ({ buffer, byteOffset }: DataView, length: number) => new DataView(buffer, byteOffset, length)

/** Behind the numbers stands their count and the place of each entry, counted from the beginning of the key. */
function offsetsIn(data: DataView, length: number): number[] | undefined {
  if (data.byteLength < length + 4) return undefined
  const count = data.getInt32(length)
  if (count < 0 || length + 4 + 4 * count > data.byteLength) return undefined
  return Array.from({ length: count }, (_, i) => data.getInt32(length + 4 + 4 * i))
}

function startsFrom(
  offsets: ArrayLike<number> | undefined,
  entries: number,
  key: number,
  length: number,
  what: string,
): Int32Array {
  if (!offsets || offsets.length < entries)
    throw unsupported(
      `${what} does not say where its ${entries} entries begin`,
      'write the tree without the feature kGenerateOffsetMap',
    )
  const starts = new Int32Array(entries + 1)
  starts[entries] = length
  for (let i = 0; i < entries; i++) {
    starts[i] = offsets[i] - key
    if (starts[i] < (i === 0 ? 0 : starts[i - 1]) || starts[i] > length)
      throw corrupt(`${what} has entry ${i + 1} at byte ${starts[i]} of ${length}`)
  }
  return starts
}
