import fc from 'fast-check'
import { parquetMetadata } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { crc32OfBytes } from '../numerics/crc32.ts'
import { checkPages } from './parquet-pages.ts'
import { readParquet, writeParquet } from './parquet.ts'

type Options = Parameters<typeof parquetWriteBuffer>[0]
const write = (options: Options) => new Uint8Array(parquetWriteBuffer(options))

const plain = await writeParquet([
  { name: 'a', data: Float32Array.of(1, 3, 5) },
  { name: 'b', data: Float64Array.of(2, 4, 6) },
])
const numbers = [1.5, 2.5, 1.5, 1.5, 2.5, 1.5, 1.5, 1.5]
const nullable = write({
  columnData: [
    { name: 'a', data: [...numbers, null, 7], type: 'DOUBLE' },
    { name: 'b', data: Array.from({ length: 10 }, (_, i) => i % 2), type: 'INT32' },
  ],
  rowGroupSize: 6,
})

it('reads what it writes', async () => {
  expect(await readParquet(plain)).toEqual({
    rows: 3,
    columns: 2,
    data: Float64Array.of(1, 2, 3, 4, 5, 6),
    names: ['a', 'b'],
    passedOver: [],
    notes: [],
  })
})

it('writes required, plainly encoded columns', () => {
  const { schema, row_groups } = parquetMetadata(plain.slice().buffer)
  expect(schema.slice(1).map((column) => column.repetition_type)).toEqual(['REQUIRED', 'REQUIRED'])
  expect(row_groups[0].columns[0].meta_data?.encodings).toEqual(['PLAIN'])
})

it('reads nullable, dictionary-coded, compressed columns in several row groups', async () => {
  const { row_groups } = parquetMetadata(nullable.slice().buffer)
  expect(row_groups.length).toBe(2)
  const encodings = row_groups[0].columns[0].meta_data?.encodings as string[]
  expect(encodings.some((encoding) => encoding.endsWith('DICTIONARY'))).toBe(true)
  const { data, rows } = await readParquet(nullable)
  expect(rows).toBe(10)
  expect(Array.from(data).filter((_, i) => i % 2 === 0)).toEqual([...numbers, NaN, 7])
  expect(Array.from(data).filter((_, i) => i % 2 === 1)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
})

it('reads any numbers in any grouping', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.double({ noNaN: true })), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('SNAPPY' as const, 'UNCOMPRESSED' as const),
      async (data, rowGroupSize, codec) => {
        const bytes = write({ columnData: [{ name: 'x', data, type: 'DOUBLE' }], rowGroupSize, codec })
        expect(Array.from((await readParquet(bytes)).data)).toEqual(data.map((value) => value ?? NaN))
      },
    ),
    { numRuns: 60 },
  )
})

it('leaves out the index that pandas writes', async () => {
  const bytes = await writeParquet([
    { name: 'a', data: Float32Array.of(1) },
    { name: '__index_level_0__', data: Int32Array.of(9) },
  ])
  expect(await readParquet(bytes)).toMatchObject({
    columns: 1,
    names: ['a'],
    notes: [expect.stringContaining('index')],
  })
})

