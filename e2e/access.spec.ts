import { linkTo } from '../src/testing/links.ts'
import { verbLabels, verbs } from '../src/core/verbs.ts'
import { expectAccessible, expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { intentOf } from './pages/app-page.ts'

const headings = {
  explore: 'Map of universes',
  compare: 'Maps side by side',
  interpret: 'Subject',
  train: 'Settings',
  fit: 'Set-up',
  data: 'Your files',
}
for (const views of [verbs.slice(0, 3), verbs.slice(3)])
  test(`axe finds nothing on ${views.join(', ')}: light, dark and forced colours, wide and narrow`, async ({
    app,
    page,
  }) => {
    test.slow() // three views
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await app.open(await linkTo({ view: views[0] }))
    for (const view of views)
      await test.step(view, async () => {
        if (view !== views[0])
          await page
            .getByRole('navigation', { name: 'Views' })
            .getByRole('button', { name: verbLabels[view] })
            .click()
        await expect(page.getByRole('heading', { name: headings[view] })).toBeVisible()
        if (view === 'explore') {
          await app.ready()
          await expect(app.liveCurve()).toHaveAttribute('d', /M/)
        }
        await expectAccessible(app)
        await page.emulateMedia({ forcedColors: 'active' })
        await expectNoAxeFaults(app)
        await page.emulateMedia({ forcedColors: 'none' })
      })
    if (views[0] !== verbs[0]) return
    await test.step('faults are found, those of colours also where only they are asked for', async () => {
      await page.locator('#main').evaluate((main) => {
        const button = document.createElement('button')
        button.className = 'wrong'
        main.prepend(button)
      })
      await expect(expectNoAxeFaults(app)).rejects.toThrow(/button-name/)
      await page.locator('.wrong').evaluate((button: HTMLElement) => {
        button.textContent = 'words'
        Object.assign(button.style, { color: '#888', background: '#999' })
      })
      await expect(expectNoAxeFaults(app, 'colours')).rejects.toThrow(/color-contrast/)
    })
  })

test('keyboard alone: view, slider, neighbours, share', async ({ app, page }) => {
  await app.openReady()
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
    })
  /** Tab until the control of that name has the focus; each must be reachable and visible. */
  const tabTo = async (name: string | RegExp, back = false) => {
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
      const now = await focused()
      if (typeof name === 'string' ? now === name : name.test(now)) {
        await expect(page.locator(':focus')).toBeInViewport()
        return
      }
    }
    throw new Error(`Tab does not reach ${name}`)
  }

  await tabTo('Skip to content')
  await page.keyboard.press('Enter')
  await expect(page.locator('#main')).toBeFocused()
  expect(new URL(page.url()).hash).not.toBe('#main')

  await tabTo('Data', true)
  await page.keyboard.press('Enter')
  await expect(page).toHaveTitle(/^Data/)
  await tabTo('Explore', true)
  await page.keyboard.press('Enter')
  await expect(app.liveCurve()).toHaveAttribute('d', /M/)

  const before = await app.livePlace()
  await tabTo('clq3')
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight')
  await expect.poll(() => app.livePlace()).not.toEqual(before)
  const value = Number(await app.slider('clq3').inputValue())
  expect(value).toBeGreaterThan(0)

  await tabTo('Coefficients', true)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('.neighbour')).toHaveCount(15)

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused()
  await page.keyboard.type('share')
  await page.keyboard.press('Enter')
  await expect(app.toasts.filter({ hasText: /Link copied|address bar/ })).toBeVisible()
  const intent = await intentOf(new URL(page.url()).hash)
  expect(intent.coefficients.clq3).toBeCloseTo(value, 9)
})

test('the command palette gives the focus back, also on a phone; a changed view takes the keyboard along', async ({
  app,
  page,
}) => {
  await app.openReady()
  const colour = page.getByRole('combobox', { name: 'Colour by' })
  const find = page.getByRole('combobox', { name: 'Find a command' })
  await colour.focus()
  await page.keyboard.press('Control+k')
  await expect(find).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(colour).toBeFocused()
  await page.keyboard.press('Control+k')
  await expect(find).toBeFocused()
  await page.keyboard.type('train an')
  await page.keyboard.press('Enter')
  // What had the focus is gone with Explore.
  await expect(page).toHaveTitle(/^Train/)
  await expect(page.locator('#main')).toBeFocused()

  await page.setViewportSize({ width: 390, height: 844 })
  await app.button('Commands').click()
  await find.fill('theme')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect(app.button('Commands')).toBeFocused()
})
