import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { mediatorWidth } from '../../../physics/amplitudes/closed-forms/mediator.ts'
import { mediatorFile } from '../../../testing/event-files.ts'
import { eventRatioCommand } from './event-ratio.ts'

const folder = mkdtempSync(join(tmpdir(), 'event-ratio-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('on the shell of both the ratio is that of line shapes: Γ_χ over the square of all widths', async () => {
  const path = join(folder, 'one.lhe')
  writeFileSync(path, await mediatorFile().text())
  const words = ['--events', path, '--a', 'vector-m500', '--b', 'axial-m500']
  const { events } = (await eventRatioCommand.run(words, () => undefined)) as {
    events: { massGeV: number; ratio: number }[]
  }
  expect(events).toHaveLength(1)
  expect(events[0].massGeV).toBeCloseTo(500, 6)
  const widths = (['vector', 'axial'] as const).map((kind) =>
    mediatorWidth({ kind, mass: 500, mChi: 50, gQuark: 0.25, gChi: 1 }, 500, 172.5, 246),
  )
  const r = (50 / 500) ** 2
  const expected = ((1 - 4 * r) / (1 + 2 * r)) * (widths[0] / widths[1]) ** 2
  expect(events[0].ratio).toBeCloseTo(expected, 6)
})

it('models of fixed masses cannot be asked for', async () => {
  const words = ['--events', join(folder, 'one.lhe'), '--a', 'znunu-j', '--b', 'axial-m500']
  await expect(eventRatioCommand.run(words, () => undefined)).rejects.toMatchObject({ code: 'input/invalid' })
})
