import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import type { AppPage } from './pages/app-page.ts'

const find = async (app: AppPage, text: string) => {
  await app.page.getByRole('textbox', { name: 'Find' }).fill(text)
  await app.button('Go').click()
}

test('the map says what it is: cards, marks, neighbours kept, families that filter', async ({
  app,
  page,
}) => {
  await app.openReady()
  const legend = page.getByRole('group', { name: 'Legend' })

  await test.step('the headline has its number, and so has each mark its line', async () => {
    await expect(page.locator('.map-lead')).toContainText(/of 15 true neighbours, \d+\.\d in this 2-D map/)
    await expect(legend).toContainText('live: what the sliders make')
    await expect(legend).toContainText('Standard Model')
    // Where all coefficients are zero, the star stands in the ring of the live mark.
    const order = await page
      .locator('.map-overlay .map-live, .map-overlay .map-origin')
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('class')))
    expect(order.at(-1)).toBe('map-origin')
  })

  await test.step('a card under the pointer, pinned by a click', async () => {
    const { x, y } = await app.mapBox()
    const live = await app.livePlace()
    await page.mouse.move(x + live.x + 42, y + live.y + 40)
    const card = page.getByTestId('hover-card')
    await expect(card).toContainText(/\d+ of 17 coefficients on/)
    await expect(card).toContainText(/neighbours kept\d+ of 15/)
    await expect(card.locator('.mini-values')).toHaveCount(2)
    await page.mouse.click(x + live.x + 42, y + live.y + 40)
    await page.mouse.move(x + 5, y + 5)
    await expect(page.getByRole('group', { name: 'Pinned dot' })).toBeVisible()
    await expectNoAxeFaults(app)
    await app.button('Close the card').click()
    await expect(page.getByTestId('pinned-card')).toHaveCount(0)
  })

  await test.step('colour by neighbours kept', async () => {
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('kept')
    await expect(legend).toContainText('neighbours kept of 15')
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('family')
  })

  await test.step('entries hide and isolate, by keyboard', async () => {
    const all = await app.points()
    await legend.getByRole('button', { name: 'four-fermion', exact: true }).press('Enter')
    await expect.poll(() => app.points()).toBeLessThan(all)
    await legend.getByRole('button', { name: 'Only oblique and inputs' }).press('Enter')
    await expect.poll(() => app.points()).toBeLessThan(all / 2)
    await page.getByRole('checkbox', { name: 'per family' }).check()
    await expect(page.getByText(/contours enclose 68\s% of the points of each family/)).toBeVisible()
    await expectNoAxeFaults(app)
    await legend.getByRole('button', { name: 'Only oblique and inputs' }).press('Enter')
    await expect.poll(() => app.points()).toBe(all)
  })
})

test('search, rules, kept selections and the table; a link brings them back', async ({ app, page }) => {
  await app.openReady()
  await find(app, 'universe 412')
  await expect(page.getByRole('article', { name: 'universe Universe 412' })).toBeVisible()
  await find(app, 'nearest')
  await expect(page.getByRole('article', { name: 'universe Universe 412' })).toHaveCount(0)
  await find(app, 'clq3 > red')
  await expect(page.getByText(/compares clq3 with "red"/)).toBeVisible()
  await expectNoAxeFaults(app)
  // The prior of the shipped universes ends at 0.0081: what holds nowhere says so.
  await find(app, 'clq3 > 0.01')
  await expect(page.getByText(/no dot: clq3 runs from −0\.00\d+ to 0\.00\d+/)).toBeVisible()
  await find(app, 'clq3 > 0.004')
  await expect.poll(() => app.selected()).toBeGreaterThan(100)
  const rule = await app.selected()
  await page.getByRole('textbox', { name: 'Keep as' }).fill('contact')
  await app.button('Keep').click()
  await find(app, 'D < 3')
  await app.button('and not contact').click()
  await expect(page.getByText('(D < 3) and not contact')).toBeVisible()
  const joined = await app.selected()
  await page.getByRole('button', { name: 'contact', exact: true }).click()
  await expect.poll(() => app.selected()).toBe(rule)

  await page.getByRole('tab', { name: 'Table' }).click()
  const rows = page.getByRole('table', { name: /^Universes/ }).locator('tbody tr')
  await expect(rows.first()).toBeVisible()
  await page.getByRole('button', { name: /^D to the SM/ }).click()
  await rows.nth(2).hover()
  await expect(page.locator('.map-hover')).toHaveCount(1)
  const name = await rows.nth(2).locator('button').textContent()
  await rows.nth(2).locator('button').click()
  await expect(rows.first()).toHaveAttribute('aria-current', 'true')
  await expect(rows.first().locator('button')).toHaveText(name ?? '')
  await expectNoAxeFaults(app)

  await find(app, '(D < 3) and not contact')
  await expect.poll(() => app.selected()).toBe(joined)
  const hash = await app.share()
  const opened = await page.context().newPage()
  await opened.goto(`./${hash}`)
  await expect(opened.getByTestId('explore')).toHaveAttribute('data-selected', String(joined), {
    timeout: 60_000,
  })
  await opened.close()
})

