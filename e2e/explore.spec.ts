import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import type { AppPage, Place } from './pages/app-page.ts'

const spectrumOf = (page: Page) => page.getByRole('region', { name: 'Spectrum' })

async function dragBy(page: Page, from: Place, ...moves: Place[]): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  for (const { x, y } of moves) await page.mouse.move(x, y, { steps: 4 })
}

/** Points of the window from fractions of the map's box. */
async function onMap(app: AppPage, ...fractions: [number, number][]): Promise<Place[]> {
  const { x, y, width, height } = await app.mapBox()
  return fractions.map(([fx, fy]) => ({ x: x + fx * width, y: y + fy * height }))
}

test('a dragged slider moves dot, spectrum and ratio together; undo brings them back', async ({
  app,
  page,
}) => {
  await app.openReady()
  const slider = app.slider('clq3')
  await slider.scrollIntoViewIfNeeded()
  const before = { place: await app.livePlace(), ...(await app.livePaths()) }
  const box = await slider.boundingBox()
  if (!box) throw new Error('the slider has no box')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await dragBy(page, middle, { x: middle.x + 0.3 * box.width, y: middle.y })

  // Still under the finger: all three have moved.
  const dragged = await slider.inputValue()
  expect(Number(dragged)).toBeGreaterThan(0)
  const during = { place: await app.livePlace(), ...(await app.livePaths()) }
  expect(Math.hypot(during.place.x - before.place.x, during.place.y - before.place.y)).toBeGreaterThan(3)
  expect(during.spectrum).not.toBe(before.spectrum)
  expect(during.ratio).not.toBe(before.ratio)
  await page.mouse.up()

  await app.button('Undo').click()
  await expect(slider).toHaveValue('0')
  expect({ place: await app.livePlace(), ...(await app.livePaths()) }).toEqual(before)
  await page.keyboard.press('Control+Shift+Z')
  await expect(slider).toHaveValue(dragged)
  // The axis of the ratio takes its range from what rests, not from what is being dragged.
  await expect.poll(async () => (await app.livePaths()).spectrum).toEqual(during.spectrum)
  expect((await app.livePaths()).ratio).not.toEqual(before.ratio)
})

test('a linear cross-section below zero is told; quadratic terms change spectrum, dot and warning', async ({
  app,
  page,
}) => {
  await app.openReady()
  const warning = page.getByText(/The linear spectrum is negative at/)
  await expect(warning).toHaveCount(0)
  await app.setCoefficient('clq3', -0.4)
  await expect(warning).toBeVisible()
  await expect(page.locator('.map-live')).toHaveClass(/map-live-warning/)
  await expect(page.getByText(/outside the prior/)).toBeVisible()
  await expect(spectrumOf(page).locator('figcaption')).toContainText(
    /Live universe is negative in \d+ of 42 bins/,
  )
  const linear = { place: await app.livePlace(), ...(await app.livePaths()) }

  await page.getByRole('radio', { name: 'linear + quadratic' }).check()
  await expect(warning).toHaveCount(0)
  await expect(page.getByText(/Without its quadratic terms the spectrum would be negative/)).toBeVisible()
  const quadratic = { place: await app.livePlace(), ...(await app.livePaths()) }
  expect(quadratic.spectrum).not.toBe(linear.spectrum)
  expect(quadratic.place).not.toEqual(linear.place)
  await expect(spectrumOf(page).locator('figcaption')).not.toContainText('is negative in')
})

test('lasso, box, vertices and keyboard select; the spectrum follows; Esc clears', async ({ app, page }) => {
  await app.openReady()
  const told = spectrumOf(page).getByText(/^Selection: [\d\s]+ replicas of [\d\s]+ universes/)
  const legend = spectrumOf(page).getByText('selection', { exact: true })

  await test.step('lasso', async () => {
    await app.tool('Lasso').check()
    const [start, ...rest] = await onMap(
      app,
      [0.35, 0.35],
      [0.65, 0.35],
      [0.65, 0.6],
      [0.35, 0.6],
      [0.35, 0.4],
    )
    await dragBy(page, start, ...rest)
    await page.mouse.up()
    await expect.poll(() => app.selected()).toBeGreaterThan(100)
    await expect(told).toBeVisible()
    await expect(legend).toBeVisible()
    await expect.poll(() => app.selected()).toBeLessThan(await app.points())
  })
  const lassoed = await app.selected()

  await test.step('Esc clears', async () => {
    await app.map.focus()
    await page.keyboard.press('Escape')
    await expect(app.explore).not.toHaveAttribute('data-selected', /./)
    await expect(told).toHaveCount(0)
    await expect(legend).toHaveCount(0)
  })

  await test.step('undo brings the selection back', async () => {
    await app.button('Undo').click()
    await expect.poll(() => app.selected()).toBe(lassoed)
    await app.button('Clear selection').click()
    await expect(told).toHaveCount(0)
  })

  await test.step('box', async () => {
    await app.tool('Box').check()
    const [start, end] = await onMap(app, [0.3, 0.5], [0.5, 0.8])
    await dragBy(page, start, end)
    await page.mouse.up()
    await expect(told).toBeVisible()
  })
  const boxed = await app.selected()
  const boxedText = await told.textContent()
  expect(boxed).toBeGreaterThan(0)

  await test.step('vertices: clicks only, closed on the first', async () => {
    await app.tool('Vertices').check()
    const corners = await onMap(app, [0.4, 0.2], [0.6, 0.2], [0.6, 0.4], [0.4, 0.4], [0.4, 0.2])
    for (const { x, y } of corners) await page.mouse.click(x, y)
    await expect(told).not.toHaveText(boxedText ?? '')
    await expect.poll(() => app.selected()).not.toBe(boxed)
  })
  const vertices = await app.selected()

  await test.step('keyboard alone', async () => {
    await app.tool('Box').check()
    await app.map.focus()
    await page.keyboard.press('Space')
    for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight')
    for (let i = 0; i < 2; i++) await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => app.selected()).not.toBe(vertices)
    await expect.poll(() => app.selected()).toBeGreaterThan(0)
    await expect(told).toBeVisible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(told).toHaveCount(0)
  })
})

