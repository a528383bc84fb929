import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { createRng } from '../numerics/rng.ts'
import { objectsFile } from '../testing/objects-file.ts'
import { openParquetLists, type ParquetRow } from './parquet-lists.ts'
import { processorMs } from '../testing/processor-time.ts'

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
    const begin = processorMs()
    changed[rng.integer(changed.length)] ^= 1 << rng.integer(8)
    try {
      const rows = await rowsOf(changed, ['met', 'object', 'pt', 'eta', 'phi'])
      expect(rows.length).toBeLessThanOrEqual(20)
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
      refused++
    }
    expect(processorMs() - begin, 'of processor [ms]').toBeLessThan(1000)
  }
  expect(refused).toBeGreaterThan(5)
})

it('takes as long as there are groups, not as long as their square', async () => {
  const seconds = async (groups: number) => {
    const file = objectsFile(groups, 1)
    const begin = processorMs()
    expect(await rowsOf(file, ['met', 'pt'])).toHaveLength(groups)
    return processorMs() - begin
  }
  await seconds(40)
  const [few, many] = [await seconds(50), await seconds(300)]
  // Six times the groups; by their square it would be 36.
  expect(many / few).toBeLessThan(15)
})
