import { AppError } from '../../errors.ts'

export type NpyData = Float32Array | Float64Array | Uint8Array | Int32Array
/** numpy's type strings of these. */
export type NpyNumberType = '<f4' | '<f8' | '|u1' | '<i4'

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] // \x93NUMPY

/** A version 1.0 header, padded so that the numbers start at a multiple of 64 bytes as numpy does. */
function header(dtype: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const literal = `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${tuple}, }`
  const total = 64 * Math.ceil((10 + literal.length + 1) / 64)
  const bytes = new Uint8Array(total).fill(0x20)
  bytes.set(magic)
  bytes.set([1, 0, (total - 10) & 0xff, (total - 10) >> 8], 6)
  bytes.set(new TextEncoder().encode(literal), 10)
  bytes[total - 1] = 0x0a
  return bytes
}

/** numpy's type string of a typed array. */
export function npyDtype(data: NpyData): NpyNumberType {
  if (data instanceof Float32Array) return '<f4'
  if (data instanceof Float64Array) return '<f8'
  return data instanceof Int32Array ? '<i4' : '|u1'
}

/** A `.npy` file (version 1.0, C order, little-endian) as `numpy.save` would write it. */
export function writeNpy(data: NpyData, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const count = shape.reduce((product, size) => product * size, 1)
  if (count !== data.length)
    throw new AppError(
      'input/invalid',
      `shape (${shape.join(', ')}) has ${count} elements, the array has ${data.length}`,
    )
  return joined(header(npyDtype(data), shape), new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}

/** The same of texts, as numpy keeps them: characters of four bytes, each text as long as the longest. */
export function writeTextNpy(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const characters = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0))
  const longest = characters.reduce((most, each) => Math.max(most, each.length), 1)
  const body = new DataView(new ArrayBuffer(4 * longest * texts.length))
  characters.forEach((each, row) =>
    each.forEach((code, i) => body.setUint32(4 * (row * longest + i), code, true)),
  )
  return joined(header(`<U${longest}`, [texts.length]), new Uint8Array(body.buffer))
}

function joined(head: Uint8Array, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + body.length)
  bytes.set(head)
  bytes.set(body, head.length)
  return bytes
}
