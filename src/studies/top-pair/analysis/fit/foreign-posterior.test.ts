import { expect, it } from 'vitest'
import { smallOutcome } from '../../../../testing/small-fit.ts'
import { chainTexts } from './chain-texts.ts'
import { ownChain } from '../choose-chain.ts'
import { foreignPosterior } from './foreign-posterior.ts'
import { namedCoefficient } from './parameter-names.ts'
import { posteriorAsCsv } from './posterior-files.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const fit = smallOutcome('exact', [0.45, -0.65], 0.1)
const setup = { operators: ['td8' as const, 'tq8' as const] }
/** All of it; what it is came first. */
async function posteriorOf(...asked: Parameters<typeof foreignPosterior>) {
  const steps = foreignPosterior(...asked)
  const first = await steps.next()
  const last = await steps.next()
  if (first.done || !last.done) return expect.unreachable('a chain is told, then drawn')
  expect(first.value).toEqual({ label: last.value.label, told: last.value.told })
  return last.value
}
const csv = (text: string) => posteriorOf([{ name: 'chain.csv', bytes: bytes(text) }], setup)
const rows = (row: (i: number) => string) => Array.from({ length: 50 }, (_, i) => row(i)).join('\n')

it('our own chain comes back as the posterior that it was written from', async () => {
  const files = chainTexts('exact', fit, 2).map(({ name, text }) => ({ name, bytes: bytes(text) }))
  for (const read of [await posteriorOf(files, setup), await csv(posteriorAsCsv(fit))]) {
    expect(read.names).toEqual(fit.names)
    read.summaries.forEach((summary, k) => {
      expect(summary.mean).toBeCloseTo(fit.summaries[k].mean, 8)
      expect(summary.standardDeviation).toBeCloseTo(fit.summaries[k].standardDeviation, 8)
    })
    expect(read.pairs).toHaveLength(1)
    expect(read.told[0]).toMatch(/400 draws, weighted \(400 effective\): td8, tq8\.$/)
  }
})

it('coefficients of others are ours by name, the dipole of SMEFiT times g_s', async () => {
  for (const [name, operator] of [
    ...[
      ['c_Qq^{1,8}', 'Qq18'],
      ['cQj31', 'Qq31'],
      ['O8dt', 'td8'],
      ['c81qq', 'Qq18'],
      ['ctq8', 'tq8'],
    ],
  ])
    expect(namedCoefficient(name, 'a table')).toEqual({ operator, factor: 1 })
  expect(namedCoefficient('ctGRe', 'a table')?.factor).toBe(-1)
  expect(namedCoefficient('ctG', 'a table')?.factor).toBe(1)
  expect(namedCoefficient('OpQM', 'SMEFiT')).toBeUndefined()
  const samples = { OtG: Array.from({ length: 50 }, (_, i) => i / 50), OpQM: new Array<number>(50).fill(1) }
  const file = { name: 'posterior.json', bytes: bytes(JSON.stringify(samples)) }
  const read = await posteriorOf([file], { operators: ['tG'] })
  // alpha_s(172.5 GeV) of CT14lo at two loops is 0.108: g_s = 1.16.
  expect(read.summaries[0].mean / 0.49).toBeCloseTo(1.164, 2)
  expect(read.told.slice(1)).toEqual([
    expect.stringMatching(/^OtG has g_s in front of its operator: tG = 1\.16\d × OtG/),
    'Integrated over and not drawn: 1 parameter that this process lacks.',
  ])
})

it('weights count, and what the set-up lacks is told', async () => {
  const read = await csv(`weight,td8,Qd8\n${rows((i) => `${i % 2},${i % 2 ? 1 + i / 1e4 : -5},3`)}`)
  expect(read.summaries[0].mean).toBeCloseTo(1.0025, 4)
  expect(read.told[1]).toBe('Integrated over and not drawn: 1 coefficient that the set-up lacks.')
  expect(read.best.is).toBe('mean')
})

it('a chain without a coefficient of the set-up is refused, with what it has', async () => {
  await expect(csv(`H0,omega\n${rows(() => '70,0.3')}`)).rejects.toThrow(/H0, omega, none of which is/)
  await expect(csv(`Qd8\n${rows(String)}`)).rejects.toThrow(/has Qd8, the set-up fits td8, tq8/)
  await expect(csv(`td8,ctd8\n${rows((i) => `${i},1`)}`)).rejects.toThrow(/td8 and ctd8, which are both td8/)
})

it('chains are told from events, spectra and other JSON by content', async () => {
  const own = async (...given: [name: string, text: string][]) =>
    (await ownChain(given.map(([name, text]) => new File([text], name)))).map(({ name }) => name)
  expect(
    await own(['a.csv', 'td8,tq8\n1,2\n'], ['b.csv', 'pt_l1,weight_td8\n1,2\n'], ['c.csv', '1,2\n']),
  ).toEqual(['a.csv'])
  expect(await own(['p.json', '{"OtG": [1.5, 2]}'], ['w.json', '{"eft": "SMEFT", "values": {}}'])).toEqual([
    'p.json',
  ])
  expect(await own(['run.paramnames', 'td8\n'], ['run_1.txt', '1 2 3\n'], ['other.txt', '1 2\n'])).toEqual([
    ...['run.paramnames', 'run_1.txt'],
  ])
  expect(await own(['weighted_post.txt', 'weight logl H0\n1 2 3\n'])).toEqual(['weighted_post.txt'])
})
