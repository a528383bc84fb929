import { availableParallelism } from 'node:os'
import type { Browser } from '@playwright/test'
import { defaultLinkIntent, linkTo } from '../testing/links.ts'
import type { FitIntent } from '../studies/top-pair/intent.ts'
import { buildSite, openBrowser, withPage } from './browser.ts'
import { digits, type BenchRow } from './report.ts'
import { serveFolder } from './static-server.ts'
import type { BenchSubject, Log } from './subject.ts'

/** Minutes, so that this suite only runs by name. */
const longestMs = 3_600_000

const sets: { name: string; fit: Partial<FitIntent> }[] = [
  {
    name: 'n_eft = 8, linear + quadratic, parton level, 100,000 points, early stopping',
    fit: {
      operators: ['tG', 'td8', 'tq8', 'tu8', 'Qu8', 'Qd8', 'Qq18', 'Qq38'],
      preset: 'parton',
      trainingPoints: 100_000,
      mttMinGeV: 0,
      selection: 'none',
      truth: {},
    },
  },
  {
    name: 'thesis, 14 features, 200,000 points, 400 epochs',
    fit: { operators: ['td8', 'tq8'], preset: 'thesis', mttMinGeV: 0, selection: 'none' },
  },
]
const backends = ['kernels', 'wasm'] as const

/** Ratio networks trained in the page, as the Fit view does it: a network per worker. */
export async function* fitSuite(_subject: BenchSubject, log: Log): AsyncGenerator<BenchRow, void> {
  const site = await buildSite('app')
  const server = await serveFolder(site.folder)
  const opened = await openBrowser()
  try {
    for (const { name, fit } of sets)
      for (const backend of backends) {
        // A stock engine takes too long for the large networks: a twentieth of their epochs tells its pace.
        const epochs = backend === 'wasm' && fit.preset === 'thesis' ? 20 : null
        log(`fit: ${name}, ${backend}`)
        const link = await linkTo({
          view: 'fit',
          fit: { ...defaultLinkIntent.fit, ...fit, backend, epochs },
        })
        const { seconds, tiles } = await trainAll(opened.browser, server.address + link)
        const failed = tiles.filter((text) => text.includes('failed')).length
        const refused = failed ? `; ${failed} refused` : ''
        yield {
          name: `${name}, ${backend}${epochs ? `, ${epochs} epochs only` : ''}`,
          unit: 's',
          value: seconds,
          note: `${tiles.length} networks${refused}, ${availableParallelism()} workers, ${digits(seconds / (tiles.length - failed || 1))} s each`,
        }
      }
  } finally {
    server.close()
    site.dispose()
    await opened.close()
  }
}

async function trainAll(browser: Browser, url: string): Promise<{ seconds: number; tiles: string[] }> {
  return withPage(browser, { width: 1440, height: 900 }, async (page) => {
    await page.goto(url)
    const stages = page.getByRole('list', { name: 'Stages' })
    const tiles = page.getByRole('list', { name: 'Ratio networks' }).getByRole('button')
    const train = stages.getByRole('button', { name: /Train/ })
    await train.waitFor({ timeout: 60_000 })
    const start = performance.now()
    await train.click()
    await page.waitForFunction(
      () => {
        const all = [...document.querySelectorAll('.fit-tile')]
        return (
          all.length > 0 &&
          all.every((tile) => /^(done|failed)$/.test(tile.getAttribute('data-status') ?? ''))
        )
      },
      undefined,
      { timeout: longestMs, polling: 500 },
    )
    return { seconds: (performance.now() - start) / 1000, tiles: await tiles.allTextContents() }
  })
}
