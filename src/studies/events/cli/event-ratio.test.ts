import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { mediatorWidth } from '../../../physics/amplitudes/closed-forms/mediator.ts'
import { eventRatioCommand } from './event-ratio.ts'

const folder = mkdtempSync(join(tmpdir(), 'event-ratio-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** u g → u V with V of Q = 500 GeV to two of dark matter, at rest in its decay along y; partons along z. */
function event(): string {
  const [q, pt, mChi] = [500, 300, 50]
  const mt = Math.hypot(q, pt)
  const half = (mt + pt) / 2
  const side = Math.sqrt((q / 2) ** 2 - mChi ** 2)
  const row = (id: number, status: number, mother: string, colour: string, p: number[], m: number) =>
    `${id} ${status} ${mother} ${colour} ${p.slice(1).join(' ')} ${p[0]} ${m} 0 9`
  return [
    '<LesHouchesEvents version="3.0">\n<init>\n2212 2212 6500 6500 0 0 0 0 3 1\n1 0 1 1\n</init>\n<event>\n6 1 1 500 0.0078 0.1',
    row(2, -1, '0 0', '501 0', [half, 0, 0, half], 0),
    row(21, -1, '0 0', '502 501', [half, 0, 0, -half], 0),
    row(55, 2, '1 2', '0 0', [mt, -pt, 0, 0], q),
    row(2, 1, '1 2', '502 0', [pt, pt, 0, 0], 0),
    row(52, 1, '3 3', '0 0', [mt / 2, -pt / 2, side, 0], mChi),
    row(-52, 1, '3 3', '0 0', [mt / 2, -pt / 2, -side, 0], mChi),
    '</event>\n</LesHouchesEvents>\n',
  ].join('\n')
}

it('on the shell of both the ratio is that of line shapes: Γ_χ over the square of all widths', async () => {
  const path = join(folder, 'one.lhe')
  writeFileSync(path, event())
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
