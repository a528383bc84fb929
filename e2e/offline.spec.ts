import { expect, test } from './fixtures.ts'
import { serveDist } from './pages/static-server.ts'

test.use({ serviceWorkers: 'allow', provoked: /Failed to load resource/ })

test('a second visit works without a network, all views and the data of the first', async ({ app, page }) => {
  const host = await serveDist('/sub/')
  await page.goto(host.address)
  await app.ready()
  const spectra = `${host.address}data/dy-nc-13tev/spectra.npy`
  await expect
    .poll(() => page.evaluate(async (url) => Boolean(await caches.match(url)), spectra), { timeout: 40_000 })
    .toBe(true)
  await host.close()

  await page.reload()
  await app.ready()
  expect(await app.points()).toBe(22_000)
  expect(await app.mapColours()).toBeGreaterThan(20)
  await app.nav('Train').click()
  await expect(page.getByRole('group', { name: 'Training', exact: true })).toBeVisible()
})
