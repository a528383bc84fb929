import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RatioCard } from '../../../ml/ratio/ratio-card.ts'
import { AppError } from '../../../errors.ts'
import { parseOptions } from '../../../cli/arguments.ts'
import type { Command } from '../../../cli/command.ts'
import { writeRoot } from '../../../testing/root-file/write-root.ts'
import { eventColumns, readEvents } from '../analysis/event-file.ts'
import { namedNetworks, networkReport } from './fit-networks.ts'
import { setupFromOptions } from './fit-options.ts'
import { calibrateCommand } from './calibrate.ts'
import { fitCommand, fitCommandOptions } from './fit.ts'
import { trainRatioCommand } from './train-ratio.ts'
import { ttbarGenerateCommand } from './ttbar-generate.ts'

const folder = mkdtempSync(join(tmpdir(), 'networks-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)

async function run<T>(command: Command, line: string, log: string[] = []): Promise<T> {
  const value = await command.run(line.split(' '), (text) => log.push(text))
  return JSON.parse(JSON.stringify(value)) as T
}

/** @returns what is said, nothing having been done before */
async function refusal(command: Command, line: string): Promise<string> {
  const log: string[] = []
  const thrown = await run(command, line, log).catch((error: unknown) => error)
  if (!(thrown instanceof AppError)) throw new Error(`was not refused: ${JSON.stringify(thrown)}`)
  expect(thrown.code).toMatch(/^(model\/mismatch|input\/invalid)$/)
  expect(log).toEqual([]) // whoever makes events tells of them
  return thrown.message
}

/** The networks that a fit would use. */
async function taken(line: string) {
  const options = parseOptions(fitCommandOptions, line.split(' ')).values
  const named = await namedNetworks('unbinned', setupFromOptions(options), options, () => undefined)
  return named!.networks.map(networkReport)
}

const small = '--preset joint-parton --mtt-min 700 --events 1500 --epochs 2 --test-events 200'
const train = (out: string, more: string) => run(trainRatioCommand, `${small} ${more} --out ${at(out)}`)
const fit = '--mode unbinned --preset thesis-inspired,joint-parton --events 300 --live 60 --raw-ratios'
const cardOf = (name: string) => JSON.parse(readFileSync(at(`${name}/card.json`), 'utf8')) as RatioCard

interface Answer {
  networks: Record<string, unknown>[]
  notes: string[]
}

beforeAll(async () => {
  await train('open', '--operators td8,tq8 --selection none --replica 4 --seed 7')
  // As version 1 wrote it.
  cpSync(at('open'), at('old'), { recursive: true })
  rmSync(at('old/run.json'))
  const { setup, made, ...rest } = cardOf('open')
  expect(made.replica).toBe(4)
  const data = { pdf: setup.pdf?.id, sqrtSGeV: 13_000, mttMinGeV: 700, muGeV: 172.5, alphaS: setup.alphaS }
  writeFileSync(at('old/card.json'), JSON.stringify({ ...rest, schemaVersion: 1, data, date: '2026-01-02' }))
}, 60_000)

describe('fit --networks', () => {
  it('refuses networks without cuts for data with dilepton cuts, with both values, before any work', async () => {
    expect(await refusal(fitCommand, `${fit} --networks ${at('open')}`)).toMatch(
      /open: selection none on the card, dilepton \(ptLeading 25, .*\) in the fit\. Train for this set-up/,
    )
  })

  it('names both values and the cure however much differs', async () => {
    const all = fit.replace('-parton', '') + ' --sqrts 14000 --mtt-min 0 --smearing'
    const said = await refusal(fitCommand, `${all} --networks ${at('open')}`)
    for (const words of ['the set 14', '13000', '14000', '700', '345', 'dilepton', 'the default'])
      expect(said).toContain(words)
    expect(said).toMatch(/change the set-up\.$/)
    expect(said).not.toContain('…')
  })

  it.each([
    [`${fit} --sqrts 14000`, /sqrt\(s\) \[GeV\] 13000 on the card, 14000 in the fit/],
    [`${fit} --mtt-min 0`, /lowest m_tt \[GeV\] 700 on the card, 345 in the fit/],
    [`${fit} --smearing`, /smearing none on the card, the default \(leptonPt 0\.015, .*\) in the fit/],
    [fit.replace('-parton', ''), /features m_tt, y_tt on the card, the set 14 in the fit/],
    [`${fit} --operators td8,tu8`, /Missing: tu8 of replica 4, tu8\^2 of replica 4/],
    [`${fit} --replicas 2`, /--replicas asks for 2 per term, there is 1/],
    [
      fit.replace('unbinned', 'binned'),
      /--networks are for learned ratios, a fit of the kind binned uses none/,
    ],
  ])('refuses them for %s', async (line, words) => {
    expect(await refusal(fitCommand, `${line} --selection none --networks ${at('open')}`)).toMatch(words)
  })

  it('says of those it takes how they were made, their own replica and seconds', async () => {
    const { networks } = await run<Answer>(fitCommand, `${fit} --selection none --networks ${at('open')}`)
    const { seconds } = JSON.parse(readFileSync(at('open/run.json'), 'utf8')) as { seconds: number }
    expect(seconds).toBeGreaterThan(0)
    expect(networks).toHaveLength(1)
    expect(networks[0]).toMatchObject({
      ...{ folder: at('open'), cardVersion: 2, terms: ['td8', 'tq8', 'td8^2', 'tq8^2'] },
      ...{ replica: 4, seed: 7, preset: 'joint-parton', points: 1500, epochs: 2, seconds },
      ...{ source: null, takenOnTrust: [] },
    })
    expect(networks[0].product).toMatch(/^theoryscape \d/)
    // Fewer operators are a part of what they know.
    const part = await taken(`${fit} --operators tq8 --selection none --networks ${at('open')}`)
    expect(part).toMatchObject([{ replica: 4 }])
  })

  it('refuses one network named twice', async () => {
    const twice = `${at('open')},${at('open')}`
    expect(await refusal(fitCommand, `${fit} --selection none --networks ${twice}`)).toMatch(
      /Doubled: td8 of replica 4 \(.*open and .*open\) and 3 more/,
    )
  })

  it('refuses cards of version 1, or takes them on trust and says so', async () => {
    const old = `--networks ${at('old')}`
    expect(await refusal(fitCommand, `${fit} --selection none ${old}`)).toMatch(
      /old: version 1, does not say selection, smearing, operators, sha256 of the densities, c_tG convention\. Train again, or --trust-card to use it as it is\.$/,
    )
    const log: string[] = []
    const { networks, notes } = await run<Answer>(fitCommand, `${fit} ${old} --trust-card`, log)
    expect(networks[0]).toMatchObject({ cardVersion: 1, replica: null, seconds: null, seed: null })
    expect(networks[0].takenOnTrust).toContain('selection')
    expect(notes[0]).toMatch(
      /^Cards taken on trust \(--trust-card\)\. .*old: version 1, does not say selection/,
    )
    expect(log).toContain(notes[0])
    // What it does say is still compared.
    expect(await refusal(fitCommand, `${fit} --mtt-min 1450 ${old} --trust-card`)).toMatch(
      /lowest m_tt \[GeV\] 700 on the card, 1450 in the fit/,
    )
    expect(await refusal(fitCommand, `${fit} --trust-card`)).toMatch(
      /--trust-card is for the cards of --networks/,
    )
  })
})

it('calibrate --networks compares the same', async () => {
  const line = `--kind unbinned --toys 10 ${fit.replace('--mode unbinned ', '')} --networks ${at('open')}`
  expect(await refusal(calibrateCommand, line)).toMatch(/selection none on the card, dilepton/)
})

it('equal trainings write equal files, but for run.json', async () => {
  await train('twin', '--operators td8,tq8 --selection none --replica 4 --seed 7')
  for (const name of ['card.json', 'model.json', 'weights.bin'])
    expect(readFileSync(at(`twin/${name}`)).equals(readFileSync(at(`open/${name}`)))).toBe(true)
  const run = (name: string) => JSON.parse(readFileSync(at(`${name}/run.json`), 'utf8')) as { host: object }
  expect(run('twin').host).toEqual(run('open').host)
})

describe('a network that learned from a file', () => {
  beforeAll(async () => {
    const events = '--operators td8,tq8 --features parton --events 3000'
    await run(ttbarGenerateCommand, `${events} --mtt-min 600 --out ${at('events.parquet')}`)
  }, 60_000)
  const source = () => `--operators td8,tq8 --source ${at('events.parquet')}`
  const use = () => `${fit} --selection none --networks ${at('from-file')}`

  it('leaves open on its card what nobody said of the file', async () => {
    await train('from-file', source())
    const { setup, made } = cardOf('from-file')
    expect(setup).toMatchObject({
      selection: null,
      smearing: null,
      pdf: null,
      sqrtSGeV: null,
      ctG: 'dim6top',
    })
    expect(setup.mttMinGeV).toBe(700) // was cut here
    expect(made).toMatchObject({ points: null, source: { name: 'events.parquet' } })
    expect(await refusal(fitCommand, use())).toMatch(
      /version 2, does not say sqrt\(s\) \[GeV\], selection, smearing, PDF, sha256 of the densities, scale \[GeV\], alpha_s\. Train again, or --trust-card/,
    )
    const [network] = await taken(`${use()} --trust-card`)
    expect(network).toMatchObject({ replica: 1, source: { name: 'events.parquet' } })
  })

  it('learns the same from a tree of a ROOT file, whose branches have names of their own', async () => {
    await train('from-file', source())
    const parquet = new Uint8Array(readFileSync(at('events.parquet')))
    const { events } = await readEvents('events.parquet', parquet, ['m_tt', 'y_tt'])
    const branches = eventColumns(events).map(({ name, data }) => ({
      ...{ name: name === 'm_tt' ? 'ttbar_mass' : name, type: 'D' as const, values: [...data] },
    }))
    writeFileSync(at('events.root'), writeRoot({ trees: [{ name: 'a', branches }] }))
    const tree = source().replace('.parquet', '.root')
    await train('from-tree', `${tree} --branches m_tt=ttbar_mass`)
    const weights = (name: string) => readFileSync(at(`${name}/weights.bin`))
    expect(weights('from-tree').equals(weights('from-file'))).toBe(true)
    await expect(train('from-tree', tree)).rejects.toThrow(/ttbar_mass/)
    await expect(train('from-tree', '--operators td8 --tree a')).rejects.toThrow(/--source .*not given/)
  })

  it('is compared like any other where somebody did', async () => {
    await train('from-file', `${source()} --sqrts 13000 --pdf default --mu 172.5 --selection none`)
    const [network] = await taken(use())
    expect('takenOnTrust' in network && network.takenOnTrust).toEqual([])
    await expect(train('from-file', `${source()} --smearing`)).rejects.toThrow(/--selection must then say/)
  })
})
