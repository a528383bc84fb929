import type { ColumnMetaData, Compressors, FileMetaData, PageHeader } from 'hyparquet'
import { AppError } from '../errors.ts'
import { crc32OfBytes } from '../numerics/crc32.ts'
import { exactOutput } from './exact-output.ts'
import { gunzip } from './gunzip.ts'
import { decompressorsOf, parquetCodecs } from './parquet-codecs.ts'
import { maxValues } from './table.ts'
import { checkThrift } from './thrift-check.ts'

const maxPageBytes = 64 * 1024 * 1024
const maxDecodedBytes = 512 * 1024 * 1024
const encodings = ['PLAIN', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY', 'BYTE_STREAM_SPLIT']

/** Highest levels of a column that is read (Dremel, as Parquet has them): 0 and 0 where every row has one value. */
export interface PageLevels {
  /** Lists in lists. */
  repetition: number
  /** What may be missing or empty on the way to a value. */
  definition: number
}

/** The name of a column in `checkPages`: names of a schema may hold any other sign. */
export const columnKey = (path: readonly string[]): string => path.join('\n')

/**
 * Walks all pages of the columns of a Parquet file that are read before it is decoded. hyparquet trusts the run
 * lengths and sizes inside pages, so that one damaged byte can ask it for 2³⁰ values or a loop that does not
 * end; here each count is first compared with the rows of its group, or with the values that a column of lists announces.
 *
 * @param columns  those that are read, by columnKey
 * @returns what unpacks the pages, for hyparquet
 * @throws AppError 'data/corrupt' or 'data/unsupported', with the column's name and both numbers
 */
export async function checkPages(
  bytes: Uint8Array,
  metadata: FileMetaData,
  columns: ReadonlyMap<string, PageLevels>,
): Promise<Compressors> {
  const { parquetHeader } = await import('hyparquet/src/column.js')
  const { decompressPage } = await import('hyparquet/src/datapage.js')
  const decompressors = await decompressorsOf(metadata)
  let unpackedBytes = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    for (const { meta_data: meta, file_path } of group.columns) {
      if (!meta || file_path)
        throw new AppError(
          'data/unsupported',
          'the Parquet file keeps columns in other files: write one complete file',
        )
      const column = meta.path_in_schema.join('.')
      const levels = columns.get(columnKey(meta.path_in_schema))
      if (!levels) continue
      const most = levels.repetition > 0 ? announced(column, meta, rows) : rows
      const reader = { view: chunkView(bytes, column, meta), offset: 0 }
      let values = 0
      // hyparquet's own walk: until all rows are there (of lists: to the end) or one byte is left.
      while ((values < most || levels.repetition > 0) && reader.offset < reader.view.byteLength - 1) {
        checkThrift(reader.view, reader.offset, (what) => corrupt(column, `has a damaged page: ${what}`))
        const header = parquetHeader(reader)
        unpackedBytes += checkSizes(column, header, most, reader.view.byteLength - reader.offset)
        if (unpackedBytes > maxDecodedBytes)
          throw corrupt(column, `unpacks to more than ${maxDecodedBytes} bytes`)
        const page = new Uint8Array(
          reader.view.buffer,
          reader.view.byteOffset + reader.offset,
          header.compressed_page_size,
        )
        checkSum(column, header, page)
        const unpack = async (part: Uint8Array, size: number) =>
          meta.codec === 'GZIP'
            ? unpackGzip(part, size)
            : decompressPage(part, size, meta.codec, decompressors)
        values += await checkRunsOf(column, header, page, levels, unpack)
        reader.offset += header.compressed_page_size
      }
      if (values !== most)
        throw corrupt(
          column,
          levels.repetition > 0
            ? `holds ${values} values where ${most} are announced`
            : `holds ${values} values for ${rows} rows`,
        )
    }
  }
  return decompressors
}

/** Every byte of a page, with its checksum: hyparquet's own unpacker leaves zeros where bytes are lacking. */
async function unpackGzip(part: Uint8Array, size: number): Promise<Uint8Array> {
  const output = exactOutput(size)
  for await (const piece of gunzip(part, Math.max(size, 1))) output.add(piece)
  return output.finish()
}

