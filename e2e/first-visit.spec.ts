import { expect, test } from './fixtures.ts'

test('first visit: dots before all rows are here, then the whole map by its preview, then exact spectra', async ({
  app,
  page,
}) => {
  // The second half of the preview, and the exact spectra, wait until the test lets them go.
  const gate = () => {
    let open = () => {}
    const passed = new Promise<void>((done) => {
      open = done
    })
    return { open: () => open(), passed }
  }
  const half = gate()
  const spectra = gate()
  let held = 0
  let exact = 0
  await page.route('**/dy-nc-13tev/spectra.npy', async (route) => {
    exact++
    await spectra.passed
    await route.continue()
  })
  await page.route('**/dy-nc-13tev/preview.npy', async (route) => {
    const range = /bytes=(\d+)-/.exec(route.request().headers().range ?? '')
    if (range && Number(range[1]) > 1_000_000) {
      held++
      await half.passed
    }
    await route.continue()
  })
  await app.open()

  await expect(app.explore).toHaveAttribute('data-status', 'running')
  await expect(page.getByText('Streaming spectra')).toBeVisible()
  await expect.poll(() => app.points()).toBeGreaterThan(2000)
  await expect.poll(() => app.mapColours()).toBeGreaterThan(20)
  const first = await app.points()
  expect(held).toBeGreaterThan(0)
  expect(exact).toBe(0)
  half.open()
  await expect(app.explore).toHaveAttribute('data-tier', 'preview')
  await expect(page.getByText('Preview; exact spectra are on their way')).toBeVisible()
  spectra.open()
  await app.ready()
  await expect(page.getByText('Preview; exact')).toHaveCount(0)
  await expect.poll(() => app.points()).toBeGreaterThan(first)
  await expect.poll(() => app.points()).toBe(22_000)
  await expect.poll(() => app.mapColours()).toBeGreaterThan(20)

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

  // Three ways on, until one of them is taken.
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
  await expect.poll(() => app.mapColours()).toBeGreaterThan(20)
})
