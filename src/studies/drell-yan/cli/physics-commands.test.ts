import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseManifest } from '../../../dataset/manifest-loader.ts'
import { AppError } from '../../../errors.ts'
import { partonIds } from '../../../physics/pdf/pdf-set.ts'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import '../../../testing/matchers.ts'
import { openNpz } from '../../../dataset/npz.ts'
import type { Command } from '../../../cli/command.ts'
import { makeCorpusCommand } from './make-corpus.ts'
import { pdfCommand } from '../../../cli/commands/pdf.ts'
import { spectrumCommand } from './spectrum.ts'

/** The JSON that a command prints, parsed again: what a script sees. */
async function run(command: Command, line: string): Promise<unknown> {
  const value = await command.run(line.split(' '), () => undefined)
  return JSON.parse(JSON.stringify(value)) as unknown
}

async function refusal(command: Command, line: string): Promise<AppError> {
  const thrown = await run(command, line).catch((error: unknown) => error)
  if (thrown instanceof AppError) return thrown
  throw new Error(`was not refused: ${JSON.stringify(thrown)}`)
}

const folder = mkdtempSync(join(tmpdir(), 'cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('pdf', () => {
  it('prints {x, q, xf} with a list per parton, keyed by PDG id', async () => {
    const value = (await run(pdfCommand, '--x 1e-3,0.1 --q 91.1876')) as {
      x: number[]
      q: number
      xf: Record<string, number[]>
    }
    expect(value.x).toEqual([1e-3, 0.1])
    expect(value.q).toBe(91.1876)
    expect(Object.keys(value.xf).sort()).toEqual(partonIds.map(String).sort())
    for (const list of Object.values(value.xf)) expect(list).toHaveLength(2)
    // Valence: more up than anti-up; the gluon leads at small x.
    expect(value.xf['2'][1]).toBeGreaterThan(2 * value.xf['-2'][1])
    expect(value.xf['21'][0]).toBeGreaterThan(value.xf['2'][0])
    expect(value.xf['3']).toEqual(value.xf['-3'])
  })

  it('does not depend on which other x are asked for', async () => {
    const xf = async (x: string) =>
      ((await run(pdfCommand, `--x ${x} --q 100`)) as { xf: Record<string, number[]> }).xf
    const together = await xf('1e-8,0.1')
    const alone = await xf('0.1')
    for (const id of partonIds.filter((id) => Math.abs(id) < 5 || id === 21))
      expect(together[id][1]).toBeCloseToRel(alone[id][0], 2e-4)
  })

  it.each([
    ['no x', '--q 10', /--x is missing/],
    ['NaN', '--x NaN --q 10', /--x has "NaN", each must be a number from 1e-9 to 1/],
    ['x above one', '--x 1.5 --q 10', /1\.5/],
    ['x of zero', '--x 0 --q 10', /x/],
    ['a negative x', '--x=-0.1 --q 10', /-0\.1/],
    ['a negative Q', '--x 0.1 --q=-10', /-10/],
    ['a Q below the start of the evolution', '--x 0.1 --q 0.1', /0\.1/],
    [
      'a missing grid',
      '--set /nowhere/CT14lo_0000.dat --x 0.1 --q 10',
      /no PDF grid at \/nowhere\/CT14lo_0000\.dat/,
    ],
  ])('refuses %s', async (_, line, words) => {
    const error = await refusal(pdfCommand, line)
    expect(error.code).not.toBe('job/crashed')
    expect(error.message).toMatch(words)
  })

  it('refuses a file that is no grid', async () => {
    const path = join(folder, 'page.dat')
    writeFileSync(path, '<!DOCTYPE html>')
    expect((await refusal(pdfCommand, `--set ${path} --x 0.1 --q 10`)).code).toBe('data/corrupt')
  })
})

interface Spectrum {
  edges: number[]
  sm: number[]
  linear: Record<string, number[]>
  quadratic: Record<string, number[]>
}

