import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { sharedEvents } from '../../testing/shared-cases.ts'
import { compareEventsCommand } from './compare-events.ts'
import { generateCommand } from './generate.ts'

const folder = mkdtempSync(join(tmpdir(), 'whole-chain-'))
afterAll(() => rmSync(folder, { recursive: true }))
const quiet = () => undefined

interface Answer {
  auc: number
  aucNetwork: number
  aucNetworkError: number
  features: { name: string; median: number[]; mean: number[] }[]
}

const pythia = sharedEvents('pythia-gluino-2000-dm100.csv.gz')

describe.skipIf(!pythia)('events from hard process to detector', () => {
  // Its neutralino has 100 GeV.
  it('are hardly told from those of another program, gluinos of 2 TeV', async () => {
    const theirs = join(folder, 'theirs.csv')
    writeFileSync(theirs, pythia!)
    const out = join(folder, 'ours.csv')
    const words = ['--process', 'p p > go go', '--set', 'mgo=2000,mchi=100', '--events', '1500']
    await generateCommand.run([...words, '--stage', 'detector', '--out', out], quiet)
    const found = (await compareEventsCommand.run([out, theirs, '--network'], quiet)) as Answer
    expect(found.aucNetwork).toBeLessThan(0.65)
    expect(found.auc).toBeLessThan(0.65)
    for (const name of ['MET', 'HT', 'pT(j1)']) {
      const [ours, other] = found.features.find((own) => own.name === name)!.median
      expect(Math.abs(ours / other - 1), name).toBeLessThan(0.1)
    }
    const [jets, others] = found.features.find(({ name }) => name === 'Njet')!.mean
    expect(Math.abs(jets - others)).toBeLessThan(0.5)
  })
})
