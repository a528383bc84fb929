import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import reference from '../../physics/reference/amplitudes/madgraph-points.json'
import { amplitudeCommand } from './amplitude.ts'

const folder = mkdtempSync(join(tmpdir(), 'amplitude-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(points: unknown, ...rest: string[]): Promise<unknown> {
  const path = join(folder, 'points.json')
  writeFileSync(path, JSON.stringify(points))
  return await amplitudeCommand.run(['--points', path, ...rest], () => undefined)
}

it('gives |M|² and the ratio to the file for every point', async () => {
  const { points } = (await run(reference)) as {
    points: { process: string; me2: number; ratio: number }[]
  }
  expect(points.map(({ process }) => process)).toEqual(reference.points.map(({ process }) => process))
  for (const { process, me2, ratio } of points) {
    expect(Math.abs(ratio - 1), process).toBeLessThan(1e-9)
    expect(me2).toBeGreaterThan(0)
  }
})

it('by the way that is asked for', async () => {
  const file = { ...reference, points: reference.points.filter(({ process }) => process === 'g g > t tbar') }
  const values = await Promise.all(
    ['fastest', 'kernel', 'recursion', 'closed-form'].map(async (method) => {
      const { points } = (await run(file, '--method', method)) as { points: { ratio: number }[] }
      return points[0].ratio
    }),
  )
  for (const ratio of values) expect(Math.abs(ratio - 1)).toBeLessThan(1e-12)
})

it('an unknown process is bad input and told with those there are', async () => {
  await expect(run({ points: [{ process: 'g g > t t~ graviton', points: [] }] })).rejects.toMatchObject({
    code: 'input/invalid',
    message: expect.stringMatching(/graviton.*g g, u u~ > go go, .*t t~ t t~; [^…]*vmu/) as string,
  })
})
