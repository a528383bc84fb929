// Networks of plans by one and by two processes of the installed program, n_eft by n_eft: what a cluster's law is drawn beside.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../cli/files.ts'
import { makePlan } from '../studies/top-pair/analysis/plan/make-plan.ts'
import { planFiles } from '../studies/top-pair/analysis/plan/plan-files.ts'
import { fitLink } from '../studies/top-pair/fit-link.ts'
import { namedSetups } from '../studies/top-pair/named-setups.ts'
import { topPairOperatorNames } from '../physics/top-pair/operators.ts'
import { buildCli, cliFolder } from '../../vite/build-cli.ts'
import { digits, type BenchRow } from './report.ts'
import type { BenchSubject, Log } from './subject.ts'

const counts = [2, 4, 6, 8]
const processes = [1, 2]

/** Small networks, so that all of it takes minutes. */
const small = {
  preset: 'parton',
  trainingPoints: 20_000,
  epochs: 2,
  replicas: 1,
  recalibrate: false,
} as const

interface Job {
  wall: number // s
  processor: number // s
}

/** A whole process, timed by the shell. @throws Error where it fails */
function runTask(script: string, plan: string, id: string, out: string): Promise<Job> {
  const line = `TIMEFORMAT='%R %U %S'; time "$@" > /dev/null 2> "$OUT.log"`
  const words = [process.execPath, script, 'run-task', plan, id, '--out', out]
  const child = spawn('bash', ['-c', line, 'bash', ...words], {
    env: { ...process.env, OUT: out },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`${words.join(' ')} ended with ${code}, see ${out}.log`))
      const [wall, user, system] = said.trim().split(' ').map(Number)
      resolve({ wall, processor: user + system })
    })
  })
}

/** All tasks by so many processes at a time, the next one as soon as one has ended. */
async function runAll(script: string, folder: string, ids: readonly string[], workers: number) {
  const waiting = [...ids]
  const jobs: Job[] = []
  const start = performance.now()
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
        jobs.push(await runTask(script, join(folder, 'plan.json'), id, join(folder, `by-${workers}`, id)))
    }),
  )
  const wall = (performance.now() - start) / 1000
  return { wall, processor: jobs.reduce((sum, job) => sum + job.processor, 0) }
}

export async function* planSuite(_subject: BenchSubject, log: Log): AsyncGenerator<BenchRow> {
  const script = join(repositoryRoot, cliFolder, 'theoryscape.mjs')
  if (!existsSync(script)) await buildCli()
  const root = mkdtempSync(join(tmpdir(), 'plan-bench-'))
  try {
    for (const count of counts) {
      const { setup } = namedSetups['sm-inclusive']
      const plan = await makePlan(
        { ...setup, ...small, selection: 'none', operators: topPairOperatorNames.slice(0, count) },
        fitLink,
      )
      const folder = join(root, String(count))
      for (const workers of processes) mkdirSync(join(folder, `by-${workers}`), { recursive: true })
      for (const { name, text } of planFiles(plan)) writeFileSync(join(folder, name), text)
      const ids = plan.tasks.map(({ id }) => id)
      for (const workers of processes) {
        log(`plan: n_eft = ${count}, ${ids.length} networks by ${workers}`)
        const { wall, processor } = await runAll(script, folder, ids, workers)
        yield {
          name: `n_eft = ${count}: ${ids.length} networks, ${workers} at a time`,
          unit: 's',
          value: wall,
          note: `${digits(wall / ids.length)} s each by the clock, ${digits(processor / ids.length)} s of processor time`,
        }
      }
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
