import { AppError } from '../errors.ts'
import type { NpyData, NpyNumberType } from '../numerics/tables/npy-file.ts'
import { parseNpyHeader } from './npy-header.ts'

export { npyDtype, writeNpy, type NpyData } from '../numerics/tables/npy-file.ts'

export interface NpyArray {
  /** numpy's type string of the numbers in `data`: what the file says, widened where JavaScript has no such array. */
  dtype: NpyNumberType
  shape: number[]
  data: NpyData // row-major (C order), shape as above; may share memory with the bytes it was read from
}

interface NumberType {
  size: number
  dtype: NpyArray['dtype']
  make: (count: number) => NpyData
  get: (view: DataView, at: number, little: boolean) => number
}

const f4 = (count: number) => new Float32Array(count)
const f8 = (count: number) => new Float64Array(count)
const u1 = (count: number) => new Uint8Array(count)
const i4 = (count: number) => new Int32Array(count)

const numberTypes: Record<string, NumberType> = {
  f2: { size: 2, dtype: '<f4', make: f4, get: (v, at, little) => halfToNumber(v.getUint16(at, little)) },
  f4: { size: 4, dtype: '<f4', make: f4, get: (v, at, little) => v.getFloat32(at, little) },
  f8: { size: 8, dtype: '<f8', make: f8, get: (v, at, little) => v.getFloat64(at, little) },
  b1: { size: 1, dtype: '|u1', make: u1, get: (v, at) => v.getUint8(at) },
  u1: { size: 1, dtype: '|u1', make: u1, get: (v, at) => v.getUint8(at) },
  i1: { size: 1, dtype: '<i4', make: i4, get: (v, at) => v.getInt8(at) },
  u2: { size: 2, dtype: '<i4', make: i4, get: (v, at, little) => v.getUint16(at, little) },
  i2: { size: 2, dtype: '<i4', make: i4, get: (v, at, little) => v.getInt16(at, little) },
  i4: { size: 4, dtype: '<i4', make: i4, get: (v, at, little) => v.getInt32(at, little) },
  u4: { size: 4, dtype: '<f8', make: f8, get: (v, at, little) => v.getUint32(at, little) },
  i8: { size: 8, dtype: '<f8', make: f8, get: (v, at, little) => exactly(v.getBigInt64(at, little)) },
  u8: { size: 8, dtype: '<f8', make: f8, get: (v, at, little) => exactly(v.getBigUint64(at, little)) },
}

/**
 * Reads a whole `.npy` file of numbers. Little- and big-endian, C and Fortran order; integers of 64 bits
 * only where every value fits a double exactly.
 *
 * @throws AppError 'data/corrupt' where header and length disagree, 'data/unsupported' for other types
 */
export function readNpy(bytes: Uint8Array): NpyArray {
  const header = parseNpyHeader(bytes)
  const [order, kind] = [header.dtype[0], header.dtype.slice(1)]
  const type = Object.hasOwn(numberTypes, kind) ? numberTypes[kind] : undefined
  if (!type || !'<>|='.includes(order)) throw unsupportedType(header.dtype)

  const count = header.shape.reduce((product, size) => product * size, 1)
  const expected = count * type.size
  const present = bytes.length - header.dataOffset
  if (present !== expected)
    throw new AppError(
      'data/corrupt',
      `the .npy header announces shape (${header.shape.join(', ')}) of ${header.dtype}, that is ${expected} bytes, but ${present} follow: ` +
        (present < expected
          ? 'the file is cut short, save or download it again'
          : 'the file holds something after the array, save the array alone with numpy.save'),
      { expected, present },
    )

  const little = order !== '>'
  const body = bytes.subarray(header.dataOffset)
  const direct = little && !header.fortranOrder && (type.dtype === `<${kind}` || type.dtype === `|${kind}`)
  const data = direct ? viewOf(body, type.make) : convert(body, type, count, little, header)
  return { dtype: type.dtype, shape: header.shape, data }
}

function viewOf(body: Uint8Array, make: NumberType['make']): NpyData {
  const data = make(0)
  const size = data.BYTES_PER_ELEMENT
  const aligned = body.byteOffset % size === 0 ? body : body.slice()
  const ArrayOf = data.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => NpyData
  return new ArrayOf(aligned.buffer, aligned.byteOffset, aligned.length / size)
}

function convert(
  body: Uint8Array,
  type: NumberType,
  count: number,
  little: boolean,
  { fortranOrder, shape }: { fortranOrder: boolean; shape: number[] },
): NpyData {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const data = type.make(count)
  if (!fortranOrder) {
    for (let i = 0; i < count; i++) data[i] = type.get(view, i * type.size, little)
    return data
  }
  // The file runs through the first index fastest: count in that order, write where C order wants it.
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  const index = shape.map(() => 0)
  let to = 0
  for (let i = 0; i < count; i++) {
    data[to] = type.get(view, i * type.size, little)
    for (let axis = 0; axis < shape.length; axis++) {
      to += strides[axis]
      if (++index[axis] < shape[axis]) break
      to -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return data
}

function unsupportedType(dtype: string): AppError {
  const kind =
    {
      O: 'Python objects',
      U: 'text',
      S: 'text',
      c: 'complex numbers',
      M: 'dates',
      m: 'durations',
      V: 'records',
    }[dtype.replace(/^[<>|=]/, '')[0]] ?? 'a type this app does not know'
  return new AppError(
    'data/unsupported',
    `the .npy file holds ${kind} (${dtype}); this app reads plain numbers: save it with numpy.save(name, array.astype('<f4'))`,
    { dtype },
  )
}

function exactly(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number))
    throw new AppError(
      'data/unsupported',
      `the .npy file holds the integer ${value}, beyond ±${Number.MAX_SAFE_INTEGER} where doubles are exact: save it as '<f8'`,
    )
  return number
}

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}
