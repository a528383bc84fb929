import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { linkTo } from '../src/testing/links.ts'
import { expect, test } from './fixtures.ts'

const text = (content: string) => new TextEncoder().encode(content)

/** Longest time between two frames of the page from now on [ms]. */
async function watchFreezes(page: Page): Promise<() => Promise<number>> {
  const longest = await page.evaluateHandle(() => {
    const watch = { longest: 0, last: performance.now() }
    const look = (now: number) => {
      watch.longest = Math.max(watch.longest, now - watch.last)
      watch.last = now
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    return watch
  })
  return () => longest.evaluate((watch) => Math.max(watch.longest, performance.now() - watch.last))
}

/** Every toast lies in the window, wraps what it says, and its button can be pressed. */
async function expectInside(page: Page): Promise<void> {
  const { width, height } = page.viewportSize()!
  const toasts = page.locator('.toast')
  for (const toast of await toasts.all()) {
    await toast.scrollIntoViewIfNeeded()
    const box = (await toast.boundingBox())!
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(width)
    expect(box.height).toBeLessThan(0.75 * height)
    expect(await toast.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
    await toast.getByRole('button', { name: /^Dismiss/ }).click({ trial: true })
  }
}

const card = readFileSync(fileURLToPath(new URL('../models/dy-supcon-2d/card.json', import.meta.url)))
const wrongModel = JSON.stringify({
  format: 'layers-model',
  weightsManifest: [
    {
      paths: ['weights.bin'],
      weights: Array.from({ length: 60_000 }, () => ({ name: 'x', shape: '?', dtype: 'float32' })),
    },
  ],
})

const viewports = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

test('a model of 60,000 wrong entries is one short sentence, and the page goes on', async ({
  app,
  page,
}, info) => {
  await app.openReady()
  for (const [at, viewport] of viewports.entries())
    await test.step(`${viewport.width} pixels wide`, async () => {
      await page.setViewportSize(viewport)
      const longestFreeze = await watchFreezes(page)
      await app.drop([
        { name: 'card.json', bytes: new Uint8Array(card) },
        { name: 'model.json', bytes: text(wrongModel) },
        { name: 'weights.bin', bytes: new Uint8Array(4) },
      ])
      const toast = app.toasts.filter({ hasText: /^model\.json of dy-supcon-2d is not as expected/ })
      await expect(toast).toContainText(/and 59,997 more|more is wrong than can be counted/)
      await expectInside(page)
      await page.screenshot({ path: info.outputPath(`model-${viewport.width}.png`) })
      expect((await toast.innerText()).length).toBeLessThan(500)
      // The page answers: a slider moves the live universe.
      const value = 0.004 + 0.001 * at
      await app.setCoefficient('clq3', value)
      await expect(app.slider('clq3')).toHaveValue(String(value))
      expect(await longestFreeze()).toBeLessThan(2500)
      await toast.getByRole('button', { name: /^Dismiss/ }).click()
      await expect(app.toasts).toHaveCount(0)
    })
})

test('names of any length wrap; equal toasts are one; each can be closed; news go, errors stay', async ({
  app,
  page,
}, info) => {
  await page.clock.install()
  await app.openReady()
  for (const viewport of viewports) {
    const { width } = viewport
    await page.setViewportSize(viewport)
    await test.step(`${width} px: 300 characters without and with blanks`, async () => {
      await app.drop([{ name: `${'m'.repeat(296)}.csv`, bytes: text('') }])
      await app.drop([{ name: `${'a long name '.repeat(25)}.csv`, bytes: text('') }])
      await expect(app.toasts).toHaveCount(2)
      await expect(app.toasts.first()).toContainText(/^m+…m+\.csv cannot be read: it is an empty file/)
      await expect(app.toasts.last()).toContainText(/^a long name .*…[a-z ]*\.csv cannot be read/)
      await expectInside(page)
    })
    await test.step('the same again is counted', async () => {
      await app.drop([{ name: `${'m'.repeat(296)}.csv`, bytes: text('') }])
      await expect(app.toasts.last()).toContainText('(2 times)')
      await expect(app.toasts).toHaveCount(2)
    })
    await test.step('five and more: the window holds them, each is closed by its own button', async () => {
      for (let i = 0; i < 4; i++) await app.drop([{ name: `${i}${'n'.repeat(200)}.npy`, bytes: text('') }])
      await expect(app.toasts).toHaveCount(5)
      await page.screenshot({ path: info.outputPath(`five-${width}.png`) })
      await expectInside(page)
      for (let left = 4; left >= 1; left--) {
        await app.toasts
          .last()
          .getByRole('button', { name: /^Dismiss/ })
          .click()
        await expect(app.toasts).toHaveCount(left)
      }
    })
    await test.step('news go by themselves, the error stays', async () => {
      await app.page.getByRole('button', { name: 'Share', exact: true }).click()
      const news = app.toasts.filter({ hasText: /Link copied|address bar/ })
      await expect(news).toBeVisible()
      await page.clock.fastForward(11_000)
      await expect(news).toHaveCount(0)
      await expect(app.toasts).toHaveCount(1)
      await app.toasts.getByRole('button', { name: /^Dismiss/ }).click()
      await expect(app.toasts).toHaveCount(0)
    })
  }
})

test('what is told stands over no axis of a fit', async ({ app, page }) => {
  await app.open(await linkTo({ view: 'fit' }))
  const figures = page.locator('.fit-main .main-svg:visible')
  await expect(figures.first()).toBeVisible({ timeout: 60_000 })
  for (const width of [1440, 1024]) {
    await page.setViewportSize({ width, height: 900 })
    await app.page.getByRole('button', { name: 'Share', exact: true }).click()
    await expect(app.toasts).toHaveCount(1)
    const told = (await app.toasts.first().boundingBox())!
    for (const figure of await figures.all()) {
      const box = await figure.boundingBox()
      if (!box) continue
      const apart = told.x >= box.x + box.width || told.x + told.width <= box.x
      const below = told.y >= box.y + box.height || told.y + told.height <= box.y
      expect(apart || below).toBe(true)
    }
    await app.toasts
      .first()
      .getByRole('button', { name: /^Dismiss/ })
      .click()
  }
})
