import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { crossSectionCommand } from './cross-section.ts'

const folder = mkdtempSync(join(tmpdir(), 'cross-section-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('cross-section is the same with one, two and three threads', { timeout: 120_000 }, async () => {
  const ask = (workers: string) =>
    crossSectionCommand.run(
      [
        ...['--process', 'p p > t t~ H', '--error', '0.02', '--workers', workers],
        ...['--checkpoint', join(folder, workers)],
      ],
      () => undefined,
    )
  const alone = await ask('1')
  for (const workers of ['2', '3']) expect(await ask(workers)).toEqual(alone)
})
