import { readFile } from 'node:fs/promises'
import { smallLhe } from '../src/testing/small-lhe.ts'
import { expect, test } from './fixtures.ts'
import { AppPage, intentOf } from './pages/app-page.ts'
import { FitPage, smallFit } from './pages/fit-page.ts'

test('a bundle takes dropped events and their fit to another browser', async ({
  app,
  page,
  browser,
  baseURL,
}) => {
  const fit = new FitPage(page)
  await app.open(await smallFit({ binning: { observable: 'pt_l2', bins: 2 } }))
  await app.drop([{ name: 'few.lhe', bytes: new TextEncoder().encode(smallLhe(14)) }], '[data-testid=fit]')
  await expect(page.getByText('Observed events from few.lhe')).toBeVisible({ timeout: 40_000 })
  await fit.begin('Run binned alone')
  await expect(fit.stage('Binned')).toContainText(/\d sRun$/, { timeout: 40_000 })
  const table = (of: typeof fit) => of.page.getByRole('table').first()
  const numbers = await table(fit).textContent()
  expect(numbers).toMatch(/\d/)

  const link = await app.share()
  await expect(app.toasts).toContainText(/without the dropped events few\.lhe and results of fits/)
  const download = page.waitForEvent('download')
  await app.button('Save bundle').click()
  const saved = await download
  expect(saved.suggestedFilename()).toBe('theoryscape-top-pair.zip')
  const bytes = await readFile(await saved.path())
  await expect(app.toasts).toContainText(/theoryscape-top-pair\.zip \(.* MB\) holds this analysis\. Drop it/)

  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } })
  const other = new AppPage(await context.newPage())
  const there = new FitPage(other.page)
  await other.openReady()
  await other.drop([{ name: 'from-a-friend.zip', bytes: bytes.subarray(0, -30) }])
  await expect(other.toasts).toContainText(/from-a-friend\.zip: The bundle is damaged: .* no directory/)
  await expect(other.page).toHaveTitle(/^Explore/)
  await other.drop([{ name: 'from-a-friend.zip', bytes }])
  await expect(other.page).toHaveTitle(/^Fit/)
  await expect(other.page.getByText('Observed events from few.lhe')).toBeVisible({ timeout: 40_000 })
  await expect(there.stage('Binned')).toContainText(/\d sRun$/, { timeout: 40_000 })
  await expect(table(there)).toHaveText(numbers ?? '')
  expect(await intentOf(await other.share())).toEqual(await intentOf(link))
  await context.close()
})
