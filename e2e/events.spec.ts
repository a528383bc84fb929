import { readFile } from 'node:fs/promises'
import { eventFile } from '../src/testing/event-files.ts'
import { linkTo } from '../src/testing/links.ts'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { AppPage } from './pages/app-page.ts'

test('models of gluinos are on their map; a dot shows its events, a live model joins, the link brings it back; axe on all views', async ({
  app,
  page,
}) => {
  test.slow() // five views
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await app.open(await linkTo({ view: 'explore' }))
  await app.dataset.selectOption({ label: 'Gluinos' })
  const explore = page.getByTestId('events')
  await expect(explore).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  await expect(explore).toHaveAttribute('data-points', '3600')

  // The keyboard picks a dot: its events stand beside the map.
  await app.map.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const card = page.getByRole('article', { name: /^Set \d+$/ })
  await expect(card.getByRole('img', { name: /^MET \d+ GeV/ })).toHaveCount(10)
  const set = await card.getAttribute('aria-label')

  // A model that is shipped by nobody, from its tenth set on.
  await app.button('Generate events').click()
  await expect(explore).toHaveAttribute('data-live', /^[1-9]\d+$/, { timeout: 30_000 })
  await expect(page.getByText(/acceptance \d/)).toBeVisible()
  await app.button('Remove').click()
  await expect(explore).not.toHaveAttribute('data-live')

  const hash = new URL(page.url()).hash
  await page.goto('about:blank')
  await app.open(hash)
  await expect(explore).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  await expect(page.getByRole('article', { name: set ?? '' })).toBeVisible()

  await expectAccessible(app)
  // The other views of this dataset.
  for (const [view, heading, ready] of [
    ['Interpret', 'Models compared', 'Most alike'],
    ['Data', 'Samples', 'Copy CSV'],
    ['Compare', 'Maps side by side', 'Show data table'],
    ['Train', 'Map as it learns', 'Measure events-gluinos-2d'],
  ] as const)
    await test.step(view, async () => {
      await app.nav(view).click()
      await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
      await expect(app.button(ready).first()).toBeVisible({ timeout: 60_000 })
      await expectAccessible(app)
    })
})

test('maps of sets stand side by side, with one focus and one selection', async ({ app, page }) => {
  await app.open(await linkTo({ view: 'explore' }))
  await app.dataset.selectOption({ label: 'Dark matter' })
  await app.nav('Compare').click()
  const view = page.getByTestId('compare')
  await expect(view).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  const maps = page.getByRole('application', { name: /Map of/ })
  await expect(maps).toHaveCount(2)
  await expect(page.locator('.figure-summary').first()).toContainText(/keeps [\d.]+\s%/)
  await page.getByRole('combobox', { name: /^Add/ }).selectOption('met-ht')
  await expect(maps).toHaveCount(3)
  await expect(view).toHaveAttribute('data-status', 'ready', { timeout: 30_000 })
  await maps.first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/met-ht: \d+ of \d+ kept/)).toBeVisible()
  await expect(page.locator('.map-focus')).toHaveCount(3)

  await page.setViewportSize({ width: 1024, height: 800 })
  expect(await app.sidewaysScroll()).toBe(0)
  await expectAccessible(app)
})

const encoderFiles = (id: string) =>
  Promise.all(
    ['card.json', 'model.json', 'weights.bin'].map(async (name) => {
      const bytes = await readFile(`models/events-gluinos-2d/${name}`)
      const own = bytes.toString('latin1').replace('"events-gluinos-2d"', `"${id}"`)
      return { name, bytes: name === 'card.json' ? Buffer.from(own, 'latin1') : bytes }
    }),
  )

test('files of an encoder of events, dropped while Drell-Yan is in front, are on the map, and go along in a bundle', async ({
  app,
  page,
  browser,
  baseURL,
}) => {
  await app.openReady()
  await app.drop(await encoderFiles('my-encoder'))
  const explore = page.getByTestId('events')
  await expect(explore).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  await expect(app.dataset).toHaveValue(/gluinos/)
  await expect(page.getByRole('banner')).toContainText('encoder my-encoder')

  await app.share()
  await expect(app.toasts.filter({ hasText: /without the encoder my-encoder/ })).toBeVisible()
  const download = page.waitForEvent('download')
  await app.button('Save bundle').click()
  const bytes = await readFile(await (await download).path())

  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } })
  const other = new AppPage(await context.newPage())
  await other.openReady()
  await other.drop([{ name: 'saved.zip', bytes }])
  await expect(other.page.getByTestId('events')).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  await expect(other.page.getByRole('banner')).toContainText('encoder my-encoder')
  await context.close()
})

test('events dropped while Drell-Yan is in front are placed among the models of new physics', async ({
  app,
  page,
}) => {
  await app.openReady()
  const bytes = new Uint8Array(await eventFile('mine.csv', 400, 400).arrayBuffer())
  await app.drop([{ name: 'mine.csv', bytes }])
  await expect(app.toasts.filter({ hasText: /^mine\.csv: read by .*, which opens\./ })).toBeVisible()
  await expect(page.getByTestId('events')).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  await expect(app.toasts.filter({ hasText: /The file is on this map/ })).toBeVisible()
})
