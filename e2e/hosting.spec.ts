import { expect, test } from './fixtures.ts'
import { serveDist } from './pages/static-server.ts'

test('works under a sub-path of a plain static host', async ({ app, page }) => {
  const host = await serveDist('/some/sub/path/')
  await page.goto(host.address)
  await app.ready()
  await expect.poll(() => app.points()).toBe(22_000)
  await expect.poll(() => app.mapColours()).toBeGreaterThan(20)
  await app.nav('Data').click()
  await expect(page).toHaveTitle(/^Data/)
  await app.nav('Train').click()
  await expect(page).toHaveTitle(/^Train/)
  await app.nav('Explore').click()
  await app.dataset.selectOption('cms-dy-13tev-43')
  await expect(app.explore).toHaveAttribute('data-dataset', 'cms-dy-13tev-43')
  await app.ready()
  await host.close()
})

test.describe('a host that answers every path with the page', () => {
  // Scripts and styles of a deep path are that page, which the browser says of each.
  test.use({ provoked: /MIME type|module script|Failed to load/ })

  test('opens the app, and a link, from deep paths below a sub-path', async ({ app, page }) => {
    const host = await serveDist('/some/sub/', 0, undefined, false, true)
    await page.goto(`${host.address}deep/er/path#view=data`)
    await expect(page).toHaveTitle(/^Data/)
    expect(page.url()).toContain(`${host.address}#`)
    await page.goto(`${host.address}explore/map`)
    await expect(app.map).toBeVisible()
    await expect.poll(() => app.points()).toBeGreaterThan(1000)
    expect(new URL(page.url()).pathname).toBe('/some/sub/')
    await host.close()
  })
})

test('works where the browser refuses to store anything', async ({ app, page }) => {
  await page.addInitScript(() => {
    const denied = {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
    }
    for (const store of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, store, denied)
  })
  await app.openReady()
  await expect.poll(() => app.points()).toBe(22_000)
  await app.nav('Train').click()
  const controls = page.getByRole('group', { name: 'Training', exact: true })
  await controls.getByRole('button', { name: 'Step', exact: true }).click()
  await expect(controls.getByRole('status')).toHaveText(/^Paused at step 1\b/, { timeout: 60_000 })
})

test.describe('a server that goes away', () => {
  test.use({
    provoked: /Failed to load resource|dynamically imported module|This part of the page could not be loaded/,
  })

  test('leaves a working page; what needs it says so and recovers', async ({ app, page }) => {
    let host = await serveDist('/')
    await page.goto(host.address)
    await app.ready()
    await expect(app.liveCurve()).toHaveAttribute('d', /M/)
    await expect(app.slider('clq3')).toBeVisible()
    await host.close()

    const before = { place: await app.livePlace(), ...(await app.livePaths()) }
    await app.setCoefficient('clq3', 0.006)
    await expect.poll(() => app.livePaths()).not.toEqual({ spectrum: before.spectrum, ratio: before.ratio })
    await expect.poll(() => app.livePlace()).not.toEqual(before.place)

    await app.nav('Train').click()
    await expect(app.alert).toContainText('This part of the page could not be loaded')
    await app.nav('Explore').click()
    await app.dataset.selectOption('cms-dy-13tev-43')
    await expect(app.alert).toContainText(/could not reach .*check the connection/, { timeout: 40_000 })
    await expect(app.explore).toHaveAttribute('data-dataset', 'dy-nc-13tev')
    await expect(app.slider('clq3')).toHaveValue('0.006')

    host = await serveDist('/', host.port)
    await app.button('Try again').click()
    await expect(app.explore).toHaveAttribute('data-dataset', 'cms-dy-13tev-43')
    await app.ready()
    await app.nav('Train').click()
    await expect(page.getByRole('group', { name: 'Training', exact: true })).toBeVisible()
    await host.close()
  })
})