describe('spectrum', () => {
  it('prints edges, sm, linear and quadratic in pb per bin', async () => {
    const value = (await run(spectrumCommand, '--observable mll --edges 66,116')) as Spectrum
    expect(value.edges).toEqual([66, 116])
    // A snapshot of our own default PDF; CT14lo gives numbers within a per cent (ct14lo.test.ts).
    expect(value.sm[0]).toBeCloseToRel(1397.51, 1e-5)
    expect(Object.keys(value.linear)).toEqual([...operatorNames])
    expect(Object.keys(value.quadratic)).toHaveLength(153)
    expect(value.quadratic['clq1,clq3']).toHaveLength(1)
    expect(value.quadratic['clq3,clq1']).toBeUndefined()
    expect(value.quadratic['clq1,clq1'][0]).toBeGreaterThan(0)
  })

  it('prints next-to-leading order of mll, and tells that our own densities are of leading order', async () => {
    const lines: string[] = []
    const nlo = (await spectrumCommand.run('--edges 66,116 --order nlo'.split(' '), (line) =>
      lines.push(line),
    )) as Spectrum & { order: string; kFactor: number[] }
    expect(nlo.order).toBe('nlo')
    expect(nlo.kFactor[0]).toBeCloseToRel(1.1112, 1e-4)
    // With CT14lo 1552.93 (drell-yan-beyond-lo notes A.4): too low, as its densities are.
    expect(nlo.sm[0]).toBeCloseToRel(1552.93, 1e-4)
    expect(lines.join()).toMatch(/ct14lo-reparametrised was fitted at leading order.*formal test/)
    const varied = (await run(spectrumCommand, '--edges 66,116 --order nlo --mu-r 0.5')) as Spectrum
    expect(varied.sm[0]).toBeGreaterThan(nlo.sm[0])
  })

  it('is smaller with fiducial cuts', async () => {
    const value = (await run(spectrumCommand, '--edges 66,116 --fiducial 25,2.4')) as Spectrum
    expect(value.sm[0]).toBeCloseToRel(547.048, 1e-5) // snapshot, as above
  })

  it('adds up: bins of a divided range sum to the whole', async () => {
    const whole = (await run(spectrumCommand, '--edges 100,300')) as Spectrum
    const [npz, hepdata] = ['s.npz', 's.zip'].map((name) => join(folder, name))
    const parts = (await run(
      spectrumCommand,
      `--edges 100,150,300 --npz ${npz} --hepdata ${hepdata}`,
    )) as Spectrum
    const { arrays } = await openNpz(new Uint8Array(readFileSync(npz)))
    const read = async (name: string) => Array.from(await arrays.find((one) => one.name === name)!.read())
    expect(await read('sm')).toEqual([parts.sm[0] / 50, parts.sm[1] / 150])
    expect(await read('linear_clq3')).toEqual([parts.linear.clq3[0] / 50, parts.linear.clq3[1] / 150])
    expect(readFileSync(hepdata).includes('submission.yaml')).toBe(true)
    expect((await refusal(spectrumCommand, `--observable afb --edges 60,120 --npz ${npz}`)).message).toMatch(
      /--observable afb has none/,
    )
    expect(parts.sm[0] + parts.sm[1]).toBeCloseToRel(whole.sm[0], 1e-5)
    expect(parts.linear.clq3[0] + parts.linear.clq3[1]).toBeCloseToRel(whole.linear.clq3[0], 1e-5)
  })

  it('takes the p_T of the muon under both names', async () => {
    const pt = await run(spectrumCommand, '--observable pt --edges 30,40,50 --fiducial 25,2.4')
    expect(pt).toEqual(await run(spectrumCommand, '--observable ptl --edges 30,40,50 --fiducial 25,2.4'))
    expect((pt as Spectrum).sm[1]).toBeGreaterThan((pt as Spectrum).sm[0]) // the Jacobian peak
  })

  it('counts the p_T of a window of masses alone', async () => {
    const rate = async (more: string) =>
      ((await run(spectrumCommand, `--observable pt --edges 0,25,50,4000 ${more}`)) as Spectrum).sm.reduce(
        (sum, bin) => sum + bin,
      )
    const [mass] = ((await run(spectrumCommand, '--edges 116,300')) as Spectrum).sm
    expect(await rate('--m-window 116,300')).toBeCloseToRel(mass, 1e-5)
    // Two windows that meet add up, and the window reaches below the usual 10 GeV.
    const whole = await rate('--m-window 60,120')
    expect((await rate('--m-window 60,90')) + (await rate('--m-window 90,120'))).toBeCloseToRel(whole, 1e-5)
    expect(await rate('--m-window 5,120')).toBeGreaterThan(await rate('--m-window 10,120'))
    expect((await refusal(spectrumCommand, '--edges 60,120 --m-window 60,120')).message).toMatch(
      /belongs to --observable pt/,
    )
    for (const window of ['120,60', '60', '0,60', '60,20000'])
      expect(
        (await refusal(spectrumCommand, `--observable pt --edges 0,50 --m-window ${window}`)).message,
      ).toMatch(/two rising positive masses|must be rising and end at or below|has 1 number, must have 2/)
  })

  it('counts forward and backward pairs by mass and |y|', async () => {
    const cut = '--edges 66,91,116 --fiducial 25,2.4'
    const value = (await run(spectrumCommand, `--observable afb ${cut} --y-edges 0,1.2,2.4`)) as {
      edges: number[]
      yEdges: number[]
      forward: Spectrum
      backward: Spectrum
      afb: number[]
      afbLinear: Record<string, number[]>
    }
    const all = (await run(spectrumCommand, cut)) as Spectrum
    for (const b of [0, 1]) {
      const pairs = [b, 2 + b].map((k) => value.forward.sm[k] + value.backward.sm[k])
      expect(pairs[0] + pairs[1]).toBeCloseToRel(all.sm[b], 1e-6)
    }
    expect(value.yEdges).toEqual([0, 1.2, 2.4])
    value.afb.forEach((a, k) => {
      const [f, b] = [value.forward.sm[k], value.backward.sm[k]]
      expect(a).toBeCloseTo((f - b) / (f + b), 12)
    })
    expect(value.afb[3]).toBeGreaterThan(value.afb[1]) // the quark is better known at large |y|
    expect(Object.keys(value.afbLinear)).toEqual([...operatorNames])
    expect((await refusal(spectrumCommand, '--edges 66,116 --y-edges 0,1')).message).toMatch(
      /--y-edges belongs to --observable afb/,
    )
    expect((await refusal(spectrumCommand, '--observable afb --edges 66,116 --y-edges 2,1')).message).toMatch(
      /got 2 to 1/,
    )
  })

  it('lets leptons radiate', async () => {
    const value = (await run(spectrumCommand, '--edges 66,86,91 --radiation 7')) as Spectrum
    const born = (await run(spectrumCommand, '--edges 66,86,91')) as Spectrum
    expect(value.sm[0] / born.sm[0]).toBeGreaterThan(1.3) // the tail below the peak
    expect(
      (await refusal(spectrumCommand, '--edges 66,116 --radiation 7 --fiducial 25,2.4')).message,
    ).toMatch(/full phase space/)
  })

  it('follows scheme, scale, energy and width', async () => {
    const sm = async (more: string) =>
      ((await run(spectrumCommand, `--edges 80,100 ${more}`)) as Spectrum).sm[0]
    const normal = await sm('--scheme MW')
    expect(await sm('--scheme alpha')).not.toBeCloseTo(normal, 1)
    expect(await sm('--mu 91.1876')).toBeCloseToRel(normal, 0.01) // mu_F = m_ll is nearly this here
    expect(await sm('--sqrts 8000')).toBeLessThan(normal)
    const width = (await run(spectrumCommand, '--edges 80,100 --width-shift')) as Spectrum
    const fixed = (await run(spectrumCommand, '--edges 80,100')) as Spectrum
    expect(width.sm).toEqual(fixed.sm)
    expect(width.linear.cHl3[0]).not.toBeCloseTo(fixed.linear.cHl3[0], 3)
  })

  it.each([
    ['no edges', '--observable mll', 'input/invalid', /--edges is missing/],
    ['falling edges', '--edges 100,80', 'input/invalid', /100, 80/],
    ['mu_R at leading order', '--edges 60,120 --mu-r 2', 'input/invalid', /--mu-r 2 changes nothing/],
    [
      'p_T at next-to-leading order',
      '--observable pt --edges 30,40 --order nlo',
      'input/invalid',
      /ptl stays at leading order/,
    ],
    [
      'next-to-leading order with cuts',
      '--edges 60,120 --order nlo --fiducial 25,2.4',
      'input/invalid',
      /p_T > 25 GeV and \|eta\| < 2.4 stays at leading order/,
    ],
    ['one edge', '--edges 100', 'input/invalid', /--edges has 1 number, must have 2 to/],
    ['equal edges', '--edges 100,100', 'input/invalid', /rising/],
    ['NaN', '--edges 60,NaN', 'input/invalid', /--edges has "NaN", each must be a number/],
    ['text', '--edges 60,abc', 'input/invalid', /"abc"/],
    ['edges above the energy', '--edges 60,20000', 'physics/out-of-range', /20000.*13000/],
    ['a negative edge', '--edges=-5,20', 'input/invalid', /-5/],
    ['m_ll from zero', '--edges 0,20', 'physics/out-of-range', /0/],
    ['an unknown observable', '--observable eta --edges 1,2', 'input/invalid', /"eta".*mll, pt/],
    [
      'an unknown scheme',
      '--scheme GF --edges 60,120',
      'input/invalid',
      /--scheme is "GF", must be one of MW, alpha/,
    ],
    [
      'half a fiducial volume',
      '--fiducial 25 --edges 60,120',
      'input/invalid',
      /--fiducial has 1 number, must be ptmin,etamax/,
    ],
    ['a negative cut', '--fiducial=25,-2 --edges 60,120', 'input/invalid', /etamax -2/],
    ['an energy of zero', '--sqrts 0 --edges 60,120', 'input/invalid', /--sqrts is 0/],
    ['a scale of zero', '--mu 0 --edges 60,120', 'input/invalid', /--mu is 0, must .* or mll/],
    ['a missing grid', '--pdf nowhere.dat --edges 60,120', 'data/not-found', /nowhere\.dat/],
    ['an operator, which is no option', '--clq9 1 --edges 60,120', 'input/invalid', /clq9/],
  ])('refuses %s', async (_, line, code, words) => {
    const error = await refusal(spectrumCommand, line)
    expect(error.message).toMatch(words)
    expect(error.code).toBe(code)
  })
})

