import type { Route } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const spectra = '**/data/dy-nc-13tev/spectra.npy'
const preview = '**/data/dy-nc-13tev/preview.npy'
const manifest = '**/data/dy-nc-13tev/manifest.json'

/** Each is what a real host does; `told` is what a person then reads, with the cure in it. */
const faults: {
  name: string
  url: string
  fault: (route: Route) => Promise<void>
  told: RegExp
}[] = [
  {
    name: 'a web page instead of the manifest',
    url: manifest,
    fault: (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Sign in' }),
    told: /got a web page instead of data from .*manifest\.json: a login .* open the address in a new tab/,
  },
  {
    name: 'a manifest that is not there',
    url: manifest,
    fault: (route) => route.fulfill({ status: 404, contentType: 'text/plain', body: 'no' }),
    told: /there is no file at .*manifest\.json \(404\): check the address, or reload the page/,
  },
  {
    name: 'a web page, called data, instead of the preview',
    url: preview,
    fault: (route) =>
      route.fulfill({ contentType: 'application/octet-stream', body: '<!doctype html>'.padEnd(4000, 'x') }),
    told: /got a web page instead of data from .*preview\.npy/,
  },
  {
    name: 'a transfer that breaks off again and again',
    url: spectra,
    fault: async (route) => {
      const [, start] = /bytes=(\d+)-/.exec(route.request().headers().range ?? '') ?? []
      const answer = await route.fetch()
      const body = (await answer.body()).subarray(0, 1000)
      const headers = {
        'content-type': 'application/octet-stream',
        'content-range': `bytes ${start}-${Number(start) + 999}/5680128`,
      }
      await route.fulfill({ status: 206, headers, body })
    },
    told: /the transfer of .*spectra\.npy broke off after \d+ of 5680128 bytes: check the connection/,
  },
  {
    name: 'yesterday’s spectra beside today’s manifest',
    url: spectra,
    fault: async (route) => {
      const answer = await route.fetch()
      const body = await answer.body()
      body[body.length - 5] ^= 1
      await route.fulfill({ response: answer, body })
    },
    told: /SHA-256 of rows \d+ to \d+/,
  },
]

test.use({ provoked: /Failed to load resource|killed by the test/ })

for (const { name, url, fault, told } of faults)
  test(`${name}: told with a cure, and a second try works`, async ({ app, page }) => {
    await page.route(url, fault)
    await app.open()
    await expect(app.alert).toContainText(told, { timeout: 40_000 })
    await page.unroute(url)
    await app.button('Try again').click()
    await app.ready()
    await expect(app.alert).toHaveCount(0)
    await expect.poll(() => app.points()).toBe(22_000)
  })

test('a server without byte ranges sends the file once, and the map is whole', async ({ app, page }) => {
  let requests = 0
  await page.route(/dy-nc-13tev\/(preview|spectra)\.npy$/, async (route) => {
    requests++
    const headers = { ...route.request().headers() }
    delete headers.range
    await route.continue({ headers })
  })
  await app.openReady()
  await expect.poll(() => app.points()).toBe(22_000)
  // Of preview and spectra one whole transfer, and at most one part asked for before the server's habit was known per stream.
  expect(requests).toBeLessThanOrEqual(8)
})

test('a dataset that does not open leaves the old one on the map', async ({ app, page }) => {
  await app.openReady()
  await app.setCoefficient('cHWB', 0.05)
  const place = await app.livePlace()
  await page.route('**/data/cms-dy-13tev-43/*', (route) => route.abort('connectionrefused'))
  await app.dataset.selectOption('cms-dy-13tev-43')
  await expect(app.alert).toContainText(/could not reach .*cms-dy-13tev.*check the connection/)
  await expect(app.explore).toHaveAttribute('data-dataset', 'dy-nc-13tev')
  await expect(app.explore).toHaveAttribute('data-points', '22000')
  // How many neighbours the map keeps is counted meanwhile, and its line below makes the map a little lower.
  const moved = async () => Math.abs((await app.livePlace()).x - place.x)
  expect(await moved()).toBeLessThan(3)
  await app.setCoefficient('cHWB', -0.05)
  await expect.poll(moved).toBeGreaterThan(3)

  await page.unroute('**/data/cms-dy-13tev-43/*')
  await app.button('Try again').click()
  await expect(app.explore).toHaveAttribute('data-dataset', 'cms-dy-13tev-43')
  await app.ready()
})

test('a worker that dies is told and replaced', async ({ app, page }) => {
  let release = () => {}
  const released = new Promise<void>((done) => {
    release = done
  })
  await page.route(preview, async (route) => {
    await released
    await route.continue().catch(() => undefined) // its worker is gone
  })
  await app.open()
  await expect(app.explore).toHaveAttribute('data-status', 'running')
  const worker = page.workers().find((entry) => entry.url().includes('compute.worker'))
  if (!worker)
    throw new Error(
      `no compute worker among ${page
        .workers()
        .map((entry) => entry.url())
        .join(', ')}`,
    )
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('killed by the test')
    })
  })
  await expect(app.alert).toContainText(/job\/crashed.*The background worker stopped.*Start the job again/s)
  release()
  await app.button('Try again').click()
  await app.ready()
  await expect.poll(() => app.points()).toBe(22_000)
})