test('a tour of the 5-D latent space: axes, turns, steps, lost neighbours', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await app.openReady()
  await app.button('Tour in 5-D').click()
  const tour = page.getByTestId('tour')
  await expect(tour).toBeVisible({ timeout: 60_000 })
  await expect(page.locator('.map-lead')).toContainText(/\d+\.\d in the 5-D latent space/, {
    timeout: 60_000,
  })
  // Reduced motion: no play, but steps.
  await expect(app.button('Play')).toHaveCount(0)
  const axes = page.getByRole('application', { name: /space of 5 axes/ })
  await expect(axes).toHaveAccessibleName(/plane of z₁ and z₂/)
  await expect(page.locator('.map-overlay .map-lost').first()).toBeAttached()
  await app.button('Next view').click()
  await expect(axes).not.toHaveAccessibleName(/plane of z₁ and z₂/)
  await page.getByRole('combobox', { name: 'across' }).selectOption({ label: 'z₃' })
  await page.getByRole('combobox', { name: 'up' }).selectOption({ label: 'z₅' })
  await expect(axes).toHaveAccessibleName(/plane of z₃ and z₅/)
  const box = await axes.boundingBox()
  if (!box) throw new Error('the tour has no box')
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.2 * box.height)
  await page.mouse.down()
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.2 * box.height, { steps: 3 })
  await page.mouse.up()
  await expect(axes).not.toHaveAccessibleName(/plane of z₃ and z₅/)
  await expectNoAxeFaults(app)
  await app.button('Back to the map').click()
  await expect(tour).toHaveCount(0)
})

for (const [data, id, noun, only] of [
  ['gluinos', 'events', 'set', /^Only /],
  ['top-multiplicity', 'multi-top', 'event', /^Only /],
] as const)
  test(`maps of ${noun}s have the same`, async ({ app, page }) => {
    await app.open()
    await app.dataset.selectOption({ value: data })
    const view = page.getByTestId(id)
    await expect(view).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
    await expect(page.locator('.map-lead')).toContainText(/of 15 true neighbours, \d+\.\d in this map/, {
      timeout: 60_000,
    })
    const legend = page.getByRole('group', { name: 'Legend' })
    await legend.getByRole('button', { name: only }).first().click()
    await expect(legend.locator('[aria-pressed="false"].legend-button').first()).toBeVisible()
    await legend.getByRole('button', { name: only }).first().click()
    await find(app, `${noun} 12`)
    await expect(page.locator('.map-overlay .map-focus')).toHaveCount(1)
    await find(app, noun === 'set' ? 'met > 500' : 'met > 100')
    await expect(page.getByText(/, [\d\s]+ selected/)).toBeVisible()
    await app.map.press('ArrowRight')
    await expect(page.getByTestId('hover-card').locator('.mini-values')).toHaveCount(2)
    await expectNoAxeFaults(app)
  })