describe('make-corpus', () => {
  it('writes a dataset that the page reads, and says what it wrote', async () => {
    const out = join(folder, 'corpus')
    const line = `--out ${out} --id tiny --universes 10 --replicas 2 --seed 3`
    const said = (await run(makeCorpusCommand, line)) as {
      id: string
      files: { name: string; bytes: number }[]
    }
    expect(said.id).toBe('tiny')
    expect(said.files.map(({ name }) => name).sort()).toEqual(readdirSync(out).sort())
    const manifest = parseManifest(readFileSync(join(out, 'manifest.json')), out)
    expect(manifest).toMatchObject({ universes: 10, replicasPerUniverse: 2, seed: 3 })
    for (const { file, bytes } of Object.values(manifest.arrays))
      expect(readFileSync(join(out, file))).toHaveLength(bytes)
  })

  it.each([
    ['no folder', '--universes 10', /--out is missing/],
    [
      'half a universe',
      `--out ${folder}/no --universes 2.5`,
      /--universes is 2\.5, must be a whole number from 10 to 20000/,
    ],
    ['no replicas', `--out ${folder}/no --replicas 0`, /--replicas is 0/],
    ['an id with capitals', `--out ${folder}/no --id Bad --universes 3 --replicas 1`, /id/],
    ['an unknown scale error', `--out ${folder}/no --scale nlo`, /lo, nnlo-like, none/],
    ['a seed of half', `--out ${folder}/no --seed 0.5`, /seed/],
    ['an energy below its bins', `--out ${folder}/no --sqrts 2000`, /3000.*2000/],
    ['no prior', `--out ${folder}/no --sigmas 0`, /sigmas/],
  ])('refuses %s, and writes nothing', async (_, line, words) => {
    const error = await refusal(makeCorpusCommand, line)
    expect(error.message).toMatch(words)
    expect(error.code).not.toBe('job/crashed')
    expect(readdirSync(folder)).not.toContain('no')
  })
})
