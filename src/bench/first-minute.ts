import type { Browser } from '@playwright/test'
import { buildSite, openBrowser, withPage } from './browser.ts'
import { firstPlayRows } from './first-play.ts'
import { timingOf } from './measure.ts'
import { measureSliderFrames, readMarks, watchOpening } from './page-probes.ts'
import { below, type BenchRow } from './report.ts'
import { serveFolder } from './static-server.ts'
import type { BenchSubject, Log } from './subject.ts'

const visits = 3
const screens = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

/** The first thirty seconds of a visit: when the static picture, the dots and the first dragged dot are there; then Train. */
export async function* firstMinuteSuite(_subject: BenchSubject, log: Log): AsyncGenerator<BenchRow, void> {
  log('first-minute: building')
  const site = await buildSite('app')
  try {
    yield* walkFolder(site.folder)
  } finally {
    site.dispose()
  }
}

/** @param folder  a built page */
export async function* walkFolder(folder: string): AsyncGenerator<BenchRow, void> {
  const server = await serveFolder(folder)
  const opened = await openBrowser()
  try {
    for (const screen of screens) {
      const walks: Walk[] = []
      for (let i = 0; i < visits; i++) walks.push(await walk(opened.browser, server.address, screen))
      const where = `${screen.width} px`
      const note = 'cold cache, localhost; since navigation'
      const row = (name: string, key: keyof Walk, limit: number): BenchRow => {
        const times = walks.flatMap((each) => each[key] ?? [])
        const value = times.length > 0 ? timingOf(times) : { skipped: 'no visit got there within 20 s' }
        return { name: `${where}: ${name}`, value, target: below(limit), note }
      }
      yield row('first paint, with the static picture', 'picture', 1000)
      yield row('dots', 'dots', 3000)
      yield row('first dragged dot', 'dragged', 8000)
    }
    yield* firstPlayRows(opened.browser, server.address)
  } finally {
    server.close()
    await opened.close()
  }
}

interface Walk {
  picture?: number
  dots?: number
  dragged?: number
}

async function walk(
  browser: Browser,
  address: string,
  viewport: { width: number; height: number },
): Promise<Walk> {
  return withPage(browser, viewport, async (page) => {
    await page.addInitScript(watchOpening, false)
    await page.goto(address, { waitUntil: 'commit' })
    const marks = await readMarks(page, 'whole')
    if (!marks) return {}
    const { paint: picture, dots } = marks
    // The slider may come after the dots; a drag is an input event whose dot has moved within it.
    await page.locator('input.slider').first().waitFor({ state: 'attached', timeout: 20_000 })
    await page.evaluate(measureSliderFrames, 1)
    const dragged = await page.evaluate(() => performance.now())
    return { picture, dots, dragged }
  })
}
