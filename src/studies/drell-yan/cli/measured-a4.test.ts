import { expect, it } from 'vitest'
import '../../../testing/matchers.ts'
import { measuredA4Command } from './measured-a4.ts'

interface Answer {
  chi2: { a4: { value: number }; mll: { chi2: number; degreesOfFreedom: number } }
  bins: { pull: number }[]
  reach: Record<
    'mll' | 'a4' | 'both',
    { bins: number; resolved: number; sigmaAlone: Record<string, number | null> }
  >
}
const run = async (line: string[]): Promise<Answer> =>
  JSON.parse(JSON.stringify(await measuredA4Command.run(line, () => undefined))) as Answer

it('prints chi2, pulls and what A4, m_ll and both resolve', async () => {
  const answer = await run(['--coefficients', 'cHWB=0.02'])

  expect(answer.bins).toHaveLength(63)
  // Of the Standard Model 73.2 and 48.7.
  expect(answer.chi2.a4.value).toBeCloseToRel(70.5, 2e-3)
  expect(answer.chi2.mll.chi2).toBeCloseToRel(49.96, 2e-3)
  const { mll, a4, both } = answer.reach
  expect([mll.bins, a4.bins, both.bins]).toEqual([43, 63, 106])
  expect([mll.resolved, a4.resolved, both.resolved]).toEqual([4, 4, 6])
  for (const [name, sigma] of Object.entries(both.sigmaAlone)) {
    const [one, other] = [mll.sigmaAlone[name] ?? Infinity, a4.sigmaAlone[name] ?? Infinity]
    expect(sigma).toBeCloseToRel(1 / Math.hypot(1 / one, 1 / other), 1e-9)
  }
  expect(a4.sigmaAlone.cll1).toBeNull()
})

it('takes a part of the bins, and refuses a window beyond them with both numbers', async () => {
  const answer = await run(['--m-window', '86,96'])
  expect(answer.bins).toHaveLength(15)
  expect(answer.reach.both.bins).toBe(58)
  await expect(run(['--m-window', '10,150'])).rejects.toThrow(/mass from 10 to 150 GeV.*from 54 to 150 GeV/)
  await expect(run(['--y-window', '2.4,0'])).rejects.toThrow(/got 2.4 to 0/)
})

it('is refused beside data without a measured spectrum', async () => {
  await expect(run(['--data', 'dy-nc-13tev'])).rejects.toThrow(/dy-nc-13tev holds no measured spectrum/)
})
