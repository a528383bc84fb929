import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { linkTo } from '../src/testing/links.ts'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import type { AppPage } from './pages/app-page.ts'

async function openTops(app: AppPage, page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await app.open(await linkTo({ view: 'explore' }))
  await app.dataset.selectOption({ label: 'Top multiplicity' })
  await expect(page.getByTestId('multi-top')).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
}

/** Lines of a b-jet, a jet and a lepton each. */
function ownEvents(events: number) {
  const lines = Array.from(
    { length: events },
    (_, k) => `${k};x;1;90000;0.5;b,120000,${80 + k}000,0.5,1;j,60000,50000,-1,2;m-,40000,40000,0,-1;`,
  )
  return { name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }
}

test('the map stands in the space that the transformer learned, a dropped file among its events; Compare and Data are accessible', async ({
  app,
  page,
}) => {
  test.slow() // three views
  await openTops(app, page)
  const explore = page.getByTestId('multi-top')
  await expect(explore).toHaveAttribute('data-points', '1000')
  await page.getByRole('combobox', { name: 'space' }).selectOption('learned')
  await expect(explore).toHaveAttribute('data-space', 'learned', { timeout: 60_000 })
  await expect(page.getByText(/nearest of the same class, input → learned/)).toBeVisible()
  await test.step('its six leading components are turned, with the neighbours that the map loses', async () => {
    await expect(page.locator('.map-lead')).toContainText(
      /[\d.]+ in this map, [\d.]+ in its 6 leading components/,
    )
    await app.map.press('ArrowRight')
    await app.map.press('Enter')
    await app.button('Tour in 6-D').click()
    const axes = page.getByRole('application', { name: /space of 6 axes/ })
    await expect(axes).toHaveAccessibleName(/plane of z₁ and z₂/)
    await expect(page.locator('.map-overlay .map-lost').first()).toBeAttached()
    await app.button('Next view').click()
    await expect(axes).not.toHaveAccessibleName(/plane of z₁ and z₂/)
    await app.button('Back to the map').click()
  })
  await page.locator('input[type=file]').first().setInputFiles(ownEvents(3))
  await expect(explore).toHaveAttribute('data-points', '1003', { timeout: 30_000 })
  await expect(page.getByText(/3 of 3 events/)).toBeVisible()
  await expectAccessible(app)
  await test.step('Compare and Data are accessible, and Compare says from the start how far it is', async () => {
    await app.nav('Compare').click()
    const compare = page.getByTestId('compare')
    await expect(compare.getByRole('progressbar').or(compare.getByRole('application')).first()).toBeVisible()
    await expect(compare).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
    await expectAccessible(app)
    await app.nav('Data').click()
    await expect(page.getByRole('table').first()).toBeVisible()
    await expectAccessible(app)
  })
})

test('numbers are hidden, a jet is moved by keys, and the link brings both back', async ({ app, page }) => {
  await openTops(app, page)
  await app.nav('Interpret').click()
  const tab = page.getByTestId('multi-top-event')
  await expect(tab).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  const shares = page.getByRole('table', { name: /Probability of each class/ })
  const before = await shares.innerText()
  await page.getByRole('application', { name: /pT/ }).focus()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(shares).not.toHaveText(before, { useInnerText: true })
  await expect(page.getByText('1 moved by hand')).toBeVisible()
  await page.getByRole('button', { name: /^hide MET/ }).click()
  await expect(page.getByRole('button', { name: /^hide MET/, pressed: true })).toContainText('±')
  await expect(page).toHaveURL(/view=interpret/)
  await expect.poll(async () => (await page.evaluate(() => location.hash)).length).toBeGreaterThan(150)
  const hash = new URL(page.url()).hash
  await page.goto('about:blank')
  await app.open(hash)
  await expect(page.getByText('1 moved by hand')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: /^hide MET/, pressed: true })).toContainText('±')
  await expectAccessible(app)
})

test('a short training ends, is kept, and is what Interpret asks', async ({ app, page }) => {
  await openTops(app, page)
  await app.nav('Train').click()
  const train = page.getByTestId('multi-top-train')
  await page.getByRole('combobox', { name: 'Training events' }).selectOption('200')
  await page.getByRole('textbox', { name: 'epochs' }).fill('2')
  await page.keyboard.press('Enter')
  await app.button('Play').click()
  await expect(train).toHaveAttribute('data-status', 'finished', { timeout: 80_000 })
  await expect(page.getByText(/After epoch 2, on validation events/).first()).toBeVisible()
  await app.button('Keep and show everywhere').click()
  await expect(page.getByRole('combobox', { name: 'transformer' })).toHaveValue(/^trained-/, {
    timeout: 30_000,
  })
  await expectAccessible(app)
  await app.nav('Interpret').click()
  await expect(page.getByText(/^trained-[0-9a-f]{12};/)).toBeVisible({ timeout: 60_000 })
})

test('tensors of WebAssembly make the steps of a training, too', async ({ app, page }) => {
  await openTops(app, page)
  await app.nav('Train').click()
  const train = page.getByTestId('multi-top-train')
  await page.getByRole('combobox', { name: 'Training events' }).selectOption('200')
  await page.getByRole('combobox', { name: 'Network' }).selectOption('small-1h')
  await page.getByRole('combobox', { name: 'Engine' }).selectOption('wasm')
  await page.getByRole('textbox', { name: 'events of a step' }).fill('8')
  await page.keyboard.press('Enter')
  await app.button('Step').click()
  await expect(train).toHaveAttribute('data-step', '1', { timeout: 60_000 })
  await expect(page.getByText('Training on TensorFlow.js WebAssembly')).toBeVisible()
})

test('files of a transformer and of events are read, scored in Search, and there after a reload', async ({
  app,
  page,
}) => {
  test.setTimeout(300_000)
  await openTops(app, page)
  const folder = new URL('../models/transformers/multi-top-small-5h/', import.meta.url)
  const files = ['weights.bin', 'card.json'].map((name) => fileURLToPath(new URL(name, folder)))
  await page.locator('input[type=file]').first().setInputFiles(files)
  await expect(page.getByText(/is read, kept as file-[0-9a-f]{12}/)).toBeVisible({ timeout: 30_000 })
  await app.nav('Interpret').click()
  await expect(page.getByRole('combobox', { name: 'transformer' })).toHaveValue(/^file-/)
  await page.getByRole('tab', { name: 'Search' }).click()
  const search = page.getByTestId('multi-top-search')
  await expect(search.getByRole('progressbar').first()).toBeVisible()
  await page.locator('input[type=file]').first().setInputFiles(ownEvents(25))
  const scores = page.getByRole('table', { name: /Scores of mine.csv/ })
  await expect(scores.getByRole('row')).toHaveCount(6, { timeout: 150_000 })
  await expect(page.getByText(/25 of 25 events have a b-jet and a lepton/)).toBeVisible()
  await expectAccessible(app)
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'transformer' })).toHaveValue(/^file-/, {
    timeout: 60_000,
  })
  await expect(page.getByText(/25 of 25 events, with the file/)).toBeVisible({ timeout: 60_000 })
})
