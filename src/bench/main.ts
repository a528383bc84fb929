// npm run bench [-- SUITE ...] [--json FILE]: every number with its target; slow is no failure, wrong is one.

import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { cliSuite } from './cli.ts'
import { dotsSuite } from './dots.ts'
import { droppedFilesSuite } from './dropped-files.ts'
import { eventsEncoderSuite } from './events-encoder.ts'
import { eventsSuite } from './events.ts'
import { firstLoadSuite } from './first-load.ts'
import { firstMinuteSuite } from './first-minute.ts'
import { fitSuite } from './fit.ts'
import { interpretSuite } from './interpret.ts'
import { kernelsSuite } from './kernels.ts'
import { liveModelsSuite } from './live-models.ts'
import { machineLine, readMachine } from './machine.ts'
import { mlSuite } from './ml.ts'
import { pageSuite } from './page.ts'
import { planSuite } from './plan.ts'
import { physicsSuite } from './physics.ts'
import { tableOf, verdict, type BenchRow, type SuiteReport } from './report.ts'
import type { BenchSubject, Log } from './subject.ts'
import { statisticsSuite } from './statistics.ts'
import { transformerSuite } from './transformer.ts'
import { AppError } from '../errors.ts'
import { defaultTraining } from '../studies/drell-yan/cli/default-training.ts'
import { openDatasetFolder, openModelFolder } from '../studies/drell-yan/cli/open-files.ts'
import { defaultDatasetId } from '../studies/drell-yan/cli/shipped-data.ts'

type Suite = (subject: BenchSubject, log: Log) => AsyncIterable<BenchRow>

const suites: Record<string, Suite> = {
  physics: physicsSuite,
  statistics: statisticsSuite,
  ml: mlSuite,
  page: pageSuite,
  'first-load': firstLoadSuite,
  'first-minute': firstMinuteSuite,
  dots: dotsSuite,
  'dropped-files': droppedFilesSuite,
  interpret: interpretSuite,
  kernels: kernelsSuite,
  fit: fitSuite,
  events: eventsSuite,
  'events-encoder': eventsEncoderSuite,
  'live-models': liveModelsSuite,
  transformer: transformerSuite,
  cli: cliSuite,
  plan: planSuite,
}
const usual = ['physics', 'ml', 'interpret', 'page', 'first-load', 'dots']

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
  const encoder = await openModelFolder('dy-supcon-2d', header, console.error)
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
