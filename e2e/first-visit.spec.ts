import { expect, test } from './fixtures.ts'

test('first visit: dots before all rows are here, then the whole map and the spectrum', async ({
  app,
  page,
}) => {
  // The second half of the spectra waits until the test lets it go.
  let release = () => {}
  const released = new Promise<void>((done) => {
    release = done
  })
  let held = 0
  await page.route('**/dy-nc-13tev/spectra.npy', async (route) => {
    const range = /bytes=(\d+)-/.exec(route.request().headers().range ?? '')
    if (range && Number(range[1]) > 2_000_000) {
      held++
      await released
    }
    await route.continue()
  })
  await app.open()

  await expect(app.explore).toHaveAttribute('data-status', 'running')
  await expect(page.getByText('Streaming spectra')).toBeVisible()
  await expect.poll(() => app.points()).toBeGreaterThan(2000)
  expect(await app.mapColours()).toBeGreaterThan(20)
  const first = await app.points()
  expect(held).toBeGreaterThan(0)
  release()
  await app.ready()
  expect(await app.points()).toBeGreaterThan(first)
  expect(await app.points()).toBe(22_000)
  expect(await app.mapColours()).toBeGreaterThan(20)

  await expect(page.getByText(/22.000 points shown of 22.000/)).toBeVisible()
  await expect(page.getByText('each dot is a universe')).toBeVisible()
  await expect(app.map).toHaveAccessibleName(/Map of 22.000 points; z₁ runs from/)
  const spectrum = page.getByRole('region', { name: 'Spectrum' })
  await expect(spectrum.getByText('SM', { exact: true })).toBeVisible()
  await expect(spectrum.getByText(/Live universe equals SM within 0.05/)).toBeVisible()
  // One: the ratio's path is a step line on a single height.
  const heights = [...(await app.livePaths()).ratio.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y))
  expect(heights.length).toBeGreaterThan(40)
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(0.5)
  // A first visitor is told nothing went wrong, because nothing did.
  await expect(app.toasts).toHaveCount(0)

  // Three ways on, until something has been done.
  for (const way of ['Train it yourself', 'Drop your data', 'Fit events'])
    await expect(app.button(way)).toBeVisible()
  await app.button('Drop your data').click()
  await expect(page).toHaveTitle(/^Data/)
  await app.nav('Explore').click()
  await expect(app.button('Drop your data')).toHaveCount(0)
})

test('a narrow window reads the same map without scrolling sideways', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await app.openReady()
  expect(await app.sidewaysScroll()).toBeLessThanOrEqual(0)
  expect((await app.mapBox()).width).toBeGreaterThan(300)
  expect(await app.mapColours()).toBeGreaterThan(20)
})
