import type { Browser } from '@playwright/test'
import { linkTo } from '../testing/links.ts'
import { withPage } from './browser.ts'
import { timingOf } from './measure.ts'
import { timeToFirstStep } from './page-probes.ts'
import { below, type BenchRow } from './report.ts'

const visits = 3

/** Studies with a training, by the dataset that their link names. */
const studies = [
  { name: 'Drell-Yan', link: { view: 'train' } },
  { name: 'models of new physics', link: { view: 'train', dataset: 'gluinos' } },
  { name: 'top multiplicity', link: { view: 'train', dataset: 'top-multiplicity' } },
] as const

/** From a click on Play to the first step that is reported, and from the view to its recorded training. */
export async function* firstPlayRows(browser: Browser, address: string): AsyncGenerator<BenchRow, void> {
  for (const { name, link } of studies) {
    const hash = await linkTo(link)
    const recorded: number[] = []
    const played: number[] = []
    for (let i = 0; i < visits; i++)
      await withPage(browser, { width: 1440, height: 900 }, async (page) => {
        await page.emulateMedia({ reducedMotion: 'reduce' })
        await page.goto(`${address}${hash}`, { waitUntil: 'commit' })
        await page
          .getByText(/^recorded 20/)
          .first()
          .waitFor({ timeout: 60_000 })
        recorded.push(await page.evaluate(() => performance.now()))
        const play = page
          .getByRole('group', { name: 'Training', exact: true })
          .getByRole('button', { name: 'Play' })
        await play.and(page.locator(':enabled')).waitFor({ timeout: 60_000 })
        // What stands there is looked at before anybody presses Play.
        await page.waitForTimeout(3000)
        played.push(await page.evaluate(timeToFirstStep))
      })
    const note = 'cold cache, localhost'
    yield { name: `${name}: recorded training, since navigation`, value: timingOf(recorded), note }
    yield { name: `${name}: Play to the first step`, value: timingOf(played), target: below(1000), note }
  }
}
