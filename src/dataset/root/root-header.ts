import { bytesAt, corrupt, unsupported } from './faults.ts'
import { unpack } from './unpack.ts'

/** From this version of a file on, places in it are counted in eight bytes. */
const largeFileVersion = 1_000_000
/** The least that a header and the key of the file itself take. */
const leastBytes = 100

/**
 * Looks at the header of a ROOT file, and at the description of classes that it points to, before anything is parsed: what lies
 * beyond the end or unpacks to more than is announced is told.
 *
 * @throws AppError 'data/corrupt', or 'data/unsupported' for what is too large
 */
export async function checkHeader(file: Uint8Array): Promise<void> {
  if (file.length < leastBytes) throw corrupt(`it has ${file.length} bytes and no room for a header`)
  const head = bytesAt(file, 0, leastBytes, 'the header')
  const large = head.getUint32(4) >= largeFileVersion
  const place = (at: number) => (large ? Number(head.getBigUint64(at)) : head.getUint32(at))
  const end = place(12)
  if (end > file.length) throw corrupt(`it announces ${end} bytes and has ${file.length}, so it is cut short`)
  const classes = large
    ? { at: place(45), bytes: head.getUint32(53) }
    : { at: place(37), bytes: head.getUint32(41) }
  if (classes.at === 0 || classes.bytes === 0)
    throw unsupported(
      'the ROOT file has no description of its classes (StreamerInfo)',
      'it may not have been closed: write it again',
    )
  await checkObject(file, classes.at, classes.bytes, 'the description of classes')
}

/** Bytes of a key before its names: lengths, version, date, cycle. */
const keyBytes = 18

/** Unpacks the object of a key for a look. */
async function checkObject(file: Uint8Array, at: number, bytes: number, what: string): Promise<void> {
  const whole = bytesAt(file, at, bytes, what)
  if (bytes <= keyBytes) throw corrupt(`${what} has ${bytes} bytes, fewer than its key`)
  const [length, head] = [whole.getInt32(6), whole.getInt16(14)]
  if (head < keyBytes || head > bytes) throw corrupt(`${what} has a key of ${head} bytes in ${bytes}`)
  await unpack(bytesAt(file, at + head, bytes - head, what), length, what)
}
