// `npm test`: everything, from formatting to the browser. Ends with one line "N passed, N failed".
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { findBrowser, otherBrowsers } from './other-browsers.mjs'
import { ensureInstalled, npmScript, run, runTogether } from './steps.mjs'

await ensureInstalled()
const reports = mkdtempSync(join(tmpdir(), 'theoryscape-tests-'))
let passed = 0
let failed = 0
let skipped = 0

function count(pass, fail, skip = 0) {
  passed += pass
  failed += fail
  skipped += skip
}

/** Steps with their seconds; of those that run two at a time their sum is more than the time that passed. */
const steps = []
const started = performance.now()
const secondsSince = (at) => (performance.now() - at) / 1000

const headline = (title) => console.log(`\n== ${title} `.padEnd(80, '='))

/** Does a step under its headline and keeps its seconds. */
async function timed(title, act) {
  headline(title)
  const at = performance.now()
  try {
    return await act()
  } finally {
    steps.push({ title, seconds: secondsSince(at) })
  }
}

/** Seconds of each step, one line a step. */
function secondsOfSteps() {
  return [...steps, { title: 'in all', seconds: secondsSince(started) }]
    .map(({ title, seconds }) => `${seconds.toFixed(0).padStart(6)} s  ${title}`)
    .join('\n')
}

/** A step that is itself one check. */
async function check(title, command, args, options) {
  const code = await timed(title, () => run(command, args, options))
  count(code === 0 ? 1 : 0, code === 0 ? 0 : 1)
  if (code !== 0) console.error(`-- ${title}: exit code ${code}`)
  return code === 0
}

/** How a command says that what it needs may not be installed here. */
const leftOut = 77

/**
 * Steps that leave a core free, two at a time.
 *
 * @returns names of those that passed
 */
async function checksTogether(jobs) {
  const good = []
  await runTogether(jobs, ({ name, code, text, wall }) => {
    headline(name)
    process.stdout.write(text)
    steps.push({ title: name, seconds: wall })
    if (code === 0) good.push(name)
    if (code === leftOut) count(0, 0, 1)
    else count(code === 0 ? 1 : 0, code === 0 ? 0 : 1)
    if (code !== 0 && code !== leftOut) console.error(`-- ${name}: exit code ${code}`)
  })
  return good
}

async function vitest(title, args, env) {
  const file = join(reports, `${title.replace(/\W+/g, '-')}.json`)
  const words = ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile=${file}`, ...args]
  const code = await timed(title, () => run('npx', words, { env }))
  const report = readReport(file)
  if (!report) return count(0, 1)
  count(report.numPassedTests, report.numFailedTests, report.numPendingTests ?? 0)
  if (code !== 0 && report.numFailedTests === 0) count(0, 1)
}

async function playwright() {
  const file = join(reports, 'e2e.json')
  const words = ['playwright', 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json']
  const code = await timed('end to end, in Chromium', async () => {
    const executable = await ensureChromium()
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(executable ? { CHROMIUM_PATH: executable } : {}) }
    return run('npx', words, { env })
  })
  const report = readReport(file)
  if (!report) return count(0, 1)
  const { expected, unexpected, flaky, skipped: left } = report.stats
  count(expected, unexpected + flaky, left)
  if (code !== 0 && unexpected + flaky === 0) count(0, 1)
}

/** One check each: every view, a drag, a training, a binned fit and a link in browsers that are no Chromium. */
async function smokeInOthers() {
  const found = []
  for (const browser of otherBrowsers) {
    const { name, title, packages, variable } = browser
    const executable = await findBrowser(browser)
    const step = `smoke test in ${title}`
    if (executable) {
      found.push({ name: step, words: ['npx', 'tsx', 'e2e/other-browsers/smoke.ts', name, executable] })
      continue
    }
    headline(step)
    console.log(
      `Skipped: no ${title}. Install ${packages.join(' and ')} or set ${variable}; CI=true installs it on Debian.`,
    )
    count(0, 0, 1)
  }
  await checksTogether(found)
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    console.error(`No readable test report at ${file}: ${error.message}`)
    return undefined
  }
}

try {
  // The longest first: the others fit beside it.
  const good = await checksTogether([
    npmScript('check:generated', 'shipped files match what the code makes'),
    npmScript('lint', 'lint'),
    // Networks of a plan by engines of clusters, where they may be installed: much of it is waiting.
    { name: 'a plan by Snakemake and Slurm', words: ['node', '.ci/cluster.mjs'] },
    npmScript('types', 'types'),
    npmScript('format:check', 'format'),
    npmScript('build', 'build'),
  ])
  await vitest('unit tests', [])
  await vitest('slow tests', ['.slow.test'], { SLOW: '1' })
  if (good.includes('build')) {
    await check('size budget', 'node', ['.ci/size-budget.mjs'])
    await playwright()
    await smokeInOthers()
  }
} finally {
  rmSync(reports, { recursive: true, force: true })
}
console.log(`\n${secondsOfSteps()}`)
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(failed === 0 ? 0 : 1)
