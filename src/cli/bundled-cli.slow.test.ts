import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { densityAgainstNothing } from '../bench/cli.ts'
import { buildCli } from '../../vite/build-cli.ts'
import { repositoryRoot } from './files.ts'

const folder = mkdtempSync(join(tmpdir(), 'bundled-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (...names: string[]): string => join(folder, ...names)
const script = at('build', 'cli', 'theoryscape.mjs')

function ran(argv: readonly string[], line: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...argv, ...line.split(' ')], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}
const bundled = (line: string) => ran([script], line)
const sources = (line: string) => ran(['--import', 'tsx', 'src/cli/main.ts'], line)

beforeAll(() => buildCli(at('build', 'cli')), 120_000)

describe('the command line in one folder', () => {
  it('answers as its sources do: numbers, help, refusals, exit codes', () => {
    for (const line of [
      'pdf --x 0.1,1e-4 --q 91',
      'ttbar-partonic --help',
      'spectrum --edges 100,80',
      'fit --live 4',
    ])
      expect(bundled(line), line).toEqual(sources(line))
    expect(bundled('help').stdout).toMatch(/^Usage: theoryscape COMMAND/)
  })

  it('trains the same bytes, and makes events in threads of its own', () => {
    const plan = at('plan', 'plan.json')
    const small = '--preset thesis-inspired,parton --training-points 1000 --epochs 2 --replicas 1'
    expect(bundled(`plan ${small} --out ${at('plan')}`).status).toBe(0)
    for (const [run, name] of [[bundled, 'a'] as const, [sources, 'b'] as const])
      expect(run(`run-task ${plan} td8-r1 --out ${at(name)}`)).toMatchObject({ status: 0 })
    for (const name of ['card.json', 'model.json', 'weights.bin'])
      expect(readFileSync(at('a', name)).equals(readFileSync(at('b', name))), name).toBe(true)
    const events = (file: string, workers: number) =>
      `ttbar-generate --events 400 --workers ${workers} --out ${at(file)}`
    expect(bundled(events('a.parquet', 2)).status).toBe(0)
    expect(sources(events('b.parquet', 1)).status).toBe(0)
    expect(readFileSync(at('a.parquet')).equals(readFileSync(at('b.parquet')))).toBe(true)
  })

  it('begins in 2.5 times the processor time of an empty process and a tenth of a second', () => {
    const { empty, density } = densityAgainstNothing(script)
    expect(density).toBeLessThanOrEqual(2.5 * empty + 100)
  })
})
