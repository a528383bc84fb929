// `npm run check`: format, lint, types and unit tests, two at a time, with the seconds of each.
import { spawn } from 'node:child_process'
import { root } from './steps.mjs'

/** The longest first: the others fit beside it. */
const parts = ['test:unit', 'lint', 'types', 'format:check']
const atOnce = 2
/** Processor time of all parts together [s]; more makes people leave the check out. */
const mostProcessorSeconds = 240

/** Output is kept until the part has ended: two at once must not be mixed. `time` is of bash. */
function runPart(script) {
  return new Promise((done) => {
    const child = spawn('bash', ['-c', `TIMEFORMAT='%R %U %S'; time npm run -s ${script}`], { cwd: root })
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.stderr.on('data', (chunk) => (text += chunk))
    child.on('close', (code) => {
      const at = text.trimEnd().lastIndexOf('\n') + 1
      const [wall, user, system] = text.slice(at).trim().split(' ').map(Number)
      done({ script, code, text: text.slice(0, at), wall, processor: user + system })
    })
  })
}

const waiting = [...parts]
const results = []
async function worker() {
  for (let script = waiting.shift(); script; script = waiting.shift()) {
    const result = await runPart(script)
    results.push(result)
    if (result.code !== 0) console.log(`-- ${script} failed\n${result.text}`)
  }
}
await Promise.all(Array.from({ length: atOnce }, worker))

for (const { script, code, wall, processor } of results)
  console.log(
    `${script.padEnd(14)} ${code === 0 ? 'ok    ' : 'FAILED'} ${wall.toFixed(1).padStart(6)} s, processor ${processor.toFixed(1).padStart(6)} s`,
  )
const total = results.reduce((sum, { processor }) => sum + processor, 0)
console.log(`processor time ${total.toFixed(0)} s (at most ${mostProcessorSeconds} s)`)
process.exit(results.every(({ code }) => code === 0) ? 0 : 1)
