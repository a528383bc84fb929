import { fileURLToPath } from 'node:url'
import type { Browser, Page } from '@playwright/test'
import { buildSite, openBrowser, withPage } from './browser.ts'
import { timingOf } from './measure.ts'
import { readMarks, watchOpening, type OpeningMarks } from './page-probes.ts'
import { below, middle, type BenchRow } from './report.ts'
import { serveFolder, type StaticServer } from './static-server.ts'
import type { BenchSubject, Log } from './subject.ts'

const viewport = { width: 1440, height: 900 }
const openings = 7

type Mark = Exclude<keyof OpeningMarks, 'origin'>

interface Visit {
  marks: OpeningMarks | undefined
  /** Bodies sent until all dots were there [bytes]. */
  bytes: number
}

/**
 * The first load in cold contexts, beside a bare shell (React and the static picture, no data) in the same minutes: the
 * ratio of both is held against a target, because absolute times are the machine's.
 */
export async function* firstLoadSuite(_subject: BenchSubject, log: Log): AsyncGenerator<BenchRow, void> {
  log('first-load: building')
  const site = await buildSite('app')
  const shellSite = await buildSite(fileURLToPath(new URL('./shell', import.meta.url)))
  const app = await serveFolder(site.folder)
  const shell = await serveFolder(shellSite.folder)
  const opened = await openBrowser()
  try {
    yield* local(opened.browser, app)
    yield* slow(opened.browser, app, shell)
  } finally {
    for (const server of [app, shell]) server.close()
    for (const each of [site, shellSite]) each.dispose()
    await opened.close()
  }
}

async function visit(
  browser: Browser,
  server: StaticServer,
  wanted: Mark,
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<Visit> {
  return withPage(browser, viewport, async (page) => {
    await page.addInitScript(watchOpening, wanted === 'interactive')
    await prepare(page)
    const before = server.sentBefore(Infinity)
    await page.goto(server.address, { waitUntil: 'commit' })
    const marks = await readMarks(page, wanted)
    return { marks, bytes: marks?.whole ? server.sentBefore(marks.origin + marks.whole) - before : 0 }
  })
}

/** One mark of several visits; on a machine too busy, some may never get there. */
function timesOf(visits: readonly Visit[], key: Mark): BenchRow['value'] {
  const times = visits.flatMap(({ marks }) => marks?.[key] ?? [])
  if (times.length <= visits.length / 2)
    return { skipped: `only ${times.length} of ${visits.length} visits got there within 20 s` }
  return timingOf(times)
}

function ratioOf(value: BenchRow['value'], unit: BenchRow['value']): BenchRow['value'] {
  const [above, under] = [middle(value), middle(unit)]
  return above === undefined || !under ? { skipped: 'one of both is missing' } : above / under
}

async function* local(browser: Browser, app: StaticServer): AsyncGenerator<BenchRow, void> {
  await visit(browser, app, 'dots')
  const visits: Visit[] = []
  for (let i = 0; i < openings; i++) visits.push(await visit(browser, app, 'dots'))
  const note = 'cold cache, localhost; since navigation'
  const paint = timesOf(visits, 'paint')
  const dots = timesOf(visits, 'dots')
  yield { name: 'localhost: first paint', value: paint, note }
  yield { name: 'localhost: first dots', value: dots, note: 'picture finished by the graphics process' }
  yield {
    name: 'localhost: first dots / first paint',
    unit: '×',
    value: ratioOf(dots, paint),
    target: below(3),
  }
}

/** DevTools' own throttle: 10 Mbit/s, 40 ms added to every answer, the processor four times slower. */
async function throttle(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  const throughput = 10e6 / 8
  await devTools.send('Network.enable')
  await devTools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  })
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

async function* slow(
  browser: Browser,
  app: StaticServer,
  shell: StaticServer,
): AsyncGenerator<BenchRow, void> {
  const bare: Visit[] = []
  const clicked: Visit[] = []
  const watched: Visit[] = []
  // In turns, so that all three see the same machine.
  for (let i = 0; i <= openings; i++) {
    const round = [
      await visit(browser, shell, 'interactive', throttle),
      await visit(browser, app, 'interactive', throttle),
      await visit(browser, app, 'whole', throttle),
    ]
    if (i === 0) continue // code and shaders compiled once for this browser
    bare.push(round[0])
    clicked.push(round[1])
    watched.push(round[2])
  }
  const note = '10 Mbit/s, 40 ms, processor 4 × slower'
  const unit = timesOf(bare, 'interactive')
  const interactive = timesOf(clicked, 'interactive')
  const dots = timesOf(watched, 'dots')
  yield {
    name: 'bare shell: interactive',
    value: unit,
    note: `${note}: first frame whose click on the navigation is on the screen within 100 ms`,
  }
  yield { name: 'slow visitor: first paint', value: timesOf(watched, 'paint'), note }
  yield { name: 'slow visitor: interactive', value: interactive, target: below(900) }
  yield { name: 'slow visitor: first dots', value: dots, target: below(1500) }
  yield { name: 'slow visitor: whole map', value: timesOf(watched, 'whole'), target: below(4000) }
  yield { name: 'interactive / bare shell', unit: '×', value: ratioOf(interactive, unit), target: below(2) }
  yield { name: 'first dots / bare shell', unit: '×', value: ratioOf(dots, unit), target: below(4) }
  yield {
    name: 'sent before the map is whole',
    unit: 'MB',
    value: Math.max(...watched.map(({ bytes }) => bytes)) / 1e6,
    target: below(3.5),
    note: 'most of all visits; text in gzip',
  }
}
