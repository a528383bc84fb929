import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'
import { AppError } from '../errors.ts'
import { buildSite, openBrowser, withPage } from './browser.ts'
import { timingOf } from './measure.ts'
import { measureSliderFrames } from './page-probes.ts'
import { below, digits, type BenchRow } from './report.ts'
import { serveFolder } from './static-server.ts'
import type { BenchSubject, Log } from './subject.ts'

const viewport = { width: 1440, height: 900 }

/** The built site in Chromium, as the end-to-end tests run it, from a server that compresses as hosts do. */
export async function* pageSuite(_subject: BenchSubject, log: Log): AsyncGenerator<BenchRow, void> {
  log('page: building')
  const site = await buildSite('app')
  const server = await serveFolder(site.folder)
  const opened = await openBrowser()
  const { browser } = opened
  try {
    yield {
      name: 'initial JavaScript, gzip',
      unit: 'kB',
      value: initialScript(site.folder) / 1000,
      target: below(95),
    }
    yield* dragging(browser, server.address)
    yield* engines(browser, server.address)
  } finally {
    server.close()
    site.dispose()
    await opened.close()
  }
}

/** Scripts that index.html names, preloads included. */
function initialScript(folder: string): number {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1])
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0)
}

async function openReady(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('[data-testid="explore"][data-status="ready"]').waitFor({ timeout: 60_000 })
  await page.locator('.live-layer path[d^="M"]').first().waitFor({ timeout: 60_000 })
}

async function* dragging(browser: Browser, address: string): AsyncGenerator<BenchRow, void> {
  const frames = await withPage(browser, viewport, async (page) => {
    await openReady(page, address)
    return page.evaluate(measureSliderFrames, 60)
  })
  yield {
    name: 'slider drag, event to committed page',
    value: timingOf(frames.map(({ commit }) => commit)),
    target: below(16),
    note: 'spectrum, ratio and dot moved',
  }
  yield {
    name: 'slider drag, event to painted frame',
    value: timingOf(frames.map(({ painted }) => painted)),
    target: below(16),
    note: 'with style, layout and paint on the main thread',
  }
}

/** The page's own measurement of its backends, read from its table. */
async function* engines(browser: Browser, address: string): AsyncGenerator<BenchRow, void> {
  const measured = await withPage(browser, viewport, async (page) => {
    await openReady(page, address)
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Train' }).click()
    await page.getByRole('tab', { name: 'Engines' }).click({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Measure', exact: true }).click({ timeout: 30_000 })
    const table = page.getByRole('table', { name: /Engines of this browser/ })
    await table.waitFor({ timeout: 180_000 })
    const textsOf = (selector: string): Promise<string[]> => table.locator(selector).allTextContents()
    const titles = await textsOf('thead th')
    const cells = await textsOf('tbody tr > *')
    const column = (title: RegExp): number => {
      const at = titles.findIndex((text) => title.test(text))
      if (at < 0)
        throw new AppError(
          'data/mismatch',
          `The table of engines has the columns ${titles.join(', ')}, none like ${title}. Bring src/bench/page.ts up to date.`,
        )
      return at
    }
    const [name, step, remark] = [column(/engine|backend/i), column(/step/i), column(/remark/i)]
    return Array.from({ length: cells.length / titles.length }, (_, row) => {
      const from = row * titles.length
      return { backend: cells[from + name], step: cells[from + step], remark: cells[from + remark] }
    })
  })
  for (const { backend, step, remark } of measured) {
    const ms = Number.parseFloat(step)
    yield {
      name: `training step in the browser, ${backend}`,
      value: Number.isFinite(ms) ? ms : { skipped: remark || 'no time in the table' },
      note: Number.isFinite(ms) ? `median of up to 15; ${digits(100 * ms)} ms per epoch of 100` : undefined,
    }
  }
}
