import type { Page } from '@playwright/test'
import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { intentOf } from './pages/app-page.ts'
import { smallFit, smallSetup } from './pages/fit-page.ts'

const link = smallFit()

const run = (page: Page) => page.getByRole('group', { name: 'Run', exact: true })
const stage = (page: Page, title: string) =>
  page.getByRole('list', { name: 'Stages' }).getByRole('listitem').filter({ hasText: title })

test('a cancelled fit leaves nothing half-written; the next run goes to the corner plot', async ({
  app,
  page,
}) => {
  await app.open(await link)
  const button = (name: string | RegExp) => run(page).getByRole('button', { name })
  const tiles = page.getByRole('list', { name: 'Ratio networks' }).getByRole('button')
  await expect(tiles).toHaveCount(4)

  await test.step('cancel in the middle', async () => {
    await button(/^Run all/).click()
    await expect(page.getByRole('textbox', { name: 'seed' })).toBeDisabled()
    await expect(stage(page, 'Data')).toContainText('600 events', { timeout: 40_000 })
    await button('Cancel').click()
    await expect(button(/^Run all/)).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'seed' })).toBeEnabled()
    // Whole or not there: the data stay, no network is left in training.
    await expect(stage(page, 'Data')).toContainText('600 events')
    await expect(tiles.filter({ hasText: /sampling|epoch \d+ of/ })).toHaveCount(0)
  })

  await test.step('to the corner plot', async () => {
    await button(/^Run all/).click()
    await expect(stage(page, 'Unbinned')).toContainText(/\d s$|\d sRun$/, { timeout: 60_000 })
    await expect(button(/^Run all/)).toBeVisible()
    await expect(tiles.filter({ hasText: /done, 4 epochs|early-stopped/ })).toHaveCount(4)
    const corner = page.getByRole('region', { name: 'Posterior' })
    await expect(corner.getByRole('img', { name: /95 % of the posterior/ })).toBeVisible()
    // One kind filled: three regions and two marginals; another can be brought in front.
    await expect.poll(() => corner.locator('.scatterlayer .js-fill[d]').count()).toBeGreaterThan(4)
    const legend = corner.locator('.legendtext')
    await expect(legend.filter({ hasText: 'filled' })).toHaveText('unbinned, filled')
    await corner.getByRole('radio', { name: 'exact' }).check()
    await expect(legend.filter({ hasText: 'filled' })).toHaveText('exact, filled')
    const rows = page.getByRole('region', { name: /^95 % intervals/ }).locator('tbody tr')
    await expect(rows).toHaveCount(6)
  })

  await test.step('diagnostics of one network', async () => {
    await tiles.first().click()
    await page.getByRole('button', { name: 'Compare with the exact ratio' }).click()
    await expect(page.getByRole('region', { name: 'Learned ratio beside its exact limits' })).toContainText(
      'sum rule',
      { timeout: 60_000 },
    )
  })

  await test.step('a kind can be left out, and the link keeps that and the set-up', async () => {
    await page.getByRole('group', { name: 'Fits drawn' }).getByLabel('binned', { exact: true }).uncheck()
    const hash = await app.share()
    const intent = await intentOf(hash)
    expect(intent.fit).toEqual(smallSetup)
    expect(intent.fitKinds).toEqual(['unbinned', 'exact'])
    expect(intent.fitFront).toBe('exact')
    await page.goto('about:blank')
    await app.open(hash)
    // The same set-up; what this browser made of it comes back by itself.
    await expect(page.getByRole('textbox', { name: 'observed events' })).toHaveValue('600')
    await expect(button(/^Run all/)).toBeVisible()
    await expect(stage(page, 'Data')).toContainText('600 events')
  })
})

test('results are accessible: axe on every tab, and a way by keyboard', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await app.open(await link)
  const fit = page.getByRole('button', { name: 'Run exact alone' })
  await fit.focus()
  await page.keyboard.press('Enter')
  await expect(stage(page, 'Exact')).toContainText(/\d sRun$/, { timeout: 60_000 })
  await page.getByRole('tab', { name: 'Intervals' }).focus()
  for (const tab of ['Learned ratios', 'Sampler', 'Calibration', 'Features', 'Intervals']) {
    await page.keyboard.press(tab === 'Intervals' ? 'Home' : 'ArrowRight')
    await expect(page.getByRole('tab', { name: tab, selected: true })).toBeFocused()
    if (tab === 'Features')
      await expect(page.getByRole('table', { name: 'Table 3 of the thesis beside ours' })).toBeVisible()
    // Both themes of every view are in access.spec.ts; here they take turns, for time.
    const colorScheme = tab === 'Sampler' || tab === 'Intervals' ? 'dark' : 'light'
    await page.emulateMedia({ colorScheme })
    await expectNoAxeFaults(app)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await app.sidewaysScroll()).toBeLessThanOrEqual(0)
})
