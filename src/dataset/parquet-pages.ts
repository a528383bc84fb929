import type { ColumnMetaData, FileMetaData, PageHeader } from 'hyparquet'
import { AppError } from '../errors.ts'
import { crc32OfBytes } from '../numerics/crc32.ts'
import { unpackSnappy } from './snappy.ts'
import { checkThrift } from './thrift-check.ts'

const maxPageBytes = 64 * 1024 * 1024
const maxDecodedBytes = 512 * 1024 * 1024
/** To be given to hyparquet as `compressors`, in place of its own. */
export const decompressors = { SNAPPY: unpackSnappy }

const codecs = ['UNCOMPRESSED', 'SNAPPY']
const encodings = ['PLAIN', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY', 'BYTE_STREAM_SPLIT']

/**
 * Walks all pages of the flat numeric columns of a Parquet file before it is decoded. hyparquet trusts the run
 * lengths and sizes inside pages, so that one damaged byte can ask it for 2³⁰ values or a loop that does not
 * end; here each count is first compared with the rows of its group.
 *
 * @throws AppError 'data/corrupt' or 'data/unsupported', with the column's name and both numbers
 */
export async function checkPages(
  bytes: Uint8Array,
  metadata: FileMetaData,
  columns: readonly string[],
  nullableColumns: ReadonlySet<string>,
): Promise<void> {
  const read = new Set(columns)
  const { parquetHeader } = await import('hyparquet/src/column.js')
  const { decompressPage } = await import('hyparquet/src/datapage.js')
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
      if (meta.path_in_schema.length !== 1 || !read.has(column)) continue
      const nullable = nullableColumns.has(column)
      const reader = { view: chunkView(bytes, column, meta), offset: 0 }
      let values = 0
      // hyparquet's own walk: until all rows are there or one byte is left.
      while (values < rows && reader.offset < reader.view.byteLength - 1) {
        checkThrift(reader.view, reader.offset, (what) => corrupt(column, `has a damaged page: ${what}`))
        const header = parquetHeader(reader)
        unpackedBytes += checkSizes(column, header, rows, reader.view.byteLength - reader.offset)
        if (unpackedBytes > maxDecodedBytes)
          throw corrupt(column, `unpacks to more than ${maxDecodedBytes} bytes`)
        const page = new Uint8Array(
          reader.view.buffer,
          reader.view.byteOffset + reader.offset,
          header.compressed_page_size,
        )
        checkSum(column, header, page)
        const unpack = (part: Uint8Array, size: number) =>
          decompressPage(part, size, meta.codec, decompressors)
        values += checkRunsOf(column, header, page, nullable, unpack)
        reader.offset += header.compressed_page_size
      }
      if (values !== rows) throw corrupt(column, `holds ${values} values for ${rows} rows`)
    }
  }
}

function chunkView(bytes: Uint8Array, column: string, meta: ColumnMetaData): DataView {
  if (!codecs.includes(meta.codec))
    throw new AppError(
      'data/unsupported',
      `column ${column} of the Parquet file is compressed with ${meta.codec}, this app reads ${codecs.join(' and ')}: write it with compression='snappy' (pandas, pyarrow)`,
    )
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset)
  const end = start + Number(meta.total_compressed_size)
  if (!(start >= 4 && end >= start && end <= bytes.length))
    throw corrupt(column, `lies at bytes ${start} to ${end} of a file of ${bytes.length}`)
  return new DataView(bytes.buffer, bytes.byteOffset + start, end - start)
}

/** Compares what a page announces with the bytes and rows there are; returns its unpacked size. */
function checkSizes(column: string, header: PageHeader, rows: number, bytesLeft: number): number {
  const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header
  if (!(packed >= 0 && packed <= bytesLeft))
    throw corrupt(column, `has a page that announces ${packed} bytes where ${bytesLeft} are left`)
  if (!(unpacked >= 0 && unpacked <= maxPageBytes))
    throw corrupt(column, `has a page that unpacks to ${unpacked} bytes, at most ${maxPageBytes} are read`)
  const counts = pageCounts(header)
  if (!counts) throw corrupt(column, `has a page of unknown type`)
  if (!(counts.num_values >= 0 && counts.num_values <= rows))
    throw corrupt(
      column,
      `has a page that announces ${counts.num_values} values where its group has ${rows} rows`,
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

type Unpack = (part: Uint8Array, size: number) => Uint8Array

/** Checks all run lengths of a page; returns how many rows it brings. */
function checkRunsOf(
  column: string,
  header: PageHeader,
  page: Uint8Array,
  nullable: boolean,
  unpack: Unpack,
): number {
  const unpackedSize = header.uncompressed_page_size
  const v1 = header.type === 'DATA_PAGE' ? header.data_page_header : undefined
  const v2 = header.type === 'DATA_PAGE_V2' ? header.data_page_header_v2 : undefined
  if (v1) {
    let body = unpack(page, unpackedSize)
    let present = v1.num_values
    if (nullable) {
      const length = body.length < 4 ? NaN : new DataView(body.buffer, body.byteOffset).getUint32(0, true)
      if (!(length <= body.length - 4))
        throw corrupt(column, `has a page of ${body.length} bytes with ${length} bytes of levels`)
      present = checkRuns(column, body.subarray(4, 4 + length), 1, v1.num_values)
      body = body.subarray(4 + length)
    }
    // A width of zero bits stands for zeros only, no runs follow.
    if (v1.encoding.endsWith('_DICTIONARY') && body[0] !== 0)
      checkRuns(column, body.subarray(1), body[0], present)
    return v1.num_values
  }
  if (v2) {
    const levels = v2.definition_levels_byte_length
    if (
      v2.repetition_levels_byte_length !== 0 ||
      !(levels >= 0 && levels <= Math.min(page.length, unpackedSize))
    )
      throw corrupt(column, `has a page of ${page.length} bytes with ${levels} bytes of levels`)
    const present = nullable ? checkRuns(column, page.subarray(0, levels), 1, v2.num_values) : v2.num_values
    if (v2.num_values - v2.num_nulls !== present)
      throw corrupt(
        column,
        `has a page of ${v2.num_values} values, ${v2.num_nulls} missing, but ${present} present`,
      )
    const rest = page.subarray(levels)
    const body = v2.is_compressed === false ? rest : unpack(rest, unpackedSize - levels)
    if (v2.encoding.endsWith('_DICTIONARY')) checkRuns(column, body.subarray(1), body[0], present)
    return v2.num_values
  }
  return 0
}

/**
 * Checks run lengths of Parquet's hybrid of run-length and bit-packed encoding: no run may exceed the values
 * that are wanted, rounded up to a group of eight, and the runs must reach that number before the bytes end
 * (hyparquet reads on into whatever follows). Returns how many of the first `values` are one, for width 1.
 * Source: parquet-format, Encodings.md, "RLE = 3".
 */
function checkRuns(column: string, bytes: Uint8Array, bitWidth: number, values: number): number {
  let ones = 0
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
    if (bitWidth === 1 && packed)
      for (let i = 0; i < used; i++) ones += ((bytes[at + (i >> 3)] ?? 0) >> (i & 7)) & 1
    if (bitWidth === 1 && !packed && bytes[at] === 1) ones += used
    at += packed ? (count / 8) * bitWidth : (bitWidth + 7) >> 3
    seen += count
  }
  return ones
}

function corrupt(column: string, what: string): AppError {
  return new AppError(
    'data/corrupt',
    `the Parquet file is damaged: column ${column} ${what}; save or download it again`,
    { column },
  )
}