/** Values of a column of lists in a group, empty lists counted. */
function announced(column: string, { num_values: stated }: ColumnMetaData, rows: number): number {
  const values = Number(stated)
  if (!(values >= rows && values <= maxValues))
    throw corrupt(column, `announces ${values} values for ${rows} rows, at most ${maxValues} are read`)
  return values
}

function chunkView(bytes: Uint8Array, column: string, meta: ColumnMetaData): DataView {
  if (!parquetCodecs.some((codec) => codec === meta.codec))
    throw new AppError(
      'data/unsupported',
      `column ${column} of the Parquet file is compressed with ${meta.codec}, this app reads ${parquetCodecs.join(', ')}: write it with compression='snappy' (pandas, pyarrow)`,
    )
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset)
  const end = start + Number(meta.total_compressed_size)
  if (!(start >= 4 && end >= start && end <= bytes.length))
    throw corrupt(column, `lies at bytes ${start} to ${end} of a file of ${bytes.length}`)
  return new DataView(bytes.buffer, bytes.byteOffset + start, end - start)
}

/**
 * Compares what a page announces with the bytes and values there are; returns its unpacked size.
 *
 * @param most  values of its group: rows, where a row has one
 */
function checkSizes(column: string, header: PageHeader, most: number, bytesLeft: number): number {
  const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header
  if (!(packed >= 0 && packed <= bytesLeft))
    throw corrupt(column, `has a page that announces ${packed} bytes where ${bytesLeft} are left`)
  if (!(unpacked >= 0 && unpacked <= maxPageBytes))
    throw corrupt(column, `has a page that unpacks to ${unpacked} bytes, at most ${maxPageBytes} are read`)
  const counts = pageCounts(header)
  if (!counts) throw corrupt(column, `has a page of unknown type`)
  if (!(counts.num_values >= 0 && counts.num_values <= most))
    throw corrupt(
      column,
      `has a page that announces ${counts.num_values} values where its group has ${most} rows`,
    )
  if (header.type !== 'DICTIONARY_PAGE' && !encodings.includes(counts.encoding))
    throw new AppError(
      'data/unsupported',
      `column ${column} of the Parquet file is encoded as ${counts.encoding}, this app reads ${encodings.join(', ')}: write it with the default encodings`,
    )
  return unpacked
}

/** Writers may state the CRC-32 of a page as it is stored. */
function checkSum(column: string, { crc }: PageHeader, page: Uint8Array): void {
  if (crc === undefined) return
  const found = crc32OfBytes(page)
  if (found !== crc >>> 0)
    throw corrupt(column, `has a page of checksum ${hex(found)} where ${hex(crc >>> 0)} is stated`)
}

function hex(sum: number): string {
  return sum.toString(16).padStart(8, '0')
}

function pageCounts(header: PageHeader) {
  if (header.type === 'DATA_PAGE') return header.data_page_header
  if (header.type === 'DATA_PAGE_V2') return header.data_page_header_v2
  return header.type === 'DICTIONARY_PAGE' ? header.dictionary_page_header : undefined
}

type Unpack = (part: Uint8Array, size: number) => Promise<Uint8Array>

/** Bits that levels up to the highest one take. */
const bitsOf = (highest: number): number => 32 - Math.clz32(highest)

