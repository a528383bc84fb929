import { linkTo } from '../src/testing/links.ts'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './fixtures.ts'

test('models of gluinos are on their map; a dot shows its events, a live model joins, the link brings it back', async ({
  app,
  page,
}) => {
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
})

for (const [view, heading, ready] of [
  ['Interpret', 'Models compared', 'Most alike'],
  ['Data', 'Samples', 'Copy CSV'],
  ['Compare', 'Maps side by side', 'Show data table'],
  ['Train', 'Map as it learns', 'Measure events-gluinos-2d'],
] as const)
  test(`axe finds nothing on ${view} of events`, async ({ app, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await app.open(await linkTo({ view: 'explore' }))
    await app.dataset.selectOption({ label: 'Gluinos' })
    await app.nav(view).click()
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
    await expect(app.button(ready).first()).toBeVisible({ timeout: 60_000 })
    await expectAccessible(app)
  })
