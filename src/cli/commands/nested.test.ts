import { expect, it } from 'vitest'
import reference from '../../statistics/reference/ns-evidence.json' with { type: 'json' }
import { nestedCommand } from './nested.ts'

const run = async (options: Record<string, string>): Promise<unknown> =>
  nestedCommand.run(
    Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    () => {},
  )

interface Answer {
  lnZ: number
  lnZErr: number
  calls: number
  ess: number
  insertionPull: number
  converged: boolean
}

it('nested answers with evidence, error, work and tests, and repeats itself', async () => {
  const ask = (seed: string) => run({ problem: 'corrgauss_d2', live: '100', seed }) as Promise<Answer>
  const answer = await ask('4')
  expect(answer.converged).toBe(true)
  expect(Math.abs(answer.lnZ - reference.corrgauss_d2)).toBeLessThan(4 * answer.lnZErr)
  expect(answer.ess).toBeGreaterThan(100)
  expect(Math.abs(answer.insertionPull)).toBeLessThan(4)
  expect(await ask('4')).toEqual(answer)
  expect((await ask('5')).lnZ).not.toBe(answer.lnZ)
})

it('nested says when it stopped early, and refuses what it does not know', async () => {
  await expect(run({ problem: 'shells_d2', 'max-calls': '1000' })).resolves.toMatchObject({
    converged: false,
  })
  await expect(run({ problem: 'shells' })).rejects.toThrow(/no test problem "shells"/)
  await expect(run({ problem: 'shells_d2', live: '13' })).rejects.toThrow(/13 live points are too few/)
  await expect(run({ problem: 'shells_d2', seed: '1.5' })).rejects.toThrow(
    /--seed is 1.5, must be a whole number/,
  )
})
