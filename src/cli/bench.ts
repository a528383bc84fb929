// npm run bench [-- SUITE ...] [--json FILE]: every number with its target; slow is no failure, wrong is one.

import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { fitSuite } from '../bench/fit.ts'
import { interpretSuite } from '../bench/interpret.ts'
import { kernelsSuite } from '../bench/kernels.ts'
import { machineLine, readMachine } from '../bench/machine.ts'
import { mlSuite } from '../bench/ml.ts'
import { pageSuite } from '../bench/page.ts'
import { physicsSuite } from '../bench/physics.ts'
import { tableOf, verdict, type BenchRow, type SuiteReport } from '../bench/report.ts'
import type { BenchSubject, Log } from '../bench/subject.ts'
import { statisticsSuite } from '../bench/statistics.ts'
import { AppError } from '../errors.ts'
import { defaultTraining } from './default-training.ts'
import { openDatasetFolder, openModelFolder } from './open-files.ts'
import { defaultDatasetId } from './shipped-data.ts'

type Suite = (subject: BenchSubject, log: Log) => AsyncIterable<BenchRow>

const suites: Record<string, Suite> = {
  physics: physicsSuite,
  statistics: statisticsSuite,
  ml: mlSuite,
  page: pageSuite,
  interpret: interpretSuite,
  kernels: kernelsSuite,
  fit: fitSuite,
}
const usual = ['physics', 'ml', 'interpret', 'page']

async function main(argv: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: 'string' } },
  })
  const unknown = positionals.find((name) => !Object.hasOwn(suites, name))
  if (unknown !== undefined)
    throw new AppError(
      'input/invalid',
      `There is no suite "${unknown}". Known: ${Object.keys(suites).join(', ')}; without a name ${usual.join(', ')} run.`,
    )
  const machine = readMachine()
  console.log(machineLine(machine))
  const header = await openDatasetFolder(defaultDatasetId)
  const encoder = await openModelFolder('dy-supcon-2d', header)
  const subject = { header, encoder, training: defaultTraining }
  const reports: SuiteReport[] = []
  for (const suite of positionals.length ? positionals : usual) {
    const rows: BenchRow[] = []
    for await (const row of suites[suite](subject, (line) => console.error(line))) {
      rows.push(row)
      console.error(`${suite}: ${row.name} done`)
    }
    reports.push({ suite, rows })
    console.log(tableOf({ suite, rows }))
  }
  console.log(`\nload at the end ${loadavg()[0].toFixed(2)}`)
  if (values.json === undefined) return
  const judged = reports.map(({ suite, rows }) => ({
    suite,
    rows: rows.map((row) => ({ ...row, verdict: verdict(row) })),
  }))
  writeFileSync(values.json, `${JSON.stringify({ machine, suites: judged }, null, 2)}\n`)
}

main(process.argv.slice(2)).catch((thrown: unknown) => {
  const error = AppError.from(thrown)
  console.error(`${error.code}: ${error.message}`)
  if (error.code === 'job/crashed') console.error(error.context.stack)
  process.exitCode = 2
})
