// `npm test`: everything, from formatting to the browser. Ends with one line "N passed, N failed".
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { findBrowser, otherBrowsers } from './other-browsers.mjs'
import { ensureInstalled, run } from './steps.mjs'

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

/** Steps with the time at which each began [ms]. */
const steps = []

function headline(title) {
  steps.push({ title, at: performance.now() })
  console.log(`\n== ${title} `.padEnd(80, '='))
}

/** Seconds of each step, one line a step. */
function secondsOfSteps() {
  const ends = [...steps.slice(1).map(({ at }) => at), performance.now()]
  return steps
    .map(({ title, at }, i) => `${((ends[i] - at) / 1000).toFixed(0).padStart(6)} s  ${title}`)
    .join('\n')
}

/** A step that is itself one check. */
async function check(title, command, args, options) {
  headline(title)
  const code = await run(command, args, options)
  count(code === 0 ? 1 : 0, code === 0 ? 0 : 1)
  if (code !== 0) console.error(`-- ${title}: exit code ${code}`)
  return code === 0
}

async function vitest(title, args, env) {
  headline(title)
  const file = join(reports, `${title.replace(/\W+/g, '-')}.json`)
  const code = await run(
    'npx',
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile=${file}`, ...args],
    {
      env,
    },
  )
  const report = readReport(file)
  if (!report) return count(0, 1)
  count(report.numPassedTests, report.numFailedTests, report.numPendingTests ?? 0)
  if (code !== 0 && report.numFailedTests === 0) count(0, 1)
}

async function playwright() {
  headline('end to end, in Chromium')
  const executable = await ensureChromium()
  const file = join(reports, 'e2e.json')
  const code = await run(
    'npx',
    ['playwright', 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'],
    {
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(executable ? { CHROMIUM_PATH: executable } : {}) },
    },
  )
  const report = readReport(file)
  if (!report) return count(0, 1)
  const { expected, unexpected, flaky, skipped: left } = report.stats
  count(expected, unexpected + flaky, left)
  if (code !== 0 && unexpected + flaky === 0) count(0, 1)
}

/** One check each: every view, a drag, a training, a binned fit and a link in browsers that are no Chromium. */
async function smokeInOthers() {
  for (const browser of otherBrowsers) {
    const { name, title, packages, variable } = browser
    const executable = await findBrowser(browser)
    const step = `smoke test in ${title}`
    if (executable) {
      await check(step, 'npx', ['tsx', 'e2e/other-browsers/smoke.ts', name, executable])
      continue
    }
    headline(step)
    console.log(
      `Skipped: no ${title}. Install ${packages.join(' and ')} or set ${variable}; CI=true installs it on Debian.`,
    )
    count(0, 0, 1)
  }
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
  await check('format', 'npm', ['run', '-s', 'format:check'])
  await check('lint', 'npm', ['run', '-s', 'lint'])
  await check('types', 'npm', ['run', '-s', 'types'])
  await vitest('unit tests', [])
  await vitest('slow tests', ['.slow.test'], { SLOW: '1' })
  await check('shipped files match what the code makes', 'npm', ['run', '-s', 'check:generated'])
  if (await check('build', 'npm', ['run', '-s', 'build'])) {
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
