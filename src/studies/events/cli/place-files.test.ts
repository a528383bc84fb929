import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { sharedEvents } from '../../../testing/shared-cases.ts'
import { placeFilesCommand } from './place-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'place-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Answer {
  models: { sets: number }[]
  files: {
    read: number
    events: number
    sets: number
    models: { model: string; centroid: number; errors: { centroid: number } }[]
    transfer?: { model: string; shift: number; others: { model: string; shiftOverDistance: number }[] }
  }[]
  between: { centroid: number; errors: { centroid: number } }[]
}

const run = (words: string, ...files: string[]): Promise<Answer> =>
  placeFilesCommand.run([files.join(','), ...words.split(' ')], () => undefined) as Promise<Answer>

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const z = sharedEvents('pythia-znunuj.csv.gz')
const among = '--dataset dark-matter --model events-dark-matter-2d --only znunu-j,vector-m500,vector-m2000'

describe.skipIf(!z)('events of another program', () => {
  it('lie nearest to their own model, by less than half of the way to others', async () => {
    const lines = z!.trimEnd().split('\n')
    const half = (which: number) =>
      file(`half-${which}.csv`, lines.filter((_, i) => i % 2 === which).join('\n'))
    const { files, between } = await run(`${among} --as znunu-j,znunu-j`, half(0), half(1))
    for (const placed of files) {
      expect(placed.read).toBe(lines.length / 2)
      // Some have less MET than the samples are made of.
      expect(placed.events).toBeLessThan(placed.read)
      expect(placed.sets).toBe(Math.floor(placed.events / 10))
      expect(placed.models[0].model).toBe('znunu-j')
      expect(placed.transfer?.others[0]).toMatchObject({ model: 'vector-m500' })
      expect(placed.transfer?.others[0].shiftOverDistance).toBeLessThan(0.5)
    }
    const [apart] = between
    expect(apart.centroid).toBeLessThan(4 * apart.errors.centroid)
  })

  it('and models are cut alike by a channel', async () => {
    const path = file('all.csv', z!)
    const whole = await run(`${among} --per-set 5`, path)
    const cut = await run(`${among} --per-set 5 --channel 3`, path)
    const [before, after] = [whole, cut].map(({ files }) => files[0])
    // HT from 600 GeV: Z + jet hardly ever has it, which the mediator of 2 TeV often does.
    expect(after.events / before.events).toBeLessThan(0.1)
    const shares = cut.models.map(({ sets }, m) => sets / whole.models[m].sets)
    expect(shares[0]).toBeLessThan(0.1)
    expect(shares[2]).toBeGreaterThan(2 * shares[0])
  })
})

it('refuses names that do not fit, before it reads anything', async () => {
  const path = file('any.csv', 'x')
  await expect(run(`${among} --as znunu-j`, path, path)).rejects.toThrow(/--as names 1 models and --files 2/)
  await expect(run(`${among} --as vector-m200`, path)).rejects.toThrow(
    /--as vector-m200 is none of the models/,
  )
  await expect(run('--dataset dark-matter --only gluino-m1000-dm50', path)).rejects.toThrow(
    /dark-matter has no model gluino-m1000-dm50/,
  )
})
