// `npm run coverage`: how many lines of the views unit tests reach. Not part of `npm test`.
//
// Views are src/studies/*/views, src/ui and src/app; their tests lie beside them and in src/testing, no other room may
// import them. A line of code (no blank, no comment) counts as reached when the innermost statement, branch or function
// around its first character ran; outside of all of them (imports, types), when the file was loaded at all.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root, run } from './steps.mjs'

/** Lines that must be reached: tests that go take their lines with them. */
const leastReached = 18_000
/** Files printed, those with most lines out of reach first; `npm run coverage -- 50` for more. */
const printed = Number(process.argv[2] ?? 15)

const rooms = ['src/studies/*/views', 'src/ui', 'src/app']
const tests = ['/views/', 'src/ui/', 'src/app/', 'src/testing/']

/** @returns ranges of code with how often each ran, [line, column) from 1 and 0 */
function rangesOf({ statementMap, s, fnMap, f, branchMap, b }) {
  const ranges = []
  const add = ({ start, end }, count) => {
    if (start.line !== undefined && end.line !== undefined)
      ranges.push({ from: place(start), to: place({ ...end, column: end.column ?? 1e6 - 1 }), count })
  }
  for (const id in statementMap) add(statementMap[id], s[id])
  for (const id in fnMap) add(fnMap[id].loc, f[id])
  for (const id in branchMap) branchMap[id].locations.forEach((location, k) => add(location, b[id][k]))
  return ranges
}

/** Places in a file in their order. */
const place = ({ line, column }) => line * 1e6 + column

function countLines(file, report) {
  const ranges = rangesOf(report)
  const loaded = ranges.length === 0 || ranges.some(({ count }) => count > 0)
  let [lines, reached, commented] = [0, 0, false]
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((text, k) => {
      const code = text.trim()
      const comment = commented || /^\/[/*]/.test(code)
      commented = (commented || code.startsWith('/*')) && !code.includes('*/')
      if (code === '' || comment) return
      const at = place({ line: k + 1, column: text.indexOf(code) })
      const around = ranges.filter(({ from, to }) => from <= at && at < to)
      const innermost = around.reduce((a, b) => (b.from >= a.from ? b : a), {
        from: 0,
        count: loaded ? 1 : 0,
      })
      lines++
      if (innermost.count > 0) reached++
    })
  return { file: relative(root, file), lines, reached }
}

const folder = mkdtempSync(join(tmpdir(), 'theoryscape-coverage-'))
try {
  const include = rooms.map((room) => `--coverage.include=${room}/**/*.{ts,tsx}`)
  const options = ['--coverage.enabled', '--coverage.reporter=json', `--coverage.reportsDirectory=${folder}`]
  const code = await run('npx', ['vitest', 'run', '--reporter=dot', ...options, ...include, ...tests], {
    env: { NO_COLOR: '1' },
  })
  if (code !== 0) process.exit(code)
  const reports = JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8'))
  const files = Object.entries(reports).map(([file, report]) => countLines(file, report))
  const sum = (of) => files.reduce((total, each) => total + each[of], 0)
  const out = ({ lines, reached }) => lines - reached
  files.sort((a, b) => out(b) - out(a))
  for (const each of files.slice(0, printed))
    console.log(
      `${String(out(each)).padStart(6)} of ${String(each.lines).padStart(4)} lines not reached: ${each.file}`,
    )
  const [reached, lines] = [sum('reached'), sum('lines')]
  console.log(
    `\n${reached} of ${lines} lines of views reached (${((100 * reached) / lines).toFixed(1)} %), in ${files.length} files`,
  )
  if (reached < leastReached) {
    console.error(
      `${reached} lines of views are reached, at least ${leastReached} must be: write tests for the files above.`,
    )
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
