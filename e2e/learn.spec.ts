import type { Page } from '@playwright/test'
import { expectNoAxeFaults } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import type { AppPage } from './pages/app-page.ts'

// Lessons are gone through by their own buttons, each question answered wrong and then right: what is right is asked
// of the page, by trying.

const english = { next: 'Next', finish: 'Finish', show: 'Show me', skip: 'Skip', list: 'Learn' }
const spanish = {
  next: 'Siguiente',
  finish: 'Terminar',
  show: 'Muéstramelo',
  skip: 'Saltar',
  list: 'Aprender',
}

/** Presses a button, by the mouse or by the keyboard alone. */
type Press = (page: Page, name: string) => Promise<void>

const click: Press = (page, name) => lesson(page).getByRole('button', { name, exact: true }).click()

const lesson = (page: Page) => page.locator('.lesson')

async function step(page: Page, texts: typeof english, press: Press, choose: (at: number) => Promise<void>) {
  const part = lesson(page)
  const verdict = part.locator('.lesson-verdict')
  const show = part.getByRole('button', { name: texts.show, exact: true })
  const choices = await part.getByRole('radio').count()
  // A prediction is asked for before there is anything to do.
  const predicts = choices > 0
  if (predicts) {
    await choose(0)
    await expect(verdict).toHaveAttribute('data-verdict', /predicted|right|wrong|unknown/)
  }
  if (await show.isVisible()) await press(page, texts.show)
  await expect(part.locator('.lesson-task')).toHaveAttribute('data-done', 'true', { timeout: 60_000 })
  const all = await part.getByRole('radio').count()
  const said: (string | null)[] = []
  for (let k = 0; k < all; k++) {
    await choose(k)
    await expect(verdict).toHaveAttribute('data-verdict', /right|wrong/, { timeout: 60_000 })
    await expect(verdict).not.toContainText('{')
    said.push(await verdict.getAttribute('data-verdict'))
  }
  if (all === 0) return
  // One is right, and each of the others is told why it is not.
  expect(said.filter((each) => each === 'right')).toHaveLength(1)
  await choose(said.indexOf('right'))
}

async function play(app: AppPage, id: string, steps: number, texts = english, press = click) {
  const { page } = app
  const choose = (at: number) => lesson(page).getByRole('radio').nth(at).check()
  for (let k = 0; k < steps; k++) {
    await test.step(`${id}, step ${k + 1}`, async () => {
      await expect(page).toHaveURL(new RegExp(`learn=${id}\\.${k + 1}\\b`))
      await step(page, texts, press, choose)
      await expect(lesson(page)).toHaveAttribute('data-passed', 'true')
      await press(page, k + 1 < steps ? texts.next : texts.finish)
    })
  }
  await expect(page.getByRole('heading', { level: 1, name: texts.list })).toBeVisible()
}

test('lesson 1 from a link of a class, in English; axe at both ends', async ({ app }) => {
  await app.open('#learn=universe.1&student=7')
  await app.ready()
  await expectNoAxeFaults(app)
  await play(app, 'universe', 6)
  await expectNoAxeFaults(app)
})

test('lesson 3 in Spanish on a phone; nothing scrolls sideways', async ({ app, page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await app.open('#learn=near.1&lang=es')
  await app.ready()
  await expect(page.getByText('El universo 412 está en foco')).toBeVisible()
  expect(await app.sidewaysScroll()).toBeLessThanOrEqual(0)
  await play(app, 'near', 5, spanish)
  expect(await app.sidewaysScroll()).toBeLessThanOrEqual(0)
})

test('a lesson by the keyboard, left and come back to; the glossary; what a teacher hides', async ({
  app,
  page,
}) => {
  await app.open('#learn=list&hide=share.datasets')
  await expect(page.getByRole('heading', { level: 1, name: 'Learn' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeHidden()
  await expectNoAxeFaults(app)
  await page.getByRole('button', { name: /^Begin.*universe/ }).press('Enter')
  await app.ready()
  const press: Press = async (at, name) => {
    await lesson(at).getByRole('button', { name, exact: true }).press('Enter')
  }
  const choose = (k: number) => lesson(page).getByRole('radio').nth(k).press('Space')
  await step(page, english, press, choose)
  await press(page, 'Next')
  // The next step is read from its heading.
  await expect(page.getByRole('heading', { name: 'Drag one coefficient' })).toBeFocused()

  await lesson(page).getByRole('button', { name: 'tail' }).press('Enter')
  const glossary = page.getByRole('dialog', { name: 'tail' })
  await expect(glossary).toContainText('The end of a spectrum at high mass')
  await expectNoAxeFaults(app)
  await page.keyboard.press('Escape')
  await expect(glossary).toBeHidden()

  await press(page, 'Close')
  await expect(lesson(page)).toHaveCount(0)
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Learn' }).click()
  await page.getByRole('button', { name: /^Go on at step 2/ }).click()
  await expect(page.getByRole('heading', { name: 'Drag one coefficient' })).toBeVisible()
})
