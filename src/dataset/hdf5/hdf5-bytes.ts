import { AppError } from '../../errors.ts'

export function corrupt(what: string): AppError {
  return new AppError('data/corrupt', `the HDF5 file is damaged: ${what}; save or download it again`)
}

export function unsupported(what: string, cure: string): AppError {
  return new AppError('data/unsupported', `${what}; ${cure}`)
}

/** Little-endian numbers of a file; whatever lies outside of it is damage. */
export interface Hdf5Bytes {
  readonly bytes: Uint8Array
  /** Widths of addresses and of lengths, as the file states them. */
  addressBytes: number
  lengthBytes: number
  part(at: number, length: number): Uint8Array
  /** An unsigned number of 1 to 8 bytes; all bits set is Infinity: "undefined" among addresses. */
  number(at: number, width: number): number
  hasMark(at: number, mark: string): boolean
}

export function hdf5Bytes(bytes: Uint8Array): Hdf5Bytes {
  const part = (at: number, length: number) => {
    if (!(at >= 0 && length >= 0 && at + length <= bytes.length))
      throw corrupt(`${length} bytes are asked for at ${at}, it has ${bytes.length}`)
    return bytes.subarray(at, at + length)
  }
  return {
    ...{ bytes, addressBytes: 8, lengthBytes: 8, part },
    number(at, width) {
      const digits = part(at, width)
      let value = 0
      for (let i = width - 1; i >= 0; i--) value = 256 * value + digits[i]
      return width === 8 && value >= 2 ** 64 - 2 ** 11 ? Infinity : value
    },
    hasMark: (at, mark) => String.fromCharCode(...part(at, mark.length)) === mark,
  }
}

/** Steps through a structure field by field. */
export function cursor(file: Hdf5Bytes, start: number) {
  let at = start
  const take = (width: number) => {
    const value = file.number(at, width)
    at += width
    return value
  }
  return {
    take,
    address: () => take(file.addressBytes),
    length: () => take(file.lengthBytes),
    skip: (bytes: number) => void (at += bytes),
    at: () => at,
  }
}
