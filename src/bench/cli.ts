// The installed command line: processor time of a whole process, told by the shell beside that of an empty one.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../cli/files.ts'
import { buildCli, cliFolder } from '../../vite/build-cli.ts'
import type { BenchRow } from './report.ts'

const repetitions = 9

/** User and system time of a process and its threads [ms]. @throws Error where it fails */
export function processorTime(words: readonly string[]): number {
  const line = `TIMEFORMAT='%U %S'; time "$@" > /dev/null`
  const { status, stderr } = spawnSync('bash', ['-c', line, 'bash', ...words], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`)
  const [user, system] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number)
  return 1000 * (user + system)
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]

/** Medians of an empty process and of a density by the bundled program, in turn. */
export function densityAgainstNothing(script: string): { empty: number; density: number } {
  const empty: number[] = []
  const density: number[] = []
  for (let i = 0; i < repetitions; i++) {
    empty.push(processorTime([process.execPath, '-e', '0']))
    density.push(
      processorTime([process.execPath, script, 'pdf', '--set', 'default', '--x', '0.1', '--q', '91']),
    )
  }
  return { empty: median(empty), density: median(density) }
}

export async function* cliSuite(): AsyncGenerator<BenchRow> {
  const script = join(repositoryRoot, cliFolder, 'theoryscape.mjs')
  if (!existsSync(script)) await buildCli()
  const { empty, density } = densityAgainstNothing(script)
  const note = `user and system time, ${repetitions} processes each in turn`
  yield { name: 'node -e 0', value: empty, note }
  yield {
    name: 'theoryscape pdf --set default --x 0.1 --q 91',
    value: density,
    target: { limit: 2.5 * empty + 100, good: 'below' },
    note: '2.5 empty processes and 100 ms',
  }
  const sources = [process.execPath, '--import', 'tsx', 'src/cli/main.ts']
  yield {
    name: 'the same from its sources',
    value: processorTime([...sources, 'pdf', '--x', '0.1', '--q', '91']),
  }
}
