import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { ttbarGenerateCommand } from './ttbar-generate.ts'

const folder = mkdtempSync(join(tmpdir(), 'workers-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('ttbar-generate writes the same bytes with one, two and three threads', { timeout: 60_000 }, async () => {
  const written = async (workers: number) => {
    const out = join(folder, `${workers}.parquet`)
    const line = `--events 20000 --seed 7 --selection dilepton --smear --unweight sm --workers ${workers} --out ${out}`
    await ttbarGenerateCommand.run(line.split(' '), () => undefined)
    return readFileSync(out)
  }
  const alone = await written(1)
  for (const workers of [2, 3]) expect((await written(workers)).equals(alone)).toBe(true)
})

it('what no thread could read is refused before any begins', async () => {
  const line = '--events 9000 --workers 2 --pdf-table /nowhere.json'
  await expect(ttbarGenerateCommand.run(line.split(' '), () => undefined)).rejects.toMatchObject({
    code: 'data/not-found',
  })
})
