import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openNpz } from '../../../dataset/npz.ts'
import { npzTerms } from '../../../numerics/tables/npz-file.ts'
import { listZip, readZipEntry } from '../../../numerics/zip/read-zip.ts'
import { universesCommand } from './universes.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-universes-'))
afterAll(() => rmSync(folder, { recursive: true }))
const run = async (...argv: string[]) =>
  (await universesCommand.run(argv, () => undefined)) as { of: number; count: number; universes: number[] }

it('a rule chooses universes, which go to npz and HEPData with places and coefficients', async () => {
  const [npz, hepData] = [join(folder, 'u.npz'), join(folder, 'u.zip')]
  const rule = 'clq3 > 0.004 and D < 5'
  const found = await run('--where', rule, '--npz', npz, '--hepdata', hepData)
  expect(found.count).toBe(found.universes.length)
  expect([found.of, found.count > 5, found.count < 200]).toEqual([2000, true, true])
  const { arrays, others } = await openNpz(new Uint8Array(readFileSync(npz)))
  const read = Object.fromEntries(
    await Promise.all(arrays.map(async ({ name, read }) => [name, Array.from(await read())] as const)),
  )
  expect(read.universe).toEqual(found.universes)
  expect(Math.min(...read.clq3)).toBeGreaterThan(0.004)
  expect(Math.max(...read.d)).toBeLessThan(5)
  expect(read.z2).toHaveLength(found.count)
  expect(others.map(({ name }) => name)).toEqual(['family', 'provenance.txt'])
  const zip = new Uint8Array(readFileSync(hepData))
  const table = parse(
    new TextDecoder().decode(await readZipEntry(zip, listZip(zip, npzTerms)[1], npzTerms)),
  ) as { dependent_variables: { header: { name: string }; values: { value: unknown }[] }[] }
  const column = (name: string) =>
    table.dependent_variables.find(({ header }) => header.name === name)?.values.map(({ value }) => value)
  expect(column('z1')).toEqual(read.z1)
  expect(column('family')?.[0]).toEqual(expect.stringMatching(/^[a-z-]+$/))
})

it('without a rule they are all; a rule that holds nowhere says what its columns run through', async () => {
  expect((await run()).count).toBe(2000)
  await expect(run('--where', 'clq3 > 9')).rejects.toThrow(
    /holds for none of 2000 universes\. clq3 runs from -[\d.]+ to [\d.]+/,
  )
  await expect(run('--where', 'mine')).rejects.toThrow(/names "mine", which is neither/)
})
