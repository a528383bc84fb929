import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, describe, expect, it } from 'vitest'
import type { DarkMachinesEvent } from '../../dataset/dark-machines/event-line.ts'
import { EventReader } from '../../dataset/dark-machines/event-reader.ts'
import { objectSymbols } from '../../generator/detector/reconstructed.ts'
import { createLheReader } from '../../generator/lhe.ts'
import '../../testing/matchers.ts'
import { generateCommand } from './generate.ts'

const folder = mkdtempSync(join(tmpdir(), 'generate-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (name: string, ...argv: string[]): Promise<unknown> =>
  generateCommand.run([...argv, '--out', join(folder, name)], () => undefined)

const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8')
const sizeOf = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0

describe('generate', () => {
  it(
    'writes Parquet, whole again after Ctrl-C, with the numbers of the text',
    { timeout: 120_000 },
    async () => {
      const argv = ['--process', 'p p > t t~', '--seed', '3', '--events', '10300']
      const parquet = [...argv, '--format', 'parquet', '--decays', 'none']
      await run('tt.parquet', ...parquet)
      const rows = await rowsOf('tt.parquet')
      expect(rows).toHaveLength(10_300)
      expect(rows[0]).toMatchObject({ event: 1, weight: 1, status: [-1, -1, 1, 1] })
      expect(rows.at(-1)).toMatchObject({ event: 10_300 })
      await run('tt-none.lhe', ...argv, '--decays', 'none')
      const reader = createLheReader('tt-none.lhe')
      const events = reader.push(textOf('tt-none.lhe'))
      for (const i of [0, 249, 250, 9999, 10_000, 10_299]) {
        expect(rows[i].pdg_id).toEqual([...events[i].ids])
        rows[i].energy.forEach((energy, k) => expect(energy).toBeCloseToRel(events[i].momenta[4 * k], 1e-9))
      }
      // Stops as a signal does, once the first row group is written.
      const started = generateCommand.run(
        [...parquet, '--out', join(folder, 'parts.parquet'), '--checkpoint-every', '0'],
        () => undefined,
      )
      const stop = setInterval(() => {
        if (sizeOf('parts.parquet') > 100_000) process.emit('SIGINT')
      }, 1)
      await expect(started).rejects.toThrow(/Stopped at/)
      clearInterval(stop)
      expect(await rowsOf('parts.parquet')).toHaveLength(10_000)
      await run('parts.parquet', ...parquet, '--resume')
      expect(bytesOf('parts.parquet').equals(bytesOf('tt.parquet'))).toBe(true)
    },
  )

  it(
    'sees the same objects in Parquet as in text, in one thread and in two',
    { timeout: 120_000 },
    async () => {
      // Three blocks for two threads.
      const argv = ['--process', 'p p > t t~', '--seed', '3', '--events', '600', '--stage', 'detector']
      await run('one.csv', ...argv)
      await run('two.csv', ...argv, '--workers', '2')
      expect(textOf('two.csv')).toBe(textOf('one.csv'))
      await run('two.parquet', ...argv, '--format', 'parquet', '--workers', '2')
      const rows = await rowsOf('two.parquet')
      expect(rows).toHaveLength(600)
      const lines: DarkMachinesEvent[] = []
      const csv = new EventReader((event) => lines.push(event))
      csv.push(textOf('one.csv'))
      csv.finish()
      expect(lines.length).toBeLessThanOrEqual(600)
      for (const line of lines) {
        const row = rows[Number(line.event) - 1]
        expect(row.object).toEqual(line.types.map((type) => objectSymbols[type]))
        row.pt.forEach((pt, k) => expect(pt).toBeCloseToRel(line.pt[k], 1e-4))
      }
    },
  )
})

interface ParquetRow {
  event: number
  weight: number
  pdg_id: number[]
  status: number[]
  energy: number[]
  object: string[]
  pt: number[]
}

const bytesOf = (name: string): Buffer => readFileSync(join(folder, name))

async function rowsOf(name: string): Promise<ParquetRow[]> {
  return (await parquetReadObjects({ file: new Uint8Array(bytesOf(name)).buffer })) as unknown as ParquetRow[]
}