/** Checks all run lengths of a page; returns how many rows (of lists: values) it brings. */
async function checkRunsOf(
  column: string,
  header: PageHeader,
  page: Uint8Array,
  { repetition, definition }: PageLevels,
  unpack: Unpack,
): Promise<number> {
  const unpackedSize = header.uncompressed_page_size
  const v1 = header.type === 'DATA_PAGE' ? header.data_page_header : undefined
  const v2 = header.type === 'DATA_PAGE_V2' ? header.data_page_header_v2 : undefined
  if (v1) {
    let body = await unpack(page, unpackedSize)
    let present = v1.num_values
    for (const highest of [repetition, definition]) {
      if (highest === 0) continue
      const length = body.length < 4 ? NaN : new DataView(body.buffer, body.byteOffset).getUint32(0, true)
      if (!(length <= body.length - 4))
        throw corrupt(column, `has a page of ${body.length} bytes with ${length} bytes of levels`)
      present = checkRuns(column, body.subarray(4, 4 + length), highest, v1.num_values)
      body = body.subarray(4 + length)
    }
    if (definition === 0) present = v1.num_values
    // A width of zero bits stands for zeros only, no runs follow.
    if (v1.encoding.endsWith('_DICTIONARY') && body[0] !== 0) checkIndices(column, body, present)
    return v1.num_values
  }
  if (v2) {
    const [repeats, levels] = [v2.repetition_levels_byte_length, v2.definition_levels_byte_length]
    const room = Math.min(page.length, unpackedSize)
    if (!(repeats >= 0 && levels >= 0 && repeats + levels <= room) || (repetition === 0 && repeats !== 0))
      throw corrupt(column, `has a page of ${page.length} bytes with ${repeats + levels} bytes of levels`)
    if (repetition > 0) checkRuns(column, page.subarray(0, repeats), repetition, v2.num_values)
    const present =
      definition > 0
        ? checkRuns(column, page.subarray(repeats, repeats + levels), definition, v2.num_values)
        : v2.num_values
    if (v2.num_values - v2.num_nulls !== present)
      throw corrupt(
        column,
        `has a page of ${v2.num_values} values, ${v2.num_nulls} missing, but ${present} present`,
      )
    const rest = page.subarray(repeats + levels)
    const body = v2.is_compressed === false ? rest : await unpack(rest, unpackedSize - repeats - levels)
    if (v2.encoding.endsWith('_DICTIONARY')) checkIndices(column, body, present)
    return v2.num_values
  }
  await unpack(page, unpackedSize)
  return 0
}

/** Places in a dictionary: their width in a byte, then runs. */
function checkIndices(column: string, body: Uint8Array, values: number): void {
  if (body[0] > 32) throw corrupt(column, `has places in a dictionary of ${body[0]} bits`)
  checkRuns(column, body.subarray(1), 2 ** body[0] - 1, values)
}

/**
 * Checks run lengths of Parquet's hybrid of run-length and bit-packed encoding: no run may exceed the values
 * that are wanted, rounded up to a group of eight, and the runs must reach that number before the bytes end
 * (hyparquet reads on into whatever follows). Source: parquet-format, Encodings.md, "RLE = 3".
 *
 * @returns how many of the first `values` are the highest one, where these take less than a byte
 */
function checkRuns(column: string, bytes: Uint8Array, highest: number, values: number): number {
  const bitWidth = bitsOf(highest)
  let full = 0
  let seen = 0
  for (let at = 0; seen < values;) {
    let header = 0
    let shift = 0
    let byte: number
    do {
      byte = bytes[at++] ?? 0x80
      header += (byte & 0x7f) * 2 ** shift
      shift += 7
    } while (byte & 0x80 && shift < 35)
    if (byte & 0x80) throw corrupt(column, `has runs for ${seen} values where ${values} are wanted`)
    const packed = header % 2 === 1
    const count = packed ? 8 * ((header - 1) / 2) : header / 2
    if (count > values + 7) throw corrupt(column, `has a run of ${count} values where ${values} are wanted`)
    const used = Math.min(count, values - seen)
    if (bitWidth < 8 && packed)
      for (let i = 0; i < used; i++) if (packedAt(bytes, 8 * at + i * bitWidth, bitWidth) === highest) full++
    if (bitWidth < 8 && !packed && bytes[at] === highest) full += used
    at += packed ? (count / 8) * bitWidth : (bitWidth + 7) >> 3
    seen += count
  }
  return full
}

/** A number of less than a byte at a bit, lowest bit first. */
function packedAt(bytes: Uint8Array, bit: number, width: number): number {
  const two = (bytes[bit >> 3] ?? 0) | ((bytes[(bit >> 3) + 1] ?? 0) << 8)
  return (two >> (bit & 7)) & ((1 << width) - 1)
}

function corrupt(column: string, what: string): AppError {
  return new AppError(
    'data/corrupt',
    `the Parquet file is damaged: column ${column} ${what}; save or download it again`,
    { column },
  )
}