it('passes over columns that are no numbers, and names them where there are no others', async () => {
  const others = [
    { name: 'label', data: ['x'], type: 'STRING' as const },
    { name: 'when', data: [new Date(0)], type: 'TIMESTAMP' as const },
    { name: 'tight', data: [true], type: 'BOOLEAN' as const },
  ]
  await expect(readParquet(write({ columnData: others }))).rejects.toMatchObject({
    code: 'data/unsupported',
    message: expect.stringMatching(/label \((STRING|UTF8)\), when \(TIMESTAMP/),
  })
  const mixed = write({ columnData: [...others, { name: 'a', data: [1.5], type: 'DOUBLE' }] })
  expect(await readParquet(mixed)).toMatchObject({
    names: ['a'],
    data: Float64Array.of(1.5),
    notes: [expect.stringMatching(/no numbers are passed over: label \(.*tight \(BOOLEAN\)/)],
  })
})

it('passes over lists, whose elements may be called like a column', async () => {
  const bytes = write({
    columnData: [
      { name: 'jets', data: [[1, 2], [3]] },
      { name: 'element', data: [1.5, 2.5] },
    ],
    schema: [
      { name: 'root', num_children: 2 },
      { name: 'jets', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', repetition_type: 'OPTIONAL', type: 'DOUBLE' },
      { name: 'element', repetition_type: 'REQUIRED', type: 'DOUBLE' },
    ],
  })
  expect(await readParquet(bytes)).toMatchObject({
    names: ['element'],
    data: Float64Array.of(1.5, 2.5),
    passedOver: [{ name: 'jets', why: 'nested' }],
  })
})

it('names a compression that it does not read', async () => {
  const bytes = write({
    columnData: [{ name: 'a', data: Float64Array.of(1), type: 'DOUBLE' }],
    codec: 'LZO',
    compressors: { LZO: (input) => input },
  })
  await expect(readParquet(bytes)).rejects.toThrow(
    /column a .* compressed with LZO, this app reads UNCOMPRESSED, SNAPPY, GZIP, ZSTD, BROTLI, LZ4, LZ4_RAW/,
  )
})

it('refuses a description longer than the file, and a file cut anywhere', async () => {
  const long = plain.slice()
  long.set([255, 255, 255, 255], long.length - 8)
  await expect(readParquet(long)).rejects.toThrow(`announces 4294967295 bytes, the file has ${plain.length}`)
  for (const share of [0, 0.01, 0.1, 0.5, 0.99])
    await expect(readParquet(plain.subarray(0, Math.floor(share * plain.length)))).rejects.toMatchObject({
      code: 'data/corrupt',
    })
})

it('refuses a run longer than the rows, which would kill hyparquet and the process with it', async () => {
  const data = Array.from({ length: 3000 }, (_, i) => (i < 1500 ? 2.5 : 1.25 * (i % 3)))
  const bytes = write({
    columnData: [{ name: 'x', data, type: 'DOUBLE' }],
    codec: 'UNCOMPRESSED',
    rowGroupSize: 3000,
  })
  expect(Array.from((await readParquet(bytes)).data)).toEqual(data)
  // Dictionary indices of 2 bits, beginning with one run of 1,500: header 3000 as a varint is b8 17.
  const at = bytes.findIndex((byte, i) => byte === 2 && bytes[i + 1] === 0xb8 && bytes[i + 2] === 0x17)
  bytes.set([0xfe, 0xff, 0xff, 0xff, 0x03], at + 1)
  await expect(readParquet(bytes)).rejects.toMatchObject({
    code: 'data/corrupt',
    message: expect.stringContaining('column x has a run of 536870911 values where 3000 are wanted'),
  })
})

it('refuses levels that end before all rows have one', async () => {
  const data = Array.from({ length: 40 }, (_, i) => (i < 20 ? null : i))
  const bytes = write({
    columnData: [{ name: 'x', data, type: 'DOUBLE' }],
    codec: 'UNCOMPRESSED',
    statistics: false,
  })
  // Levels: 20 times 0, then 20 times 1, as runs 28 00 28 01; the second is made shorter.
  const at = bytes.findIndex((byte, i) => byte === 40 && bytes[i + 1] === 0 && bytes[i + 2] === 40)
  bytes[at + 2] = 20
  await expect(readParquet(bytes)).rejects.toThrow(/has runs for 30 values where 40 are wanted/)
})

it('ends in a table or an AppError whatever bytes are changed', async () => {
  for (const whole of [plain, nullable]) {
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const changed = whole.slice()
        for (const [at, value] of list) changed[at] = value
        try {
          const { rows, columns, data } = await readParquet(changed)
          expect(data.length).toBe(rows * columns)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 600 },
    )
  }
})

it('refuses columns of different lengths on the way out', async () => {
  await expect(
    writeParquet([
      { name: 'a', data: new Float32Array(1) },
      { name: 'b', data: new Float32Array(2) },
    ]),
  ).rejects.toThrow(/these have 1, 2/)
})

/** A number of Thrift's compact protocol. */
function zigzag(value: number): number[] {
  let left = value >= 0 ? 2 * value : -2 * value - 1
  const bytes: number[] = []
  for (; left > 127; left = Math.floor(left / 128)) bytes.push(128 + (left % 128))
  return [...bytes, left]
}

it('compares a page with the checksum that it states', async () => {
  const page = new Uint8Array(Float64Array.of(1, 2).buffer)
  const check = (sum: number) => {
    const sizes = [0x15, ...zigzag(0), 0x15, ...zigzag(16), 0x15, ...zigzag(16), 0x15, ...zigzag(sum | 0)]
    const plainValues = [0x1c, 0x15, ...zigzag(2), 0x15, 0, 0x15, ...zigzag(3), 0x15, ...zigzag(3), 0, 0]
    const bytes = Uint8Array.from([...'PAR1'].map((c) => c.charCodeAt(0)).concat(sizes, plainValues, ...page))
    const metadata = parquetMetadata(
      write({ columnData: [{ name: 'a', data: [1, 2], type: 'DOUBLE', nullable: false }] })
        .buffer as ArrayBuffer,
    )
    Object.assign(metadata.row_groups[0].columns[0].meta_data!, {
      ...{ codec: 'UNCOMPRESSED', data_page_offset: 4n, dictionary_page_offset: undefined },
      total_compressed_size: BigInt(bytes.length - 4),
    })
    return checkPages(bytes, metadata, new Map([['a', { repetition: 0, definition: 0 }]]))
  }
  const sum = crc32OfBytes(page)
  await expect(check(sum)).resolves.toBeDefined()
  await expect(check(sum ^ 1)).rejects.toThrow(
    /column a has a page of checksum [0-9a-f]{8} where [0-9a-f]{8} is stated/,
  )
})

it.each([
  ['lists of lists, each of which announces room', [0x19, 0xf9, 0xff, 0x07], /nested more than 12 deep/],
  ['structures in each other', [0x1c], /nested more than 12 deep/],
  ['a list longer than the file', [0x19, 0xf5, 0xff, 0xff, 0xff, 0x7f], /entries of a list are announced/],
  ['fields beyond all that are known', [0x15, 0x02], /a field has number 65/],
  ['a number without end', [0x15, ...Array<number>(11).fill(0x80)], /a number has more than 10 bytes/],
])('refuses a description of %s', async (_, unit, message) => {
  const description = Array.from({ length: 1000 }, () => unit).flat()
  const length = new Uint8Array(Uint32Array.of(description.length).buffer)
  const mark = [...'PAR1'].map((c) => c.charCodeAt(0))
  await expect(readParquet(Uint8Array.from([...mark, ...description, ...length, ...mark]))).rejects.toThrow(
    message,
  )
})
