import type { RootBytes } from './root-bytes.ts'

export const fileBegin = 100
/** Places in eight bytes. */
const keyVersion = 1004

export interface KeyNames {
  className: string
  name: string
  title: string
}

export const keyLength = ({ className, name, title }: KeyNames): number =>
  34 + 3 + className.length + name.length + title.length

/**
 * A key at a place of the file.
 *
 * @param bytes   of its object as it is stored
 * @param length  of its object, unpacked
 * @param more    bytes of a class of its own that count to the key
 */
export function writeKey(
  to: RootBytes,
  names: KeyNames,
  at: number,
  bytes: number,
  length: number,
  more = 0,
): void {
  const head = keyLength(names) + more
  to.i32(head + bytes)
    .i16(keyVersion)
    .i32(length)
    .i32(0)
    .i16(head)
    .i16(1)
    .i64(at)
    .i64(fileBegin)
  to.text(names.className).text(names.name).text(names.title)
}