test('a clicked dot shows its card and its neighbours in three spaces with their overlap', async ({
  app,
  page,
}) => {
  await app.openReady()
  const live = await app.livePlace()
  const { x, y } = await app.mapBox()
  await page.mouse.click(x + live.x + 40, y + live.y + 40)
  const card = page.getByRole('article', { name: /^(universe|replica) / })
  await expect(card).toBeVisible()
  await expect(card).toContainText(
    /\d+ of its 15 neighbours in latent space are neighbours in spectrum space too/,
  )
  await expect(card).toContainText('D to the SM (whitened)')
  const title = await card.getByRole('heading').textContent()
  await expect(spectrumOf(page).getByText(title ?? '', { exact: true })).toBeVisible()
  await expect(page.locator('.map-neighbour')).toHaveCount(15)

  await app.tab('Neighbours').click()
  const list = page.locator('.neighbour')
  await expect(list).toHaveCount(15)
  await expect(page.getByText(/n = 15 nearest of 2.000 in latent space, Euclidean, exact/)).toBeVisible()
  await expect(page.getByText(/\d+ of 15 are neighbours in spectrum space too/)).toBeVisible()
  const latent = await list.allTextContents()
  await page.getByRole('radio', { name: 'Spectrum' }).check()
  await expect(page.getByText(/in spectrum space, Euclidean after whitening/)).toBeVisible()
  await expect(page.getByText(/\d+ of 15 are neighbours in latent space too/)).toBeVisible()
  await expect.poll(() => list.allTextContents()).not.toEqual(latent)
  await page.getByRole('radio', { name: 'Wilson' }).check()
  await expect(page.getByText(/in units of the prior half widths/)).toBeVisible()

  const name = (await list.first().locator('.row').textContent()) ?? ''
  await list.first().click()
  await expect(spectrumOf(page).getByText(name, { exact: true })).toBeVisible()
  await app.tab('Point').click()
  await expect(page.getByRole('article', { name: `universe ${name}` })).toBeVisible()
  await app.button('Take to the sliders').click()
  await expect(page.getByText('live universe', { exact: true }).first()).toBeVisible()
  await expect.poll(async () => (await app.livePlace()).x).not.toBeCloseTo(live.x, 0)
})

test('spectrum, ratio and readout need no plot library; an exported picture loads it', async ({
  app,
  page,
}) => {
  const libraries: string[] = []
  page.on('request', (request) => {
    if (/plotly/.test(request.url())) libraries.push(request.url())
  })
  await app.openReady()
  const picture = spectrumOf(page).getByRole('img')
  for (const text of ['ratio to SM', '√s = 13 TeV', 'live universe'])
    await expect(picture.locator('text', { hasText: text })).toBeVisible()
  const box = await picture.boundingBox()
  if (!box) throw new Error('the spectrum has no box')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3)
  const readout = page.locator('.plot-readout')
  await expect(readout).toContainText(/^mℓℓ \d+–\d+ GeV/)
  await expect(readout).toContainText(/SM: [\d.e−×]+ pb\/GeV \(1\.00\)/)
  const inner = await readout.boundingBox()
  expect(inner && inner.x >= box.x && inner.x + inner.width <= box.x + box.width).toBe(true)
  await page.mouse.move(box.x + box.width / 2, box.y - 20)
  await expect(readout).toHaveCount(0)
  await app.setCoefficient('clq3', 0.1)
  await expect(spectrumOf(page).locator('figcaption')).toContainText(/Live universe is furthest from SM/)
  expect(libraries).toEqual([])

  await spectrumOf(page).getByRole('button', { name: 'Export' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'SVG' }).click()
  expect((await saved).suggestedFilename()).toMatch(/\.svg$/)
  expect(libraries).toHaveLength(1)
})
