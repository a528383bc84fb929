import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readEvents } from '../analysis/event-file.ts'
import { AppError } from '../../../errors.ts'
import { createDecayAngles, drawDecay, momentumCount, placeMomenta } from '../../../generator/decay.ts'
import { createRng } from '../../../numerics/rng.ts'
import partonic from '../../../physics/reference/top-pair/partonic.json'
import pdfTable from '../../../physics/reference/top-pair/toy-pdf-table.json'
import weights from '../../../physics/reference/top-pair/event-weights.json'
import '../../../testing/matchers.ts'
import { parseOptions } from '../../../cli/arguments.ts'
import type { Command } from '../../../cli/command.ts'
import { requestFromOptions, ttbarGenerateCommand } from './ttbar-generate.ts'
import { ttbarImportCommand } from './ttbar-import.ts'
import { ttbarPartonicCommand } from './ttbar-partonic.ts'
import { ttbarWeightsCommand } from './ttbar-weights.ts'
import { generateOptions } from './generate-options.ts'

const folder = mkdtempSync(join(tmpdir(), 'ttbar-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** The JSON that a command prints, parsed again: what a script sees. */
async function run<T>(command: Command, line: string): Promise<T> {
  const value = await command.run(line.split(' '), () => undefined)
  return JSON.parse(JSON.stringify(value)) as T
}

async function refusal(command: Command, line: string): Promise<string> {
  const thrown = await run(command, line).catch((error: unknown) => error)
  if (!(thrown instanceof AppError)) throw new Error(`was not refused: ${JSON.stringify(thrown)}`)
  expect(thrown.code).not.toBe('job/crashed')
  return thrown.message
}

const table = file('toy.json', JSON.stringify(pdfTable))

describe('ttbar-partonic', () => {
  it('prints the terms of the reference by name', async () => {
    const { sqrtSHatTeV, cos, terms } = partonic.points[3]
    const answer = await run<{ terms: Record<string, { dsig_dcos_pb: number }> }>(
      ttbarPartonicCommand,
      `--sqrts-hat ${1000 * sqrtSHatTeV} --cos ${cos}`,
    )
    expect(Object.keys(answer.terms).sort()).toEqual(Object.keys(terms).sort())
    for (const [name, row] of Object.entries(terms))
      expect(answer.terms[name].dsig_dcos_pb).toBeCloseToRel(row[row.length - 1], 1e-10)
  })

  it('speaks of the c_tG that is asked for', async () => {
    const linear = async (ctg: string) =>
      (
        await run<{ terms: Record<string, { A: number }> }>(
          ttbarPartonicCommand,
          `--sqrts-hat 900 --cos 0.1 --ctg ${ctg}`,
        )
      ).terms.gg_tG_lin.A
    const ours = await linear('dim6top')
    expect(ours).toBeGreaterThan(0)
    expect(await linear('SMEFTsim')).toBeCloseToRel(-ours, 1e-14)
    expect(await linear('SMEFTatNLO')).toBeCloseToRel(ours * Math.sqrt(4 * Math.PI * 0.118), 1e-12)
  })

  it.each([
    ['no energy', '--cos 0.5', /--sqrts-hat is missing/],
    ['NaN', '--sqrts-hat NaN --cos 0', /--sqrts-hat is "NaN"/],
    ['an energy at threshold', '--sqrts-hat 345 --cos 0', /above 2 m_t = 345 GeV .* got 345/],
    [
      'an energy that overflows',
      '--sqrts-hat 1e200 --cos 0',
      /1e200, must be a number from 100 to 10000000 GeV/,
    ],
    ['an angle', '--sqrts-hat 500 --cos 1.5', /--cos is 1\.5, must be a number from -1 to 1/],
    ['a light top', '--sqrts-hat 500 --cos 0 --m-top 50', /50 GeV\) must be heavier than the W \(80\.4/],
    ['an unknown option', '--sqrts-hat 500 --cos 0 --cut 3', /Unknown option --cut\..*Known options/],
    ['an unknown convention', '--sqrts-hat 500 --cos 0 --ctg UFO', /"UFO", must be one of dim6top, SMEFTsim/],
  ])('refuses %s', async (_, line, words) => {
    expect(await refusal(ttbarPartonicCommand, line)).toMatch(words)
  })
})

describe('ttbar-weights', () => {
  const points = file('points.json', JSON.stringify({ events: weights.events.slice(0, 3) }))

  it('answers in the layout of the file of points', async () => {
    const { events } = await run<{ events: { M: number; W: number[] }[] }>(
      ttbarWeightsCommand,
      `--points ${points} --pdf-table ${table}`,
    )
    events.forEach(({ M, W }, i) => {
      expect(M).toBe(weights.events[i].M)
      W.forEach((w, t) => expect(w).toBeCloseToRel(weights.events[i].W[t], 1e-5))
    })
  })

  it.each([
    ['no file', `--points ${folder}/none.json`, /no file of points at .*none\.json/],
    ['no JSON', `--points ${file('x.json', '{')}`, /x\.json is not JSON/],
    ['no points', `--points ${file('0.json', '{"events":[]}')}`, /holds 0 points/],
    [
      'a table without the scale',
      `--points ${points} --pdf-table ${table} --mu 100`,
      /91\.188, 172\.5 GeV only.*100/,
    ],
    ['another JSON as table', `--points ${points} --pdf-table ${points}`, /is no table of densities/],
    ['an energy of zero', `--points ${points} --sqrts 0`, /--sqrts is 0, must be a number from 500/],
    [
      'an unknown operator',
      `--points ${points} --operators td9`,
      /"td9", each must be one of tG.*Did you mean td8/,
    ],
  ])('refuses %s', async (_, line, words) => {
    expect(await refusal(ttbarWeightsCommand, line)).toMatch(words)
  })
})

interface Generated {
  events: number
  acceptance: number
  acceptanceError: number
  fiducialPb: Record<string, { value: number; error: number }>
  sigmaPb: Record<string, number>
  files: string[]
}

describe('ttbar-generate', () => {
  const base = `--events 4000 --pdf-table ${table} --operators td8,td1`

  it('writes Parquet with all terms; the square of a singlet is 9/2 of the octet, and nothing interferes', async () => {
    const out = join(folder, 'e.parquet')
    const { sigmaPb, files } = await run<Generated>(ttbarGenerateCommand, `${base} --out ${out}`)
    expect(files).toEqual([out])
    const { events: read } = await readEvents('e.parquet', new Uint8Array(readFileSync(out)), [
      'm_ll',
      'DeltaEta_ll',
    ])
    expect(read).toMatchObject({ operators: ['td8', 'td1'], terms: 6 })
    expect(read.rows).toBeGreaterThan(3900) // beyond the end of the table there is no rate and no event
    expect(sigmaPb['td1^2']).toBeCloseToRel(4.5 * sigmaPb['td8^2'], 1e-12)
    for (let i = 0; i < read.rows; i += 97) {
      const [, , td1, td8td8, td8td1, td1td1] = read.weights.subarray(6 * i, 6 * i + 6)
      expect([td1, td8td1]).toEqual([0, 0])
      expect(td1td1).toBeCloseToRel(4.5 * td8td8, 1e-12)
    }
  })

  it('gives an acceptance with its error: exact without cuts, binomial with them', async () => {
    const of = async (more: string) => {
      const { acceptance, acceptanceError } = await run<Generated>(ttbarGenerateCommand, `${base} ${more}`)
      return [acceptance, acceptanceError]
    }
    expect(await of('--seed 2')).toEqual([1, 0])
    expect(await of('--detector efficiency=0.5')).toEqual([0.5, 0])
    const found = await Promise.all([1, 2, 3].map((seed) => of(`--selection dilepton --seed ${seed}`)))
    const mean = found.reduce((sum, [value]) => sum + value / found.length, 0)
    for (const [value, error] of found) {
      expect(error / value).toBeLessThan(0.05)
      expect(Math.abs(value - mean)).toBeLessThan(4 * error)
    }
    const spread = Math.sqrt(found.reduce((sum, [value]) => sum + (value - mean) ** 2 / 2, 0))
    expect(spread / found[0][1]).toBeGreaterThan(0.05) // the error is not far too large either
  })

  it('says whose alpha_s it takes', async () => {
    const rows = Array.from({ length: 20 }, () => '0.5 0.9 3').join('\n')
    const text = `PdfType: central\nFormat: lhagrid1\n---\n1e-4 1e-2 0.1 0.5 1\n2 10 100 1e5\n1 2 21\n${rows}\n---\n`
    const grid = file('TOY_0000.dat', text)
    const argvOf = (more: string) => `--events 100 --pdf ${grid} ${more}`.split(' ').filter(Boolean)
    const said = (more = '') => {
      const { parameters, alphaSSource } = requestFromOptions(
        parseOptions(generateOptions, argvOf(more)).values,
      ).process
      return { alphaS: parameters.alphaS, alphaSSource }
    }
    const without = said()
    expect(without.alphaSSource).toBe(
      "CT14lo's alpha_s, because TOY_0000 came without an .info file that names one",
    )
    const lines: string[] = []
    const summary = await ttbarGenerateCommand.run(argvOf(''), (text) => lines.push(text))
    expect(summary).toMatchObject(without)
    expect(lines.some((text) => text.includes(without.alphaSSource))).toBe(true)
    expect(said('--alpha-s 0.12').alphaSSource).toBe('given')
    file('TOY.info', 'SetDesc: toy\nAlphaS_MZ: 0.13\nAlphaS_OrderQCD: 0\nMZ: 91.1876\n')
    const one = said()
    expect(one.alphaSSource).toMatch(
      /AlphaS_MZ = 0.13 of the .info of TOY_0000, run at one loop from 91.1876 GeV/,
    )
    // One loop, five flavours: 1/alpha_s rises by b0 ln(Q^2/M_Z^2), b0 = 23/(12 pi).
    const b0 = 23 / (12 * Math.PI)
    expect(one.alphaS).toBeCloseToRel(1 / (1 / 0.13 + b0 * 2 * Math.log(172.5 / 91.1876)), 1e-12)
    file('TOY.info', 'SetDesc: toy\nAlphaS_MZ: 0.13\nAlphaS_OrderQCD: 1\n')
    const two = said()
    expect(two.alphaSSource).toContain('run at two loops')
    expect(two.alphaS).not.toBe(one.alphaS)
  })

  it('changes cuts and resolution one by one', async () => {
    const rate = async (more: string) =>
      (await run<Generated>(ttbarGenerateCommand, `${base} ${more}`)).fiducialPb['1'].value
    const all = await rate('--selection dilepton')
    expect(
      await rate(
        '--cuts pt-leading=25,pt-trailing=20,eta-lepton=2.4,pt-b=30,eta-b=2.4,mll-min=20,z-veto=76:106',
      ),
    ).toBe(all)
    expect(await rate('--selection dilepton --cuts z-veto=none')).toBeGreaterThan(1.1 * all)
    expect(await rate('--selection dilepton --cuts pt-b=60')).toBeLessThan(0.8 * all)
    const still = 'lepton=0,b-stochastic=0,b-constant=0,missing=0'
    const halved = await rate(`--selection dilepton --detector ${still},efficiency=0.5`)
    expect(halved).toBeCloseToRel(0.5 * (await rate(`--selection dilepton --detector ${still}`)), 1e-12)
    expect(await rate('--selection dilepton --smear')).not.toBe(all)
  })

  it('understands coefficients of other conventions', async () => {
    const line = `--events 4000 --pdf-table ${table} --operators tG --seed 3`
    const at = async (more: string) =>
      (await run<{ unweighting: { at: number[] } }>(ttbarGenerateCommand, `${line} ${more}`)).unweighting
        .at[0]
    expect(await at('--unweight 0.5')).toBe(0.5)
    expect(await at('--unweight 0.5 --ctg SMEFTsim')).toBe(-0.5)
    expect(await at('--unweight 0.5 --ctg SMEFTatNLO')).toBeCloseToRel(0.5 * 1.19218, 1e-4) // alpha_s .1131
  })

  it.each([
    ['a negative number of points', '--events=-5', /is -5, must be a whole number/],
    ['no points', '--events 0', /is 0/],
    ['more than memory holds', '--events 1e8', /GiB, at most 4 are held.*--seed/],
    ['half a seed', '--seed 0.5', /--seed is 0\.5/],
    ['no threads', '--workers 0', /--workers is 0, must be a whole number from 1/],
    ['an empty window', '--mtt-min 2000 --mtt-max 1000', /begins at 2000 GeV and ends at 1000/],
    ['an unknown observable', '--features pt', /no observable "pt"/],
    ['an observable twice', '--features m_ll,m_ll', /m_ll twice/],
    ['an unknown cut', '--cuts pt=3', /"pt=3": there is no cut "pt", known are pt-leading/],
    ['a falling veto', '--cuts z-veto=106:76', /two rising numbers/],
    ['an efficiency above one', '--detector efficiency=2', /efficiency=2.*from 0 to 1/],
    ['too few coefficients', '--unweight 1', /1 coefficients for 3 operators/],
    ['a CSV', `--out ${folder}/no.csv`, /ends in "\.csv"/],
    [
      'a folder below a file',
      `--events 20 --out ${table}/e.parquet`,
      /e\.parquet cannot be written: .*toy\.json is no folder/,
    ],
  ])('refuses %s, and writes nothing', async (_, line, words) => {
    expect(await refusal(ttbarGenerateCommand, `--pdf-table ${table} ${line}`)).toMatch(words)
    expect(readdirSync(folder)).not.toContain('no.csv')
  })
})

/** Events of weight 2 (1 + 0.3 c + 0.2 c^2) pb, c of SMEFTsim's ctGRe. */
function lhe(count: number): string {
  const rng = createRng(3)
  const angles = createDecayAngles()
  const p = new Float64Array(momentumCount)
  const ids = [-11, 12, 5, 13, -14, -5]
  const events = Array.from({ length: count }, () => {
    drawDecay(rng, 172.5, 80.4, angles)
    placeMomenta({ mTop: 172.5, mW: 80.4, mtt: 600, y: 0, c: 0.1 }, angles, p)
    const lines = ids.map(
      (id, k) => `${id} 1 1 2 0 0 ${p.slice(4 * k + 1, 4 * k + 4).join(' ')} ${p[4 * k]} 0 0 1`,
    )
    const rwgt = [0, 1, -1].map((c, k) => `<wgt id="rwgt_${k}">${2 * (1 + 0.3 * c + 0.2 * c * c)}</wgt>`)
    return `<event>\n6 0 2 91 0.0078 0.118\n${lines.join('\n')}\n<rwgt>${rwgt.join('\n')}</rwgt>\n</event>\n`
  })
  return `<LesHouchesEvents version="3.0">\n${events.join('')}</LesHouchesEvents>`
}

describe('ttbar-import', () => {
  const packed = file('e.lhe.gz', gzipSync(lhe(30)))
  const benchmarks = file(
    'benchmarks.json',
    JSON.stringify({ operators: ['tG'], points: { rwgt_0: [0], rwgt_1: [1], rwgt_2: [-1] } }),
  )

  it('keeps weights as polynomials of the app, c_tG of another convention turned round', async () => {
    const out = join(folder, 'imported.parquet')
    const { fiducialPb } = await run<Generated>(
      ttbarImportCommand,
      `--lhe ${packed} --benchmarks ${benchmarks} --ctg SMEFTsim --features parton --out ${out}`,
    )
    expect(fiducialPb['1'].value).toBeCloseToRel(2, 1e-12)
    expect(fiducialPb.tG.value).toBeCloseToRel(-0.6, 1e-12)
    expect(fiducialPb['tG^2'].value).toBeCloseToRel(0.4, 1e-12)
    const { events: read } = await readEvents('e.parquet', new Uint8Array(readFileSync(out)), ['m_tt'])
    expect(read).toMatchObject({ rows: 30, operators: ['tG'] })
    expect(read.columns.m_tt![5]).toBeCloseTo(600, 2)
  })

  it('keeps XWGTUP alone where nothing says what the other weights are', async () => {
    const answer = await run<{ operators: string[]; benchmarks: null; nominalPb: number }>(
      ttbarImportCommand,
      `--lhe ${packed}`,
    )
    expect(answer).toMatchObject({ operators: [], benchmarks: null })
    expect(answer.nominalPb).toBeCloseToRel(2, 1e-12)
  })

  it.each([
    ['no file', `--lhe ${folder}/none.lhe`, /no Les Houches file at/],
    [
      'a cut-off packed file',
      `--lhe ${file('cut.gz', gzipSync(lhe(30)).subarray(0, 800))}`,
      /cut\.gz: the gzip stream/,
    ],
    [
      'another process',
      `--lhe ${file('dy.lhe', lhe(2).replaceAll('-14 1 1', '22 1 1'))}`,
      /dy\.lhe: event 1 \(line 2\) has no nubar/,
    ],
    [
      'a picture',
      `--lhe ${file('x.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47))}`,
      /no <LesHouchesEvents> tag/,
    ],
    [
      'benchmarks of weights that are not there',
      `--lhe ${packed} --benchmarks ${file('b.json', '{"operators":["td8"],"points":{"w":[1]}}')}`,
      /no weight w; it has rwgt_0/,
    ],
    [
      'points of another length',
      `--lhe ${packed} --benchmarks ${file('c.json', '{"operators":["td8"],"points":{"w":[1,2]}}')}`,
      /w has 2 coefficients, there are 1 operators/,
    ],
    ['no benchmarks', `--lhe ${packed} --benchmarks ${table}`, /holds no benchmarks/],
  ])('refuses %s', async (_, line, words) => {
    expect(await refusal(ttbarImportCommand, line)).toMatch(words)
  })
})
