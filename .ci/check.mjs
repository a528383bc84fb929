// `npm run check`: format, lint, types and unit tests, two at a time, with the seconds of each.
import { npmScript, runTogether } from './steps.mjs'

/** The longest first: the others fit beside it. */
const parts = ['test:unit', 'lint', 'types', 'format:check']
/** Processor time of all parts together [s]; more makes people leave the check out. */
const mostProcessorSeconds = 240

const results = []
await runTogether(
  parts.map((part) => npmScript(part)),
  (result) => {
    results.push(result)
    if (result.code !== 0) console.log(`-- ${result.name} failed\n${result.text}`)
  },
)

for (const { name, code, wall, processor } of results)
  console.log(
    `${name.padEnd(14)} ${code === 0 ? 'ok    ' : 'FAILED'} ${wall.toFixed(1).padStart(6)} s, processor ${processor.toFixed(1).padStart(6)} s`,
  )
const total = results.reduce((sum, { processor }) => sum + processor, 0)
console.log(`processor time ${total.toFixed(0)} s (at most ${mostProcessorSeconds} s)`)
process.exit(results.every(({ code }) => code === 0) ? 0 : 1)
