import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { eventLine } from '../../dataset/dark-machines/event-line.ts'
import { createRng } from '../../numerics/rng.ts'
import { compareEventsCommand } from './compare-events.ts'

const folder = mkdtempSync(join(tmpdir(), 'compare-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Events of one to three jets whose hardest has about this pT [GeV]. */
function sample(name: string, events: number, hardest: number): string {
  const rng = createRng(1, name)
  let text = ''
  for (let i = 0; i < events; i++) {
    const count = 1 + rng.integer(3)
    const pt = Array.from({ length: count }, (_, k) => (hardest * (1 + 0.3 * rng.uniform())) / 2 ** k)
    const eta = pt.map(() => rng.normal())
    text += eventLine(i, name, 1, {
      ...{ count, types: pt.map(() => 0), pt, eta, energy: pt.map((x, k) => x * Math.cosh(eta[k])) },
      ...{ phi: pt.map(() => 6 * rng.uniform() - 3), met: hardest, metPhi: 6 * rng.uniform() - 3 },
    })
  }
  const path = join(folder, `${name}.csv`)
  writeFileSync(path, text)
  return path
}

interface Answer {
  events: number[]
  auc: number
  aucError: number
  shares: Record<string, number[][]>
  features: { name: string; median: number[]; ks: number }[]
  multiplicities: Record<string, number[]>
}

const run = (...argv: string[]): Promise<Answer> =>
  compareEventsCommand.run(argv, () => undefined) as Promise<Answer>

it('tells alike and different samples', { timeout: 60_000 }, async () => {
  const [one, other, harder] = [
    sample('one', 360, 300),
    sample('other', 300, 300),
    sample('harder', 320, 600),
  ]
  const alike = await run(one, other)
  expect(alike.events).toEqual([360, 300])
  expect(Math.abs(alike.auc - 0.5)).toBeLessThan(3 * alike.aucError)
  expect(alike.features).toHaveLength(16)
  expect(Object.keys(alike.multiplicities).sort()).toEqual(['1j0b0e0m0g', '2j0b0e0m0g', '3j0b0e0m0g'])
  // Jets are all above 20 GeV and b-jets there are none.
  expect(Object.keys(alike.shares)).toEqual(['Njet', 'Nb'])
  expect(alike.shares.Nb).toEqual([[1, 1]])
  const [ofOne, ofOther] = [0, 1].map((k) => alike.shares.Njet.reduce((sum, own) => sum + own[k], 0))
  expect(ofOne).toBeCloseTo(1, 12)
  expect(ofOther).toBeCloseTo(1, 12)
  const apart = await run(one, harder)
  expect(apart.auc).toBeGreaterThan(0.99)
  const pt = apart.features.find(({ name }) => name === 'pT(j1)')!
  expect(pt.ks).toBeGreaterThan(0.98)
  expect(pt.median[1] / pt.median[0]).toBeGreaterThan(1.9)
})

it('refuses what leaves too few events, with both numbers', async () => {
  const [few, low] = [sample('few', 10, 300), sample('low', 100, 90)]
  await expect(run(few, low)).rejects.toThrow(/--ours has 10 events of 10 .* needs 50/)
  await expect(run(low, few, '--selection', 'met200')).rejects.toThrow(/--ours has 0 events of 100 that pass/)
})
