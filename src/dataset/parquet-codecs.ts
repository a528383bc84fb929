import type { Compressors, FileMetaData } from 'hyparquet'
import { exactOutput } from './exact-output.ts'
import { unpackHadoopLz4, unpackLz4 } from './lz4.ts'
import { unpackSnappy } from './snappy.ts'

/** Of Parquet, in the order in which messages name them. */
export const parquetCodecs = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI', 'LZ4', 'LZ4_RAW'] as const

/**
 * What unpacks the pages of a file, to be given to hyparquet as `compressors`: of gzip, Zstandard and Brotli only what the file
 * asks for is fetched. Each writes no more than the page announces.
 */
export async function decompressorsOf(metadata: FileMetaData): Promise<Compressors> {
  const asked = new Set<string>(
    metadata.row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec ?? '')),
  )
  const all: Compressors = { SNAPPY: unpackSnappy, LZ4: unpackHadoopLz4, LZ4_RAW: unpackLz4 }
  if (asked.has('GZIP')) {
    const { gunzip } = await import('hyparquet-compressors/src/gzip.js')
    all.GZIP = (input, size) => gunzip(input, new Uint8Array(size))
  }
  if (asked.has('ZSTD')) {
    const { Decompress } = await import('fzstd')
    all.ZSTD = (input, size) => {
      const output = exactOutput(size)
      new Decompress((part) => output.add(part)).push(input, true)
      return output.finish()
    }
  }
  if (asked.has('BROTLI')) all.BROTLI = (await import('./brotli.ts')).unpackBrotli
  return all
}
