import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { crossSectionCommand } from './cross-section.ts'

const folder = mkdtempSync(join(tmpdir(), 'cross-section-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Answer {
  sigma_pb: number
  error_pb: number
  clippedShare: number
  bins?: { ptGeV: [number, number]; sigma_pb: number; error_pb: number }[]
  parameters: Record<string, number | string>
  converged: boolean
}

const run = (...argv: string[]): Promise<Answer> =>
  crossSectionCommand.run([...argv, '--checkpoint', join(folder, 'kept')], () => undefined) as Promise<Answer>

it('gives bins that add up, and the parameters it took', async () => {
  const answer = await run(
    ...['--process', 'g g > phi g', '--pt-bins', '100,200,6000', '--error', '0.03'],
    ...['--set', 'mphi=300', '--set', 'gq=2,mt=173'],
  )
  expect(answer.converged).toBe(true)
  expect(answer.error_pb / answer.sigma_pb).toBeLessThanOrEqual(0.03)
  expect(answer.bins!.map(({ ptGeV }) => ptGeV)).toEqual([
    [100, 200],
    [200, 6000],
  ])
  const sum = answer.bins!.reduce((total, bin) => total + bin.sigma_pb, 0)
  const error = Math.hypot(answer.error_pb, ...answer.bins!.map((bin) => bin.error_pb))
  expect(Math.abs(sum - answer.sigma_pb) / error).toBeLessThan(4)
  expect(answer.parameters).toMatchObject({ mphi: 300, gq: 2, mt: 173, mh: 125, mz: 91.188, msq: 'infinity' })
})

it('the same seed gives the same number', async () => {
  const ask = (seed: string) =>
    run('--process', 'g g > t t~', '--mu', '172.5', '--error', '0.03', '--seed', seed)
  const first = await ask('3')
  expect(await ask('3')).toEqual(first)
  expect((await ask('4')).sigma_pb).not.toBe(first.sigma_pb)
})

it.each([
  [
    ['--set', 'mb=4.7'],
    /no parameter "mb", known are mt, mh, mz, mw, gf, aewm1, alphas, mgo, msq, mchi, mphi, gq, gchi\./,
  ],
  [['--set', 'mt=170', '--set', 'mt=171'], /names mt twice/],
  [['--set', 'mt=7000'], /14000 GeV together, the beams have 13000 GeV/],
  [['--set', 'mw=100'], /mw = 100 GeV, not below mz = 91.188 GeV/],
  [['--pt-bins', '200,100'], /100 GeV behind 200 GeV/],
  [['--pt-min', '6600'], /needs 13\d+(\.\d+)? GeV, the beams have 13000 GeV/],
  [['--mu', 'ht'], /--mu .* or ht\/2/],
  [['--error', '0'], /--error is 0/],
  [['--max-points', '0'], /--max-points is 0/],
  [['--max-points', '1e12'], /--max-points is 1e12/],
])('refuses %s', async (argv, message) => {
  await expect(async () => run('--process', 'p p > t t~', ...argv)).rejects.toThrow(message)
})
