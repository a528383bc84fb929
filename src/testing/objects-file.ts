import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { parquetColumns, parquetSchema } from '../cli/generate/parquet-columns.ts'
import { createRng } from '../numerics/rng.ts'

/** A Parquet file: events with none to three objects, as `generate --format parquet` writes them. */
export function objectsFile(events: number, rowGroupSize = 8): Uint8Array {
  const rng = createRng(3)
  const content = {
    kind: 'objects' as const,
    weight: Float64Array.from({ length: events }, () => 1),
    events: Array.from({ length: events }, (_, i) => {
      const count = i % 4
      const of = (scale: number) => Float64Array.from({ length: count }, () => scale * rng.uniform())
      const types = Uint8Array.from({ length: count }, (__, k) => k % 2)
      return {
        ...{ count, types, energy: of(400), pt: of(300), eta: of(2), phi: of(3) },
        ...{ met: 200 + i, metPhi: 0.5 },
      }
    }),
  }
  const writer = new ByteWriter()
  const file = new ParquetWriter({ writer, schema: parquetSchema('objects'), statistics: false })
  file.write({ columnData: parquetColumns([content as never], 0, 'toy', []), rowGroupSize })
  file.finish()
  return Uint8Array.from(writer.getBytes())
}
