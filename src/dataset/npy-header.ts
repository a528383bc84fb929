import { AppError } from '../errors.ts'

/** What a `.npy` file says about itself before the numbers start. */
export interface NpyHeader {
  version: 1 | 2 | 3
  /** numpy's type string as written in the file, e.g. `<f4`. */
  dtype: string
  fortranOrder: boolean
  shape: number[]
  /** Bytes before the first number. */
  dataOffset: number
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] // \x93NUMPY
const maxHeaderBytes = 65_536
const maxDimensions = 32

const corrupt = (message: string, context: Record<string, unknown> = {}) =>
  new AppError('data/corrupt', message, context)

/**
 * Reads the header of a `.npy` file, format versions 1.0, 2.0 and 3.0. Nothing is evaluated: the header's
 * Python literal is read by a grammar that knows three keys, strings, booleans and tuples of integers.
 *
 * @param bytes   the file, or any first part of it that holds the header
 * @throws        AppError 'data/corrupt' for a broken header, 'data/unsupported' for a type we do not read
 * Source: NumPy Enhancement Proposal 1 and numpy.lib.format.
 */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  if (bytes.length < 10)
    throw corrupt(
      `the .npy file has ${bytes.length} bytes, its header alone needs at least 10: the file is cut short, save or download it again`,
    )
  if (magic.some((byte, i) => bytes[i] !== byte))
    throw corrupt('the file does not start with the .npy mark (\\x93NUMPY): save it again with numpy.save')
  const major = bytes[6]
  if (major !== 1 && major !== 2 && major !== 3)
    throw new AppError(
      'data/unsupported',
      `the .npy file has format version ${major}.${bytes[7]}, this app reads 1.0 to 3.0: save it again with numpy.save`,
    )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = major === 1 ? 10 : 12
  if (bytes.length < start) throw corrupt(`the .npy file ends inside its header (${bytes.length} bytes)`)
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > maxHeaderBytes)
    throw corrupt(`the .npy header announces ${length} bytes, at most ${maxHeaderBytes} are accepted`)
  if (start + length > bytes.length)
    throw corrupt(
      `the .npy header announces ${length} bytes, only ${bytes.length - start} follow: the file is cut short, save or download it again`,
    )
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, start + length))
  return { version: major, ...parseHeaderLiteral(text), dataOffset: start + length }
}

/** `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, keys in any order. */
function parseHeaderLiteral(text: string): Pick<NpyHeader, 'dtype' | 'fortranOrder' | 'shape'> {
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match) return undefined
    at = pattern.lastIndex
    return match[1]
  }
  const need = (pattern: RegExp, what: string): string => {
    const found = take(pattern)
    if (found === undefined)
      throw corrupt(`the .npy header is not as numpy writes it: expected ${what} at character ${at + 1}`, {
        header: text.slice(0, 200),
      })
    return found
  }

  const found: { dtype?: string; fortranOrder?: boolean; shape?: number[] } = {}
  need(/\s*(\{)/y, '{')
  while (take(/\s*(\})/y) === undefined) {
    const key = need(/\s*('(?:descr|fortran_order|shape)'|"(?:descr|fortran_order|shape)")/y, 'a known key')
    need(/\s*(:)/y, ':')
    if (key.slice(1, -1) === 'descr') {
      if (take(/\s*(\[)/y) !== undefined)
        throw new AppError(
          'data/unsupported',
          'the .npy file holds a structured (record) array; this app reads plain number arrays: save one field with numpy.save',
        )
      found.dtype = need(/\s*('[^'\\]{1,16}'|"[^"\\]{1,16}")/y, 'a type string').slice(1, -1)
    } else if (key.slice(1, -1) === 'fortran_order') {
      found.fortranOrder = need(/\s*(True|False)/y, 'True or False') === 'True'
    } else {
      need(/\s*(\()/y, '(')
      found.shape = []
      while (take(/\s*(\))/y) === undefined) {
        const size = Number(need(/\s*(\d{1,20})L?/y, 'an array length'))
        if (!Number.isSafeInteger(size))
          throw corrupt(`the .npy header announces a length of ${size}, more than any file can hold`)
        found.shape.push(size)
        if (found.shape.length > maxDimensions)
          throw corrupt(`the .npy header announces more than ${maxDimensions} dimensions`)
        if (take(/\s*(,)/y) === undefined) {
          need(/\s*(\))/y, ', or )')
          break
        }
      }
    }
    if (take(/\s*(,)/y) === undefined) {
      need(/\s*(\})/y, ', or }')
      break
    }
  }
  need(/(\s*)$/y, 'the end of the header')
  const { dtype, fortranOrder, shape } = found
  if (dtype === undefined || fortranOrder === undefined || shape === undefined)
    throw corrupt(
      'the .npy header lacks one of descr, fortran_order and shape: save it again with numpy.save',
    )
  return { dtype, fortranOrder, shape }
}
