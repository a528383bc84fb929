import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { WidthReport } from './fit-widths.ts'
import { calibrateCommand } from './calibrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'calibrate-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('compares widths of all kinds on the same toys', { timeout: 60_000 }, async () => {
  const line =
    '--preset thesis-inspired,parton --mtt-min 1450 --events 600 --live 80 --test widths --toys 2 --training-points 2000 --epochs 3'
  // What a run that is given up leaves lies where it is removed, and not in the way of the next one.
  const checkpoint = ['--checkpoint', join(folder, 'widths.checkpoint')]
  const { parameters } = (await calibrateCommand.run([...line.split(' '), ...checkpoint], () => {})) as {
    parameters: WidthReport[]
  }
  expect(parameters.map(({ name }) => name)).toEqual(['td8', 'tq8'])
  for (const { widths, ordered } of parameters) {
    expect(widths.exact.mean).toBeGreaterThan(0)
    expect(widths.exact.mean).toBeLessThan(widths.binned.mean)
    expect([0, 1, 2]).toContain(ordered)
  }
})
