import { linkTo } from '../src/testing/links.ts'
import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { intentOf } from './pages/app-page.ts'

test('maps side by side share focus and selection, align, and travel in a link', async ({ app, page }) => {
  await app.open(await linkTo({ view: 'compare' }))
  const view = page.getByTestId('compare')
  await expect(view).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  const maps = page.getByRole('application', { name: /Map of/ })
  await expect(maps).toHaveCount(2)
  await expect(page.locator('.figure-summary').first()).toContainText(/pca-2 keeps \d+\s%/)

  await page.getByRole('combobox', { name: /^Add/ }).selectOption('pca-2-mll')
  await expect(maps).toHaveCount(3)
  await expect(view).toHaveAttribute('data-status', 'ready')

  // The keyboard's dot picks a universe; both other maps mark it too.
  await maps.first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/pca-2: \d+ of 15 kept/)).toBeVisible()
  await expect(page.locator('.map-focus')).toHaveCount(3)

  await page.getByRole('radio', { name: 'Box' }).check()
  const box = await maps.nth(1).boundingBox()
  if (!box) throw new Error('the map has no box')
  await page.mouse.move(box.x + 0.62 * box.width, box.y + 0.3 * box.height)
  await page.mouse.down()
  await page.mouse.move(box.x + 0.75 * box.width, box.y + 0.45 * box.height, { steps: 4 })
  await page.mouse.up()
  await expect(page.getByText(/Selection of \d+ universes: mean Jaccard/)).toBeVisible()

  await page.getByLabel('trails from the first map').check()
  await expect(page.locator('.map-path').first()).toBeAttached()
  const intent = await intentOf(await app.share())
  expect(intent.compare).toMatchObject({ maps: ['dy-supcon-2d', 'pca-2', 'pca-2-mll'], trails: true })
  expect(intent.selection?.kind).toBe('universes')
  expect(intent.focus.kind).toBe('universe')

  await expectNoAxeFaults(app)
})

test('directions: families, agreement, and why a spectrum lies where it lies', async ({ app, page }) => {
  await app.open(
    await linkTo({
      view: 'interpret',
      interpretTab: 'directions',
      coefficients: { clq3: 0.01 },
    }),
  )
  await expect(page.getByText(/lies .* from the Standard Model along z1/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/over all axes the sums miss by at most 0\.\d+/)).toBeVisible()
  await expect(page.getByText('adjusted Rand 0.854')).toBeVisible()
  await page.getByRole('radio', { name: 'plain bins' }).check()
  await expect(page.getByText(/Plain bins share correlated errors/)).toBeVisible()
  await expect(page.locator('.directions-map .map-arrow')).not.toHaveCount(0)
  await expectNoAxeFaults(app)
})
