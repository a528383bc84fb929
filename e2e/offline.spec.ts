import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { dist, serveDist } from './pages/static-server.ts'

test.use({ serviceWorkers: 'allow', provoked: /Failed to load resource/ })

test('a second visit works without a network: all views, the data of the first, and models by their events once they were opened', async ({
  app,
  page,
}) => {
  test.slow() // two datasets, three visits
  const host = await serveDist('/sub/')
  await page.goto(host.address)
  await app.ready()
  const isKept = (path: string) =>
    page.evaluate(async (url) => Boolean(await caches.match(url)), `${host.address}${path}`)
  await expect.poll(() => isKept('data/dy-nc-13tev/spectra.npy'), { timeout: 40_000 }).toBe(true)
  await app.dataset.selectOption({ label: 'Gluinos' })
  const explore = page.getByTestId('events')
  await expect(explore).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  await expect.poll(() => isKept('samples/gluino-m2000-dm900.events'), { timeout: 60_000 }).toBe(true)
  await host.close()

  await page.reload()
  await expect(explore).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  await expect(explore).toHaveAttribute('data-points', '3600')

  await page.goto(host.address)
  await app.ready()
  await expect.poll(() => app.points()).toBe(22_000)
  await expect.poll(() => app.mapColours()).toBeGreaterThan(20)
  await app.nav('Train').click()
  await expect(page.getByRole('group', { name: 'Training', exact: true })).toBeVisible()
})

const keptText = (page: Page, address: string): Promise<string | null> =>
  page.evaluate(async (url) => (await (await caches.match(url))?.text()) ?? null, address)

const keptPaths = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const kept = await Promise.all(
      (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
    )
    return kept.flat().map(({ url }) => new URL(url).pathname)
  })

test('wrong answers with status 200 while the copy is made are not kept, and heal by themselves', async ({
  app,
  page,
}) => {
  // The Train view's script is fetched by the service worker alone as long as nobody opens the view.
  let broken = true
  let refused = 0
  const host = await serveDist('/sub/', 0, (file) => {
    if (!broken || !/^assets\/TrainView-.*\.js$|^icon\.svg$/.test(file)) return undefined
    refused += 1
    return file === 'icon.svg'
      ? { type: 'image/svg+xml', text: '<svg xmlns="http://www.w3.org/2000/svg"/>' }
      : { type: 'text/html', text: '<!doctype html><title>Any page</title>' }
  })
  await page.goto(host.address)
  await app.ready()
  const spectra = `${host.address}data/dy-nc-13tev/spectra.npy`
  const isKept = (url: string) => page.evaluate(async (each) => Boolean(await caches.match(each)), url)
  await expect.poll(() => isKept(spectra), { timeout: 40_000 }).toBe(true)
  expect(refused).toBeGreaterThanOrEqual(2)
  const files = await keptPaths(page)
  expect(files.filter((file) => /TrainView-.*\.js|icon\.svg/.test(file))).toEqual([])
  expect(files).toContain('/sub/')

  broken = false
  await page.reload()
  await app.ready()
  await expect.poll(() => keptText(page, `${host.address}icon.svg`), { timeout: 40_000 }).toContain('<circle')
  // The icon may have come with the page itself, before the copy got to the scripts.
  const scripts = async () => (await keptPaths(page)).filter((file) => /TrainView-.*\.js/.test(file)).length
  // Each study that trains has a Train view.
  const built = readdirSync(join(dist, 'assets')).filter((file) => /^TrainView-.*\.js$/.test(file)).length
  await expect.poll(scripts, { timeout: 40_000 }).toBe(built)
  await host.close()
  await page.reload()
  await app.ready()
  await app.nav('Train').click()
  await expect(page.getByRole('group', { name: 'Training', exact: true })).toBeVisible()
})

test('reset.html removes the copy, and trainings only when asked', async ({ app, page }) => {
  const host = await serveDist('/sub/')
  await page.goto(host.address)
  await app.ready()
  const copies = () => page.evaluate(async () => (await caches.keys()).length)
  await expect.poll(copies, { timeout: 40_000 }).toBe(1)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

  await page.goto(`${host.address}reset.html`)
  const done = page.locator('#done')
  await expect(done).toContainText('The service worker was unregistered.')
  await expect(done).toContainText(/\d+ kept files were removed\./)
  expect(await copies()).toBe(0)
  const databases = () =>
    page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort())
  await expect.poll(() => databases()).toContain('theoryscape')

  const forget = page.getByRole('button', { name: 'Remove trainings and fits' })
  page.once('dialog', (dialog) => dialog.dismiss())
  await forget.click()
  await expect(page.locator('#forgotten')).toHaveText('Nothing was removed.')
  await expect.poll(() => databases()).toContain('theoryscape')
  page.once('dialog', (dialog) => dialog.accept())
  await forget.click()
  await expect(page.locator('#forgotten')).toContainText('was removed (')
  await expect.poll(() => databases()).toEqual([])

  await page.getByRole('link', { name: 'Open Theoryscape' }).click()
  await app.ready()
  await host.close()
})
