import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DarkMachinesEvent } from '../../dataset/dark-machines/event-line.ts'
import { EventReader } from '../../dataset/dark-machines/event-reader.ts'
import { createLheReader, type LheEvent } from '../../generator/lhe.ts'
import '../../testing/matchers.ts'
import { generateCommand } from './generate.ts'
import { showerCommand } from './shower.ts'

const folder = mkdtempSync(join(tmpdir(), 'shower-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

const generate = (name: string, ...argv: string[]) =>
  generateCommand.run([...argv, '--seed', '3', '--out', at(name)], () => undefined)
const shower = (from: string, name: string, ...argv: string[]) =>
  showerCommand.run(['--lhe', at(from), '--seed', '3', '--out', at(name), ...argv], () => undefined)

function eventsOf(name: string): DarkMachinesEvent[] {
  const events: DarkMachinesEvent[] = []
  const reader = new EventReader((event) => events.push(event))
  reader.push(readFileSync(at(name), 'utf8'))
  reader.finish()
  return events
}

function lheOf(name: string): LheEvent[] {
  return createLheReader(name).push(readFileSync(at(name), 'utf8'))
}

beforeAll(() => generate('small.lhe', '--process', 'g g > t t~', '--events', '3', '--decays', 'none'))

describe('shower', () => {
  it('makes of our own parton events what generate makes of them', { timeout: 60_000 }, async () => {
    const argv = ['--process', 'p p > t t~', '--events', '250']
    await generate('tt.lhe', ...argv)
    await generate('tt.csv', ...argv, '--stage', 'detector')
    const answer = await shower('tt.lhe', 'again.csv')
    const [whole, again] = [eventsOf('tt.csv'), eventsOf('again.csv')]
    expect(answer).toMatchObject({ events: 250, sqrtS: 13_000 })
    // Ten digits of a momentum now and then decide an emission otherwise.
    const same = whole.filter(({ event, pt, types, met }, i) => {
      const other = again[i]
      return (
        other?.event === event &&
        types.join() === other.types.join() &&
        Math.abs(met - other.met) < 1e-3 * met + 0.01 &&
        pt.every((value, k) => Math.abs(value / other.pt[k] - 1) < 1e-3)
      )
    })
    expect(same.length).toBeGreaterThan(0.97 * whole.length)
  })

  it(
    'lets decay what the file has not, packed or not, and goes on after Ctrl-C',
    { timeout: 60_000 },
    async () => {
      await generate('none.lhe', '--process', 'p p > t t~', '--events', '800', '--decays', 'none')
      writeFileSync(at('none.lhe.gz'), gzipSync(readFileSync(at('none.lhe'))))
      await shower('none.lhe', 'decayed.lhe', '--stage', 'shower')
      await shower('none.lhe.gz', 'packed.lhe', '--stage', 'shower')
      const events = lheOf('decayed.lhe')
      expect(events).toHaveLength(800)
      for (const { ids, status } of events) {
        expect([...ids].some((id) => Math.abs(id) === 6 || Math.abs(id) === 24)).toBe(false)
        expect([...status.subarray(2)].every((code) => code === 1)).toBe(true)
      }
      const body = (name: string): string => readFileSync(at(name), 'utf8').replace(/events of .*\n/, '')
      expect(body('packed.lhe')).toBe(body('decayed.lhe'))

      const started = showerCommand.run(
        [
          '--lhe',
          at('none.lhe'),
          '--seed',
          '3',
          '--out',
          at('parts.lhe'),
          '--stage',
          'shower',
          '--checkpoint-every',
          '0',
        ],
        () => undefined,
      )
      const stop = setInterval(() => {
        if (!existsSync(at('parts.lhe')) || statSync(at('parts.lhe')).size <= 30_000) return
        clearInterval(stop)
        process.emit('SIGINT')
      }, 1)
      await expect(started.finally(() => clearInterval(stop))).rejects.toThrow(/Stopped at/)
      await shower('none.lhe', 'parts.lhe', '--stage', 'shower', '--resume')
      expect(readFileSync(at('parts.lhe')).equals(readFileSync(at('decayed.lhe')))).toBe(true)
    },
  )

  it.each([
    [
      'weight',
      (text: string) => text.replace(/<event>\n (\d+) 1 \S+/, '<event>\n $1 1 -1.0'),
      /has the weight -1/,
    ],
    [
      'beams',
      (text: string) => text.replaceAll(/\n \S+ -1 0 0/g, '\n 11 -1 0 0'),
      /incoming particles 11, 11/,
    ],
    ['particle', (text: string) => text.replaceAll(/\n 6 1 /g, '\n 9900012 1 '), /has a particle 9900012/],
    [
      'momentum',
      (text: string) => text.replace(/\n 6 1 1 2 (\S+) 0 \S+/, '\n 6 1 1 2 $1 0 NaN'),
      /no finite number/,
    ],
  ])('%s that cannot be: refused with event and line', async (what, damage, message) => {
    const text = readFileSync(at('small.lhe'), 'utf8')
    const damaged = damage(text)
    expect(damaged).not.toBe(text)
    writeFileSync(at(`${what}.lhe`), damaged)
    const told = await shower(`${what}.lhe`, `${what}.csv`).catch(String)
    expect(told).toMatch(message)
    expect(told).toMatch(/Event \d+ \(line \d+\)/)
  })

  it('an energy other than that of the file is refused with both', async () => {
    await expect(shower('small.lhe', 'x.csv', '--sqrts', '8000')).rejects.toThrow(
      /--sqrts is 8000 GeV, .* 13000 GeV/,
    )
  })
})

const real = new URL('../../../../shared/cases/real/lhe/', import.meta.url)

it('files of other programs: showered, or refused in a sentence', async ({ skip }) => {
  skip(!existsSync(real), 'no files of other programs here')
  for (const name of readdirSync(real)) {
    const done = showerCommand.run(
      ['--lhe', join(real.pathname, name), '--out', at('real.csv')],
      () => undefined,
    )
    await done.catch((thrown: unknown) =>
      expect(String(thrown)).toMatch(/Event \d+ \(line|energy of its beams/),
    )
  }
  const name = 'pylhe-testfile-madgraph-2.0.0-wbj.lhe'
  const answer = await showerCommand.run(
    ['--lhe', join(real.pathname, name), '--out', at('wbj.lhe'), '--stage', 'shower'],
    () => undefined,
  )
  expect(answer).toMatchObject({ events: 59, sqrtS: 8000 })
  // A massive b of the file is massless here; what comes in and out balances.
  for (const { ids, status, momenta } of lheOf('wbj.lhe')) {
    const sum = [0, 0, 0, 0]
    ids.forEach((id, p) => {
      const [e, x, y, z] = momenta.subarray(4 * p, 4 * p + 4)
      if (status[p] !== 1) return
      ;[e, x, y, z].forEach((value, k) => (sum[k] += value))
      if (Math.abs(id) <= 5) expect(Math.abs(e * e - x * x - y * y - z * z)).toBeLessThan(1e-5 * e * e)
    })
    expect(Math.hypot(sum[1], sum[2])).toBeLessThan(20)
  }
})
