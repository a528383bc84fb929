import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { expect, it } from 'vitest'
import { parquetColumns, parquetSchema } from '../cli/generate/parquet-columns.ts'
import { AppError } from '../errors.ts'
import { createRng } from '../numerics/rng.ts'
import { openParquetLists, type ParquetRow } from './parquet-lists.ts'

/** Events with none to three objects, as `generate --format parquet` writes them. */
function objectsFile(events: number): Uint8Array {
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
  file.write({ columnData: parquetColumns([content as never], 0, 'toy', []), rowGroupSize: 8 })
  file.finish()
  return Uint8Array.from(writer.getBytes())
}

async function rowsOf(bytes: Uint8Array, names: readonly string[]): Promise<ParquetRow[]> {
  const rows: ParquetRow[] = []
  for await (const some of (await openParquetLists(bytes)).read(names)) rows.push(...some)
  return rows
}

const bytes = objectsFile(20)

it('reads lists of numbers and texts beside single values, group by group', async () => {
  const file = await openParquetLists(bytes)
  expect(file.rows).toBe(20)
  expect(file.columns.get('pt')).toEqual({ list: true })
  expect(file.columns.get('met')).toEqual({ list: false })
  const rows = await rowsOf(bytes, ['met', 'object', 'pt', 'process'])
  expect(rows).toHaveLength(20)
  expect(rows[4]).toEqual({ met: 204, process: 'toy', object: [], pt: [] })
  expect(rows[7]).toMatchObject({ met: 207, object: ['j', 'b', 'j'] })
  for (const row of rows) expect((row.pt as number[]).length).toBe((row.object as string[]).length)
})

it('ends in rows or an AppError whatever byte is changed', async () => {
  const rng = createRng(9)
  let refused = 0
  for (let k = 0; k < 60; k++) {
    const changed = bytes.slice()
    changed[rng.integer(changed.length)] ^= 1 << rng.integer(8)
    try {
      const rows = await rowsOf(changed, ['met', 'object', 'pt', 'eta', 'phi'])
      expect(rows.length).toBeLessThanOrEqual(20)
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
      refused++
    }
  }
  expect(refused).toBeGreaterThan(5)
})
