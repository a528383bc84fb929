import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Command } from '../../../cli/command.ts'
import { calibrateCommand } from './calibrate.ts'
import { fitCommand } from './fit.ts'

const folder = mkdtempSync(join(tmpdir(), 'fit-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = async <T>(command: Command, options: Record<string, string>) => {
  const argv = Object.entries(options).map(([name, value]) => `--${name}=${value}`)
  return command.run(argv, () => {}) as Promise<T>
}

interface Answer {
  names: string[]
  events: number
  parameters: {
    name: string
    hpd: Record<string, [number, number][]>
    eti: Record<string, [number, number]>
  }[]
  logZ: number
  logZErr: number
  gridLogZ: number
  deltaChi2: { SM: { value: number; pValue: number; sigma: number }; truth: { value: number } }
  toys: { pValue: number; isLimit: boolean } | null
  converged: boolean
  seconds: number
  files: string[]
}

const small = { preset: 'thesis-inspired,parton', 'mtt-min': '1450', events: '600', live: '80' }

describe('fit', () => {
  it('answers with intervals, evidence, Delta chi2 and files', async () => {
    const options = {
      ...small,
      mode: 'exact',
      chains: join(folder, 'chain'),
      posterior: join(folder, 'p.csv'),
      latex: join(folder, 'p.tex'),
      'sm-toys': '5',
    }
    const answer = await run<Answer>(fitCommand, options)
    expect(answer).toMatchObject({ names: ['td8', 'tq8'], events: 600, converged: true })
    expect(Math.abs(answer.logZ - answer.gridLogZ)).toBeLessThan(4 * answer.logZErr)
    expect(Object.keys(answer.parameters[0].hpd)).toEqual(['0.68', '0.95', '0.99'])
    const [low, high] = answer.parameters[1].eti['0.95']
    expect(low).toBeLessThan(-0.65)
    expect(high).toBeGreaterThan(-0.65)
    expect(answer.deltaChi2.SM.value).toBeGreaterThan(20)
    expect(answer.toys).toMatchObject({ isLimit: true })
    expect(answer.files).toHaveLength(6)
    expect(readFileSync(join(folder, 'p.tex'), 'utf8')).toMatch(
      /^% made by: theoryscape.*\n% --[^]*& exact & [^]*\\end\{tabular\}/,
    )
    // Without it GetDist takes the samples for a Markov chain.
    expect(readFileSync(join(folder, 'chain.properties.ini'), 'utf8')).toMatch(/^sampler = nested$/m)
    expect(readFileSync(join(folder, 'chain.paramnames'), 'utf8')).toBe(
      'td8\tc_{td}^{(8)}\ntq8\tc_{qt}^{(8)}\n',
    )
    expect(readFileSync(join(folder, 'chain.ranges'), 'utf8')).toBe('td8 -2 2\ntq8 -2 2\n')
    expect(readFileSync(join(folder, 'p.csv'), 'utf8')).toMatch(/^weight,logL,td8,tq8\n/)
  }, 60_000)

  it.each<[Record<string, string>, RegExp]>([
    [{ mode: 'best' }, /--mode is "best"/],
    [{ preset: 'mine' }, /"mine", each must be one of signal, thesis-inspired/],
    [{ truth: 'td8' }, /--truth has "td8"/],
    [{ truth: 'td8=x' }, /--truth has "td8=x"/],
    [{ truth: 'tG=1' }, /tG = 1, but tG is not fitted/],
    [{ prior: '0' }, /--prior is 0, must be a number from 0\.001/],
    [{ prior: '-1' }, /--prior is -1/],
    [{ data: '/nowhere/x.csv' }, /no file of events at \/nowhere/],
    [{ mode: 'unbinned', networks: '/nowhere' }, /no card\.json in \/nowhere/],
    [{ 'luminosity-error': '-1' }, /--luminosity-error is -1/],
    [{ ctg: 'UFO' }, /--ctg is "UFO"/],
    [{ live: '4' }, /--live is 4, must be a whole number from 50/],
    [{ binned: 'gauss-observed', bins: '100' }, /too few for the Gaussian/],
  ])('refuses %o', async (options, message) => {
    await expect(run(fitCommand, { ...small, events: '300', ...options })).rejects.toThrow(message)
  })
})

it('fit speaks of the c_tG that is asked for, and says when the truth lies outside the prior', async () => {
  interface Turned {
    ctG: string
    truth: { tG: number }
    best: { theta: number[]; logL: number }
    parameters: { mean: number }[]
    logZ: number
    notes: string[]
  }
  const options = { ...small, mode: 'exact', operators: 'tG', events: '200' }
  const ours = await run<Turned>(fitCommand, { ...options, truth: 'tG=0.4' })
  const theirs = await run<Turned>(fitCommand, { ...options, truth: 'tG=-0.4', ctg: 'SMEFTsim' })
  expect([ours.ctG, theirs.ctG]).toEqual(['dim6top', 'SMEFTsim'])
  expect([ours.truth.tG, theirs.truth.tG]).toEqual([0.4, -0.4])
  expect(theirs.logZ).toBe(ours.logZ)
  expect(theirs.best.theta[0]).toBe(-ours.best.theta[0])
  expect(theirs.parameters[0].mean).toBeCloseTo(-ours.parameters[0].mean, 12)
  expect(ours.notes.join()).not.toMatch(/outside the prior/)
  const beyond = await run<Turned>(fitCommand, { ...options, truth: 'tG=0.4', prior: '0.3' })
  expect(beyond.notes.join()).toMatch(/tG = 0.4 lies outside the prior, -0.3 to 0.3/)
}, 30_000)

it('draws a region by toys about the posterior', { timeout: 60_000 }, async () => {
  interface Regional {
    region: { names: string[]; axes: number[][]; pValues: number[]; thresholds: (number | null)[] }
    best: { theta: number[] }
  }
  const { region, best } = await run<Regional>(fitCommand, {
    ...small,
    mode: 'exact',
    operators: 'td8',
    truth: 'td8=0.45',
    'region-toys': '20',
    'region-points': '5',
  })
  expect(region.names).toEqual(['td8'])
  const [axis] = region.axes
  expect(axis).toHaveLength(5)
  expect(axis[0]).toBeLessThan(best.theta[0])
  expect(axis[4]).toBeGreaterThan(best.theta[0])
  expect(Math.max(...region.pValues)).toBeGreaterThan(0.05)
  expect(region.pValues[0]).toBeLessThan(0.5)
  expect(region.thresholds).toHaveLength(10)
})

describe('calibrate', () => {
  it('answers with coverage at five truths, or ranks and TARP', { timeout: 60_000 }, async () => {
    const options = { ...small, kind: 'binned' }
    interface Covered {
      probabilities: number[]
      points: { truth: number[]; covered: number[] }[]
    }
    const coverage = await run<Covered>(calibrateCommand, { ...options, toys: '10' })
    expect(coverage.points).toHaveLength(5)
    expect(coverage.points[1].truth).toEqual([0.45, -0.65])
    const sum = coverage.points.reduce((total, { covered }) => total + covered[1], 0)
    expect(sum / 5).toBeGreaterThan(0.8)
    const sbc = await run<{ ranks: { name: string; histogram: number[] }[] }>(calibrateCommand, {
      ...options,
      test: 'sbc',
      toys: '20',
    })
    expect(sbc.ranks.map(({ name }) => name)).toEqual(['td8', 'tq8'])
    expect(sbc.ranks[0].histogram.reduce((a, b) => a + b)).toBe(20)
  })

  it('refuses too few toys', async () => {
    await expect(run(calibrateCommand, { ...small, toys: '3' })).rejects.toThrow(/3 toys are too few/)
  })
})
