import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { numpyIsHere, runNumpy } from '../testing/numpy.ts'
import { parseNpyHeader } from './npy-header.ts'
import { readNpy, writeNpy } from './npy.ts'
import type { NpyData } from './npy.ts'

const bytesOf = (data: ArrayBufferView) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/** A file with any header text and any bytes behind it. */
function file(header: string, body: Uint8Array = new Uint8Array(), version = 1): Uint8Array {
  const text = new TextEncoder().encode(header)
  const size =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0]
  return new Uint8Array([0x93, ...new TextEncoder().encode('NUMPY'), version, 0, ...size, ...text, ...body])
}

const dict = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`

function bigEndian(size: number, values: number[], set: (view: DataView, at: number, value: number) => void) {
  const view = new DataView(new ArrayBuffer(size * values.length))
  values.forEach((value, i) => set(view, i * size, value))
  return bytesOf(view)
}

const arrays: fc.Arbitrary<{ data: NpyData; shape: number[] }> = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain(([a, b, c]) => {
    const count = { minLength: a * b * c, maxLength: a * b * c }
    const data: fc.Arbitrary<NpyData> = fc.oneof(
      fc.float32Array(count),
      fc.float64Array(count),
      fc.uint8Array(count),
      fc.int32Array(count),
    )
    return data.map((values) => ({ data: values, shape: [a, b, c] }))
  })

it('reads what it writes, bit by bit, from any place in a buffer', () => {
  fc.assert(
    fc.property(arrays, fc.nat(8), ({ data, shape }, shift) => {
      const written = writeNpy(data, shape)
      const moved = new Uint8Array(written.length + shift)
      moved.set(written, shift)
      const read = readNpy(moved.subarray(shift))
      expect(read.shape).toEqual(shape)
      expect(read.data.constructor).toBe(data.constructor)
      expect(bytesOf(read.data)).toEqual(bytesOf(data))
    }),
  )
})

it('starts the numbers at a multiple of 64 bytes', () => {
  for (const shape of [[3], [1, 3], [3, 1, 1]])
    expect(parseNpyHeader(writeNpy(new Float32Array(3), shape)).dataOffset % 64).toBe(0)
})

it('refuses a shape that does not fit the array to write', () => {
  expect(() => writeNpy(new Float32Array(5), [2, 3])).toThrow('shape (2, 3) has 6 elements, the array has 5')
})

it.each([
  ['big-endian float', '>f4', bigEndian(4, [1.5, -2], (v, at, x) => v.setFloat32(at, x)), [1.5, -2], '<f4'],
  [
    'big-endian double',
    '>f8',
    bigEndian(8, [1e300, -2], (v, at, x) => v.setFloat64(at, x)),
    [1e300, -2],
    '<f8',
  ],
  ['16-bit integers', '<i2', bytesOf(Int16Array.of(-5, 7)), [-5, 7], '<i4'],
  ['unsigned 32-bit', '<u4', bytesOf(Uint32Array.of(4294967295, 0)), [4294967295, 0], '<f8'],
  ['64-bit integers', '<i8', bytesOf(BigInt64Array.of(-(2n ** 53n) + 1n, 3n)), [-(2 ** 53) + 1, 3], '<f8'],
  ['booleans', '|b1', Uint8Array.of(1, 0), [1, 0], '|u1'],
  // IEEE 754 binary16: 0x3c00 = 1, 0x0001 = 2^-24 (smallest subnormal)
  ['half precision', '<f2', Uint8Array.of(0x00, 0x3c, 0x01, 0x00), [1, 2 ** -24], '<f4'],
])('reads %s', (_, descr, body, values, dtype) => {
  const read = readNpy(file(dict(`'${descr}'`, '(2,)'), body))
  expect(Array.from(read.data)).toEqual(values)
  expect(read.dtype).toBe(dtype)
})

it('transposes Fortran order', () => {
  // numpy.asfortranarray([[0, 1, 2], [3, 4, 5]]) lies as 0 3 1 4 2 5
  const read = readNpy(file(dict("'|u1'", '(2, 3)', 'True'), Uint8Array.of(0, 3, 1, 4, 2, 5)))
  expect(Array.from(read.data)).toEqual([0, 1, 2, 3, 4, 5])
  const cube = readNpy(file(dict("'|u1'", '(2, 2, 2)', 'True'), Uint8Array.of(0, 4, 2, 6, 1, 5, 3, 7)))
  expect(Array.from(cube.data)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

it('reads versions 2 and 3, keys in any order, double quotes and a scalar', () => {
  for (const version of [2, 3])
    expect(readNpy(file(dict("'|u1'", '(1,)'), Uint8Array.of(9), version)).data[0]).toBe(9)
  const other = '{"shape":(1L,),"fortran_order":False,"descr":"|u1"}   \n'
  expect(readNpy(file(other, Uint8Array.of(9))).shape).toEqual([1])
  expect(readNpy(file(dict("'|u1'", '()'), Uint8Array.of(9))).shape).toEqual([])
})

describe('refuses with words', () => {
  it.each([
    [
      'Python objects',
      file(dict("'|O'", '(1,)'), new Uint8Array(8)),
      'data/unsupported',
      'Python objects (|O)',
    ],
    ['text', file(dict("'<U5'", '(1,)')), 'data/unsupported', 'text (<U5)'],
    ['complex numbers', file(dict("'<c16'", '(1,)')), 'data/unsupported', 'complex numbers'],
    ['records', file(dict("[('a', '<f4')]", '(1,)')), 'data/unsupported', 'structured'],
    [
      'a type named as a member of every object',
      file(dict("'<constructor'", '(1,)')),
      'data/unsupported',
      'constructor',
    ],
    ['code in the header', file(dict("'<f4'", "__import__('os').system('x')")), 'data/corrupt', 'expected ('],
    ['another key', file("{'descr': '<f4', 'x': 1}"), 'data/corrupt', 'expected a known key'],
    ['a missing key', file("{'descr': '<f4', 'shape': (1,)}"), 'data/corrupt', 'lacks one of'],
    [
      'something behind the dictionary',
      file(`${dict("'<f4'", '(0,)')}; x`),
      'data/corrupt',
      'end of the header',
    ],
    ['negative lengths', file(dict("'<f4'", '(-1,)')), 'data/corrupt', 'an array length'],
    [
      'an overflowing length',
      file(dict("'<f4'", '(99999999999999999999,)')),
      'data/corrupt',
      'more than any file',
    ],
    [
      'an overflowing product',
      file(dict("'<f4'", '(4294967296, 4294967296)')),
      'data/corrupt',
      'but 0 follow',
    ],
    ['forty dimensions', file(dict("'<f4'", `(${'1,'.repeat(40)})`)), 'data/corrupt', '32 dimensions'],
    [
      'an integer beyond a double',
      file(dict("'<i8'", '(1,)'), bytesOf(BigInt64Array.of(2n ** 53n))),
      'data/unsupported',
      '9007199254740992',
    ],
    ['version 4', file(dict("'<f4'", '(0,)'), undefined, 4), 'data/unsupported', 'version 4.0'],
    ['an empty file', new Uint8Array(), 'data/corrupt', '0 bytes'],
    ['another file', new TextEncoder().encode('not an array'), 'data/corrupt', 'does not start'],
  ])('%s', (_, bytes, code, words) => {
    let caught: unknown
    try {
      readNpy(bytes)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(AppError)
    expect(caught).toMatchObject({ code, message: expect.stringContaining(words) })
  })

  it('a file cut anywhere and a file with a tail, with both numbers', () => {
    const whole = writeNpy(Float32Array.of(1, 2, 3), [3])
    for (let length = 0; length < whole.length; length++)
      expect(() => readNpy(whole.subarray(0, length))).toThrow(AppError)
    expect(() => readNpy(whole.subarray(0, whole.length - 5))).toThrow('that is 12 bytes, but 7 follow')
    expect(() => readNpy(new Uint8Array([...whole, 0]))).toThrow('that is 12 bytes, but 13 follow')
  })
})

it('ends in an array or an AppError whatever bytes are changed', () => {
  const whole = writeNpy(Float32Array.of(1, 2, 3, 4), [2, 2])
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(changes, (list) => {
      const changed = whole.slice()
      for (const [at, value] of list) changed[at] = value
      try {
        expect(readNpy(changed).data.length).toBeLessThanOrEqual(16)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }),
    { numRuns: 3000 },
  )
})

const folder = mkdtempSync(join(tmpdir(), 'theoryscape-npy-'))
afterAll(() => rmSync(folder, { recursive: true }))

it.runIf(numpyIsHere('the exchange with numpy.load'))(
  'exchanges files with numpy, memory maps and Fortran order included',
  () => {
    const ours = join(folder, 'ours.npy')
    const theirs = join(folder, 'theirs.npy')
    writeFileSync(ours, writeNpy(Float32Array.of(0.1, 2, -3e7, 4, 5, 6), [2, 3]))
    const code = `import numpy as n
a = n.load('${ours}', mmap_mode='r')
assert a.flags.c_contiguous and a.dtype == '<f4'
n.save('${theirs}', n.asfortranarray(a.astype('>f8')))
print(a.shape, float(a.sum()))`
    expect(runNumpy(code)).toContain('(2, 3)')
    const back = readNpy(readFileSync(theirs))
    expect(back).toMatchObject({ dtype: '<f8', shape: [2, 3] })
    expect(Array.from(back.data)).toEqual([Math.fround(0.1), 2, -3e7, 4, 5, 6])
  },
)
