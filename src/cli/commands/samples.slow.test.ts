import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parseSample } from '../../dataset/event-samples/load-sample.ts'
import { readBlock } from '../../dataset/event-samples/read-block.ts'
import { sampleSet } from '../../generator/samples/sample-set.ts'
import { checkSamplesCommand, makeSamplesCommand } from './samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'samples-'))
afterAll(() => rmSync(folder, { recursive: true }))

const argv = ['--only', 'gluino-m1000-dm900,multitop-1t', '--events', '300']
const make = (out: string, ...more: string[]): Promise<unknown> =>
  makeSamplesCommand.run([...argv, '--out', join(folder, out), ...more], () => undefined)
const check = (where: string): Promise<unknown> =>
  checkSamplesCommand.run(
    ['--only', 'gluino-m1000-dm900,multitop-1t', '--in', join(folder, where)],
    () => undefined,
  )

it(
  'samples are made, made again and compared; after Ctrl-C they go on to the same bytes',
  { timeout: 120_000 },
  async () => {
    await make('whole')
    expect(readdirSync(join(folder, 'whole')).sort()).toEqual(
      ['gluino-m1000-dm900', 'multitop-1t'].flatMap((id) => [`${id}.events`, `${id}.json`]),
    )
    await expect(check('whole')).resolves.toEqual({ same: 2, events: 500 })

    const path = join(folder, 'whole/multitop-1t.json')
    const manifest = parseSample(readFileSync(path), path)
    const { parts, selection } = sampleSet['multitop-1t']
    const events = await readBlock(manifest, 0, readFileSync(join(folder, 'whole', manifest.file)))
    expect(events.events).toBe(300)
    // Each process has its share of events, and by its weights that of its cross-section after the selection.
    const count = (part: number): number => events.part.filter((own) => own === part).length
    expect(parts.map((_, part) => count(part))).toEqual(parts.map(({ share }) => (300 * share) / 1000))
    const visible = manifest.parts.map(({ sigmaPb, selected, generated }) => (sigmaPb * selected) / generated)
    const weightOf = (part: number): number =>
      events.weight.reduce((sum, weight, i) => sum + (events.part[i] === part ? weight : 0), 0)
    expect(weightOf(0) / weightOf(1) / (visible[0] / visible[1])).toBeCloseTo(1, 1)
    expect((weightOf(0) + weightOf(1)) / 300).toBeCloseTo(1, 1)
    for (let i = 0; i < 300; i++) {
      let jets = 0
      for (let k = events.first[i]; k < events.first[i + 1]; k++)
        if (events.types[k] <= 1 && events.pt[k] > 24.9 && Math.abs(events.eta[k]) < 2.501) jets++
      expect(jets).toBeGreaterThanOrEqual(selection.jets.count)
    }

    // Stops as a signal does, once the first sample is there.
    const started = make('parts', '--checkpoint-every', '0')
    const stop = setInterval(() => {
      if (existing('parts').includes('gluino-m1000-dm900.json')) process.emit('SIGINT')
    }, 1)
    await expect(started).rejects.toThrow(/Stopped at/)
    clearInterval(stop)
    expect(existing('parts')).not.toContain('multitop-1t.json')
    await make('parts', '--resume', '--workers', '2')
    for (const name of readdirSync(join(folder, 'whole')))
      expect(
        readFileSync(join(folder, 'parts', name)).equals(readFileSync(join(folder, 'whole', name))),
      ).toBe(true)

    const file = join(folder, 'parts/multitop-1t.events')
    writeFileSync(file, readFileSync(file).fill(0, 40, 41))
    await expect(check('parts')).rejects.toThrow(
      /1 of 2 samples differ .*multitop-1t \(another hash of block 0\)/,
    )
  },
)

function existing(out: string): string[] {
  try {
    return readdirSync(join(folder, out))
  } catch {
    return []
  }
}
