import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { DarkMachinesEvent } from '../../dataset/dark-machines/event-line.ts'
import { EventReader } from '../../dataset/dark-machines/event-reader.ts'
import { createLheReader } from '../../generator/lhe.ts'
import '../../testing/matchers.ts'
import { parseOptions } from '../arguments.ts'
import { generateCommand } from './generate.ts'

const folder = mkdtempSync(join(tmpdir(), 'generate-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Answer {
  events: number
  sigma_pb: number
  error_pb: number
  efficiency: number
}

const run = (name: string, ...argv: string[]): Promise<Answer> =>
  generateCommand.run([...argv, '--out', join(folder, name)], () => undefined) as Promise<Answer>

const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8')

describe('generate', () => {
  it('writes a Les Houches file that is read back, with its cross-section', { timeout: 60_000 }, async () => {
    const answer = await run('tt.lhe', '--process', 'p p > t t~', '--events', '600')
    const reader = createLheReader('tt.lhe')
    const events = reader.push(textOf('tt.lhe'))
    reader.finish()
    expect(events).toHaveLength(600)
    expect(reader.init?.weightStrategy).toBe(3)
    expect(reader.init?.crossSectionPb).toBeCloseToRel(answer.sigma_pb, 1e-9)
    for (const { ids, status, weight } of events) {
      expect([...ids.subarray(2, 4)]).toEqual([6, -6])
      expect([...status.subarray(2, 4)]).toEqual([2, 2])
      expect(weight).toBeGreaterThanOrEqual(1)
    }
    expect(answer.efficiency).toBeGreaterThan(0.3)
  })

  it('goes on after Ctrl-C to the same bytes', { timeout: 60_000 }, async () => {
    const argv = ['--process', 'g g > t t~', '--decays', 'none', '--events', '2000', '--seed', '7']
    await run('whole.lhe', ...argv)
    // Stops as a signal does, once some blocks are written.
    const started = generateCommand.run(
      [...[...argv, '--out', join(folder, 'parts.lhe'), '--checkpoint-every', '0']],
      () => undefined,
    )
    const stop = setInterval(() => {
      if (sizeOf('parts.lhe') > 100_000) process.emit('SIGINT')
    }, 1)
    await expect(started).rejects.toThrow(/Stopped at/)
    clearInterval(stop)
    expect(textOf('parts.lhe')).not.toBe(textOf('whole.lhe'))
    await run('parts.lhe', ...argv, '--resume')
    expect(textOf('parts.lhe')).toBe(textOf('whole.lhe'))
  })

  it('goes through showers and the detector, the same for the same seed', { timeout: 120_000 }, async () => {
    const argv = ['--process', 'p p > t t~', '--seed', '3']
    await run('tt-shower.lhe', ...argv, '--events', '300', '--stage', 'shower')
    const reader = createLheReader('tt-shower.lhe')
    const events = reader.push(textOf('tt-shower.lhe'))
    reader.finish()
    expect(events).toHaveLength(300)
    for (const { ids, status } of events) {
      expect([...ids].some((id) => Math.abs(id) === 6)).toBe(false)
      expect([...status.subarray(0, 2)]).toEqual([-1, -1])
      expect(status.subarray(2).every((code) => code === 1)).toBe(true)
    }
    await run('tt.csv', ...argv, '--events', '300', '--stage', 'detector')
    await run('tt-more.csv', ...argv, '--events', '500', '--stage', 'detector')
    const lines: DarkMachinesEvent[] = []
    const csv = new EventReader((event) => lines.push(event))
    csv.push(textOf('tt.csv'))
    csv.finish()
    expect(csv.badLines).toBe(0)
    expect(lines.length).toBeGreaterThan(280)
    expect(textOf('tt-more.csv').startsWith(textOf('tt.csv'))).toBe(true)
    // Two bottoms in every event, each tagged about seven times in ten.
    const tagged = lines.filter(({ types }) => types.includes(1)).length / lines.length
    expect(tagged).toBeGreaterThan(0.6)
    expect(tagged).toBeLessThan(0.95)
    const leptons =
      lines.filter(({ types }) => types.some((type) => type > 1 && type < 6)).length / lines.length
    expect(leptons).toBeGreaterThan(0.2)
    expect(leptons).toBeLessThan(0.5)
  })

  it.each([
    [['--stage', 'detector', '--format', 'lhe'], /--format lhe does not hold events of --stage detector/],
    [['--stage', 'detector', '--decays', 'none'], /sees no tops/],
  ])('%o is refused before the work', async (argv, message) => {
    await expect(run('none.lhe', '--process', 'p p > t t~', ...argv)).rejects.toThrow(message)
  })

  it.each([
    ['0', /--events is 0, must be a whole number from 1 to 100000000/],
    ['1e12', /--events is 1e12, must be/],
  ])('%s events are refused', (events, message) => {
    expect(() => parseOptions(generateCommand.options, ['--events', events])).toThrow(message)
  })

  it.each([
    [['--process', 'p p > t t~', '--set', 'mt=7000'], /weigh 14000 GeV together, the beams have 13000 GeV/],
    [['--process', 'p p > Zp j', '--set', 'mphi=100,mchi=60'], /mchi = 60 GeV .* mphi \/ 2 = 50 GeV/],
    [['--process', 'p p > Z j', '--pt-min', '6500'], /No phase space: .* 13000\.6 GeV/],
  ])('%o is refused', async (argv, message) => {
    await expect(run('none.lhe', ...argv)).rejects.toThrow(message)
  })
})

function sizeOf(name: string): number {
  return statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0
}
