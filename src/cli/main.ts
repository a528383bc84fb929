import { exitCodes, runCommandLine } from './run-command.ts'
import { describeFailure, stackVariable } from './failure.ts'

// A reader like `head` may go before the answer is out; the error comes as an event, after the write.
process.stdout.on('error', (error: Error) => {
  process.stderr.write(`${describeFailure(error).line}\n`)
  process.exit(exitCodes.badInput)
})
process.stderr.on('error', () => process.exit(exitCodes.badInput))

process.exitCode = await runCommandLine(
  process.argv.slice(2),
  {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  },
  { stack: process.env[stackVariable] !== undefined },
)
